import type { Kfunc, Parameter, Release } from '#lib/model/published.ts'
import { argumentsOf } from '#lib/publish/arguments/kinds.ts'
import { parameterWords } from '#lib/publish/arguments/words.ts'
import { sourceUrl } from '#lib/site/links/source-links.ts'
import { parameterAnchor } from '#lib/site/links/urls.ts'
import type { KfuncLinks } from '#lib/site/render/doc-text.ts'
import { sentenceHtml } from '#lib/site/render/html.ts'
import { linkedTypesHtml } from '#lib/site/render/prototype-html.ts'
import { SUFFIX_WORDS } from '#lib/site/render/suffix-words.ts'
import type { Site } from '#lib/site/site.ts'
import type { TextNote } from '#lib/site/texts.ts'
import type { SinceMarks } from './since.ts'

/** One parameter as a block of the page. */
export interface ParameterBlock {
  readonly anchor: string
  readonly name: string
  readonly typeHtml: string
  /** What the suffix of its name tells the verifier; null when it has none. */
  readonly suffix: {
    readonly name: string
    /** Empty: nobody wrote on it. */
    readonly wordsHtml: string
    /** Our page on it, else where the verifier tests for it. */
    readonly href: string | null
  } | null
  readonly implicit: boolean
  readonly fixed: string | null
  /** Since when the kfunc takes it so, where that is later than the kfunc; else null. */
  readonly since: string | null
  /** The kernel's text, else what its suffix and type say. */
  readonly textHtml: string
  /** What we say of arguments of its kind; null: nothing. */
  readonly note: TextNote | null
}

/** The parameters of a kfunc: those that a program passes, then those that the verifier supplies. */
export function parameterBlocks(
  site: Site,
  release: Release,
  kfunc: Kfunc,
  links: KfuncLinks,
  marks: SinceMarks,
): readonly ParameterBlock[] {
  const passed = kfunc.prototype?.parameters ?? []
  const implicit = (kfunc.kernelPrototype?.parameters ?? []).filter((one) => one.implicit)
  const names = new Set(passed.map((one) => one.name))
  return [...passed, ...implicit.filter((one) => !names.has(one.name))].map((parameter) =>
    block(site, release, parameter, kfunc, links, marks),
  )
}

function block(
  site: Site,
  release: Release,
  parameter: Parameter,
  kfunc: Kfunc,
  links: KfuncLinks,
  marks: SinceMarks,
): ParameterBlock {
  const { tag } = release.release
  const text = parameter.doc ?? kfunc.doc?.parameters[parameter.name] ?? ''
  const words = text === '' ? parameterWords(parameter, kfunc, release) : null
  const suffix = release.suffixes.find((one) => one.name === parameter.suffix)
  const suffixNote = site.texts.note('suffixes', parameter.suffix ?? '')
  const kind = argumentsOf(kfunc).find((one) => one.parameter.name === parameter.name)?.kind
  return {
    anchor: parameterAnchor(parameter.name),
    name: parameter.name,
    typeHtml: linkedTypesHtml(site.highlighter, parameter.type, tag),
    suffix:
      parameter.suffix === null
        ? null
        : {
            name: parameter.suffix,
            wordsHtml: suffixNote?.summaryHtml ?? sentenceHtml(SUFFIX_WORDS[parameter.suffix] ?? ''),
            href: suffixNote?.href ?? (suffix ? sourceUrl(tag, suffix.at) : null),
          },
    implicit: parameter.implicit,
    fixed: parameter.fixed,
    since: marks.parameter(parameter.name),
    textHtml: words === null ? site.doc.inline(text, links) : sentenceHtml(words),
    note: kind === undefined ? null : site.texts.argumentNote(kind),
  }
}
