/** The kernel's own words, and programs that call the kfunc. */

import type { OurUsage } from '#lib/site/kfunc/our-usage.ts'
import type { KfuncPage } from '#lib/site/kfunc/page.ts'
import { type Html, html, joined, raw, sentence } from '#lib/site/render/html.ts'
import { layoutDeclaration } from '#lib/site/render/prototype-layout.ts'
import { noneNote, pageSection, scrollBox, textLink } from '../badges.ts'

/** The body of the kernel's comment. */
export function descriptionSection({ bodyHtml, docPlace, head, kfunc, remark }: KfuncPage): Html {
  const nothing =
    head.coverage === 'btf-only'
      ? 'Not known: no source was read.'
      : kfunc.doc
        ? 'None beyond the sentence above'
        : 'None: the kernel has no comment that describes it'
  const place =
    docPlace &&
    (kfunc.doc
      ? html`<p class="from">The kernel's own words: ${textLink(docPlace)}${kfunc.doc.license && `, ${kfunc.doc.license}`}</p>`
      : html`<p>It has a comment: ${textLink(docPlace)}</p>`)
  return pageSection(
    'description',
    'Description',
    bodyHtml !== ''
      ? html`<div class="text">${raw(bodyHtml)}</div>`
      : docPlace && !kfunc.doc
        ? null
        : noneNote(nothing),
    place,
    remark &&
      html`<p>A remark on its code, right above it:</p><div class="text">${raw(remark.html)}</div><p class="from">The kernel's own words: ${
        remark.place && textLink(remark.place)
      }${remark.license && `, ${remark.license}`}</p>`,
  )
}

/** Functions of the kernel's tests and samples that call it: the best one open, the others folded. */
export function examplesSection({ examples: blocks, head }: KfuncPage): Html {
  const nothing =
    head.coverage === 'btf-only'
      ? 'Not known: no source was read.'
      : head.texts === 'facts'
        ? `None that is known: programs of ${head.id} were not taken, and no other release has one of them word for word`
        : 'None: no program of the kernel calls it'
  const figures = blocks.map((block, i) => {
    const code = html`<pre tabindex="0"><code>${raw(block.codeHtml)}</code></pre>${
      block.compiled !== '' && html`<p class="from">${block.compiled}</p>`
    }`
    return i === 0
      ? html`<figure><figcaption>${exampleName(block)}, ${exampleOrigin(block)}</figcaption>${code}</figure>`
      : html`<details class="example"><summary>${exampleName(block)}</summary><p class="from">${exampleOrigin(block)}</p>${code}</details>`
  })
  return pageSection('examples', 'Examples', blocks.length === 0 && noneNote(nothing), figures)
}

function exampleName({ example }: KfuncPage['examples'][number]): Html {
  return html`<code>${example.function}</code>${example.section && html` in <code>SEC("${example.section}")</code>`}`
}

function exampleOrigin({ example, place }: KfuncPage['examples'][number]): Html {
  const notes = [
    ...(example.license ? [html`${example.license}`] : []),
    ...(example.via
      ? [
          html`called through <code>${example.via}</code>${example.isChoice && ', which calls what the kernel has'}`,
        ]
      : []),
    ...(example.isFailing ? [html`a program that is meant to be refused`] : []),
    ...(example.programType === 'BPF_PROG_TYPE_STRUCT_OPS'
      ? [html`the map that names it as an operation is left out`]
      : []),
    ...(example.isShortened ? [html`shortened`] : []),
  ]
  return html`${textLink(place)}${notes.map((note) => html`, ${note}`)}`
}

/** What a caller must know: what we wrote, then what the facts of the release say. */
export function usageSection({ usage: sentences, ours }: KfuncPage): Html {
  const items = sentences.map(({ text }) => html`<li>${sentence(text)}</li>`)
  const facts = items.length === 0 ? noneNote('Not known') : html`<ul>${items}</ul>`
  if (!ours) return pageSection('usage', 'Usage', facts)
  return pageSection(
    'usage',
    'Usage',
    ourUsageText(ours),
    html`<h3 id="usage-facts">From the facts of this release</h3>`,
    facts,
  )
}

/** What we wrote on a kfunc, marked as ours. */
export function ourUsageText({ html: text, checked, warning }: OurUsage): Html {
  return html`<p class="from">Written by Kfunc Atlas, checked against ${joined(checked)}:</p>${
    warning !== null && html`<p class="notice">${warning}</p>`
  }<div class="text">${raw(text)}</div>`
}

/** The C to paste into a program. */
export function declarationSection({ declaration: c }: KfuncPage): Html {
  if (!c) return pageSection('declaration', 'Declaration', noneNote('Not known'))
  const text = [...c.macros, ...c.typedefs, layoutDeclaration(c.strong)].join('\n')
  return pageSection(
    'declaration',
    'Declaration',
    html`<pre tabindex="0"><code>${text}</code></pre><p>Where a kernel may lack it, declared weak and asked for with <code>bpf_ksym_exists()</code>:</p><pre tabindex="0"><code>${layoutDeclaration(c.weak)}</code></pre>${c.notes.map((note) => html`<p>${sentence(note)}</p>`)}`,
  )
}

/** Kfuncs that belong together with this one, by why they do. */
export function relatedSection({ related: others, flow }: KfuncPage): Html {
  const reasons = [...new Set(others.map(({ why }) => why))]
  const items = reasons.map((reason) => {
    const names = others.filter(({ why }) => why === reason)
    return html`<li>${sentence(reason)}: ${joined(names.map(named))}</li>`
  })
  const picture =
    flow &&
    html`${scrollBox('Picture of what gives, takes and releases its types', flow)}<p class="legend">By type alone: left, what gives it what it takes; right, what takes or releases what it gives.</p>`
  return pageSection(
    'related',
    'Related',
    picture,
    items.length === 0 ? noneNote('None') : html`<ul>${items}</ul>`,
  )
}

function named({ name, href }: KfuncPage['related'][number]): Html {
  return href === null ? html`<code>${name}</code>` : html`<a href="${href}"><code>${name}</code></a>`
}
