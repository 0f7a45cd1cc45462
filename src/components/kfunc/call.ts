/** What a program writes and what it must heed: signature, flags, parameters, return value. */

import type { KfuncPage } from '#lib/site/kfunc/page.ts'
import { type Html, type HtmlValue, html, raw } from '#lib/site/render/html.ts'
import type { TextNote } from '#lib/site/texts.ts'
import { noneNote, pageSection, sinceMark } from '../badges.ts'

/** The prototypes: what a program declares, and what the kernel's function takes where that is more. */
export function signatureSection(page: KfuncPage): Html {
  const { implicit, twin, typedefsHtml, kernelPrototypeHtml, implicitHref } = page
  const supplied =
    implicit.length > 0 &&
    html`: the verifier supplies <span class="implicit">${implicit.join(', ')}</span>, which a program neither declares nor passes`
  return pageSection(
    'signature',
    'Signature',
    page.prototypeHtml === null
      ? html`<p>Not known: see <a href="#gaps">what is missing</a>.</p>`
      : html`<pre class="signature" tabindex="0"${page.call !== null && html` data-call="${page.call}"`}><code>${raw(page.prototypeHtml)}</code></pre>`,
    typedefsHtml !== '' && html`<p>It uses:</p><pre tabindex="0"><code>${raw(typedefsHtml)}</code></pre>`,
    kernelPrototypeHtml !== null &&
      html`<p>That is what a BPF program declares and calls. The kernel's own function reads otherwise${supplied}.</p><pre class="kernel" tabindex="0"><code>${raw(kernelPrototypeHtml)}</code></pre>`,
    twin !== null &&
      html`<p>BTF also holds <code>${twin}</code>, the same function with all its parameters. It is generated; no program can call it.</p>`,
    implicitHref !== null &&
      html`<p><a href="${implicitHref}">How its implicit arguments changed</a>, and what an older program meets on a newer kernel.</p>`,
  )
}

/** The flags, each with what it asks of the caller and what the kernel says of it. */
export function flagsSection({ flags: notes, flagsKnown, head }: KfuncPage): Html {
  if (!flagsKnown)
    return pageSection('flags', 'Flags', noneNote('Not known: what was read is BTF alone, which has none.'))
  if (notes.length === 0) return pageSection('flags', 'Flags', noneNote())
  const rows = notes.map(({ name, comment, href, note, since }) => {
    const code = html`<code>${name}</code>`
    const about = note?.href ?? href
    const title = about === null ? code : html`<a href="${about}">${code}</a>`
    const mark = sinceMark(since)
    const text = note ? ours(note, comment, href, head.id, mark) : html`${comment ?? noComment(head)}${mark}`
    return html`<div><dt>${title}</dt><dd>${text}</dd></div>`
  })
  return pageSection('flags', 'Flags', html`<dl class="flags">${rows}</dl>`)
}

/** Where comments were not taken, one that is not known may still be there. */
const noComment = ({ texts }: KfuncPage['head']): Html =>
  html`<span class="none">${texts === 'facts' ? 'No comment on it is known.' : 'The kernel has no comment on it.'}</span>`

/** Our sentence on a flag, then the kernel's comment, and who else carries it in the release. */
function ours(
  { summaryHtml }: TextNote,
  comment: string | null,
  href: string | null,
  release: string,
  since: HtmlValue,
): Html {
  const others = href !== null && html`<a href="${href}">who has it in ${release}</a>`
  const words = comment !== null && `The kernel: “${comment}”`
  return html`${raw(summaryHtml)}${since} <small>${words}${words !== false && others !== false && ' · '}${others}</small>`
}

/** The parameters, a block each. */
export function parametersSection({ parameters: blocks }: KfuncPage): Html {
  return pageSection('parameters', 'Parameters', blocks.length === 0 && noneNote(), blocks.map(parameter))
}

function parameter(block: KfuncPage['parameters'][number]): Html {
  const { anchor, name, typeHtml, suffix, implicit, fixed, since, textHtml, note } = block
  const suffixName = suffix && html`<code>${suffix.name}</code>`
  return html`<div class="parameter${implicit && ' implicit'}" id="${anchor}"><h3><a href="#${anchor}"><code>${name}</code></a> <code class="type">${raw(typeHtml)}</code>${sinceMark(since)}</h3>${
    implicit &&
    (fixed === null
      ? html`<p>Implicit: supplied by the verifier. A program neither declares nor passes it.</p>`
      : html`<p>Implicit: a program declares it and passes <code>${fixed}</code>; the verifier puts the value in.</p>`)
  }${!implicit && fixed !== null && html`<p>Pass <code>${fixed}</code>.</p>`}${
    suffix &&
    html`<p>${suffix.href ? html`<a href="${suffix.href}">${suffixName}</a>` : suffixName}${suffix.wordsHtml !== '' && html` ${raw(suffix.wordsHtml)}`}</p>`
  }${textHtml !== '' && html`<div class="text">${raw(textHtml)}</div>`}${
    note && html`<p><a href="${note.href}">${note.title}</a>: ${raw(note.summaryHtml)}</p>`
  }</div>`
}

/** The return value, and what the flags ask of who takes it. */
export function returnsSection({ returnType, returnHtml, returnSince, owned, kfunc }: KfuncPage): Html {
  if (returnType === null) return pageSection('returns', 'Returns', html`<p>Not known.</p>`)
  if (returnType === 'void') return pageSection('returns', 'Returns', noneNote())
  const mayBeNull = kfunc.flags.includes('KF_RET_NULL') && returnType.includes('*')
  return pageSection(
    'returns',
    'Returns',
    html`<p><code>${returnType}</code>${sinceMark(returnSince)}${
      mayBeNull && ' — may be NULL: the program has to check it.'
    }${owned && ` The program owns the reference and has to release it${owned === 'released' ? '' : ', or store it'}.`}</p>`,
    returnHtml !== '' && html`<div class="text">${raw(returnHtml)}</div>`,
  )
}
