/** The grid of a release as a table: kfuncs are rows, program types are columns. */
import { GRID_WORDS } from '#lib/site/kfunc/grid.ts'
import type {
  ReleaseGrid,
  ReleaseGridCell,
  ReleaseGridColumn,
  ReleaseGridGroup,
  ReleaseGridRow,
} from '#lib/site/release/grid.ts'
import { type Html, html, joined } from '#lib/site/render/html.ts'
import { scrollBox } from './badges.ts'

const SIZES = ['small', 'middle', 'large'] as const

/** The choice of size, which style alone follows, and the table, which scrolls in its own box. */
export function releaseGridTable({ columns, groups, head }: ReleaseGrid): Html {
  const sizes = SIZES.map(
    (size) =>
      html`<label><input type="radio" name="size" value="${size}"${size === 'middle' && html` checked`}> ${size}</label> `,
  )
  const table = html`<table class="matrix"><thead><tr><th scope="col">Kfunc</th>${columns.map(
    columnHead,
  )}</tr></thead>${groups.map((group) => body(group, columns.length))}</table>`
  return html`<fieldset class="sizes"><legend>Size of the table</legend>${sizes}</fieldset>${scrollBox(
    `Kfuncs of Linux ${head.id} and the program types that may call them`,
    table,
  )}`
}

function columnHead({ types }: ReleaseGridColumn): Html {
  const names = types.map(({ short, href }) => html`<a href="${href}">${short}</a>`)
  return html`<th scope="col"><div>${joined(names, ' ')}</div></th>`
}

function body({ name, anchor, rows }: ReleaseGridGroup, columns: number): Html {
  return html`<tbody><tr><th scope="rowgroup" colspan="${columns + 1}" id="${anchor}"><span>${name} <small>${rows.length}</small></span></th></tr>${rows.map(
    row,
  )}</tbody>`
}

function row({ name, href, testOnly, cells }: ReleaseGridRow): Html {
  return html`<tr><th scope="row"><a href="${href}">${name}</a>${
    testOnly && html` <small>test</small>`
  }</th>${cells.map(cell)}</tr>`
}

function cell({ answer, href }: ReleaseGridCell): Html {
  const [word, className] = GRID_WORDS[answer]
  // most cells are a plain "no", and plain is what stands without a class
  return href === null
    ? html`<td>${word}</td>`
    : html`<td class="${className}"><a href="${href}">${word}</a></td>`
}
