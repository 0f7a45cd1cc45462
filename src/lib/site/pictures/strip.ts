/** The answers of all program types as a strip: a picture as small as a word, drawn once for all rows that share it. */
import type { Support } from '#lib/model/published.ts'
import { type Html, html } from '#lib/site/render/html.ts'

/** The letter of each answer in the text of a strip. */
const LETTERS: Readonly<Record<Support['callable'], string>> = { always: 'a', sometimes: 's', never: 'n' }

/** How high the mark of each answer stands, of 12: the shape that tells them apart without colour. */
const HEIGHTS: readonly (readonly [callable: Support['callable'], height: number])[] = [
  ['always', 12],
  ['sometimes', 6],
  ['never', 2],
]
/** From one mark to the next; the style says how wide a mark is. */
const PITCH = 6
const HEIGHT = 12

/** The answers of a kfunc, a letter each ("a", "s", "n"), in the order of `types`; null: not known. */
export function answerLetters(support: readonly Support[] | null, types: readonly string[]): string | null {
  if (support === null) return null
  const byType = new Map(support.map(({ programType, callable }) => [programType, LETTERS[callable]]))
  return types.map((type) => byType.get(type) ?? LETTERS.never).join('')
}

/** The strips of one page. */
export interface Strips {
  /** All that are drawn, to stand once in the page, before they are used. */
  readonly drawings: Html
  /** A strip among a row's text, which says the same in words. */
  use(letters: string): Html
}

/** Draws each strip once, of as many rows as a page has. */
export function makeStrips(letters: Iterable<string>): Strips {
  const ids = new Map([...new Set(letters)].map((text, i) => [text, `s${i}`]))
  const drawings = [...ids].map(
    ([text, id]) =>
      html`<symbol id="${id}" viewBox="0 0 ${text.length * PITCH} ${HEIGHT}" data-answers="${text}">${HEIGHTS.map(
        ([callable, height]) => {
          const marks = marksOf(text, LETTERS[callable], height)
          return marks !== '' && html`<path class="${callable}" d="${marks}"/>`
        },
      )}</symbol>`,
  )
  return {
    drawings: html`<svg class="unseen" aria-hidden="true">${drawings}</svg>`,
    use: (text) => html`<svg class="strip" aria-hidden="true"><use href="#${ids.get(text) ?? ''}"/></svg>`,
  }
}

/** Upright strokes, one where each letter stands, as high as its answer is. */
function marksOf(text: string, letter: string, height: number): string {
  return [...text]
    .flatMap((one, i) => (one === letter ? [`M${i * PITCH + PITCH / 2} ${HEIGHT}v-${height}`] : []))
    .join('')
}
