/** The kernel's own words, and programs that call the kfunc. */
import { type Html, html, raw } from '#lib/site/html.ts'
import type { KfuncPage } from '#lib/site/kfunc-page.ts'
import { link, none, section } from '../parts.ts'

/** The body of the kernel's comment. */
export function description({ bodyHtml, docPlace, head, kfunc }: KfuncPage): Html {
  const nothing =
    head.coverage === 'btf-only'
      ? 'Not known: no source was read.'
      : docPlace
        ? 'None beyond the sentence above'
        : 'None: the kernel has no comment on it'
  return section(
    'description',
    'Description',
    bodyHtml === '' ? none(nothing) : html`<div class="text">${raw(bodyHtml)}</div>`,
    docPlace &&
      html`<p class="from">The kernel's own words: ${link(docPlace)}${kfunc.doc?.license && `, ${kfunc.doc.license}`}</p>`,
  )
}

/** Functions of the kernel's tests and samples that call it. */
export function examples({ examples: blocks }: KfuncPage): Html {
  const figures = blocks.map(
    ({ example, codeHtml, place }) =>
      html`<figure><figcaption><code>${example.function}</code>${
        example.section && html` in <code>SEC("${example.section}")</code>`
      }, ${link(place)}${example.license && `, ${example.license}`}</figcaption><pre tabindex="0"><code>${raw(codeHtml)}</code></pre></figure>`,
  )
  return section('examples', 'Examples', blocks.length === 0 && none('None yet'), figures)
}
