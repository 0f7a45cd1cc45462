import { hasFlags } from '#lib/model/flags-known.ts'
import type { Example, Kfunc, ReleaseHead } from '#lib/model/published.ts'
import type { ReleaseRow } from '#lib/model/release-row.ts'
import { mayBeKept } from '#lib/publish/relations/pairs.ts'
import { type Related, relatedOf } from '#lib/publish/relations/related.ts'
import { declarationOf, type KfuncDeclaration } from '#lib/publish/usage/declaration.ts'
import { limitsOn, type UsageSentence, usageOf } from '#lib/publish/usage/usage.ts'
import { commitUrl, placeText, sourceUrl } from '#lib/site/links/source-links.ts'
import { flowPicture } from '#lib/site/pictures/type-flow.ts'
import { absenceText, coverageText, type MenuEntry, releaseMenu } from '#lib/site/release-menu.ts'
import { type ConfigLines, configLines } from '#lib/site/render/config-lines.ts'
import { sinceText } from '#lib/site/render/dates.ts'
import type { NameLink } from '#lib/site/render/event-html.ts'
import { compiledText, exampleHtml } from '#lib/site/render/example-html.ts'
import type { Html } from '#lib/site/render/html.ts'
import { linkedTypesHtml, prototypeHtml } from '#lib/site/render/prototype-html.ts'
import type { Site } from '#lib/site/site.ts'
import { callText } from './call-text.ts'
import { type CallableFrom, callableFrom } from './callable-from.ts'
import { type ContextNote, contextNotes } from './context-notes.ts'
import { type FlagNote, flagNotes } from './flag-notes.ts'
import { type Grid, mergedGrid } from './grid.ts'
import { type HistoryStep, historySteps, momentOf } from './history-list.ts'
import { implicitHref } from './implicit-page.ts'
import { type Need, needsOf } from './needs.ts'
import { type OurUsage, ourUsage } from './our-usage.ts'
import { type ParameterBlock, parameterBlocks } from './parameters.ts'
import { type RegistrationRow, registrationRows } from './registrations.ts'
import { sinceMarks } from './since.ts'
import { type Succession, succession } from './successor.ts'

/** A link with its text. */
export interface Link {
  readonly text: string
  readonly href: string
}

/** One example, its code with the lines marked that call; that of the best one in colour. */
export interface ExampleBlock {
  readonly example: Example
  readonly codeHtml: string
  /** What became of it when it was compiled. */
  readonly compiled: string
  readonly place: Link
}

/** All that the page of one kfunc in one release shows, in the order it shows it. Fields ending in Html hold HTML. */
export interface KfuncPage {
  readonly head: ReleaseHead
  readonly kfunc: Kfunc
  readonly menu: readonly MenuEntry[]
  /** The search engines' sentence: the summary, or the prototype. Plain text. */
  readonly description: string
  /** Empty when the kernel has no comment. */
  readonly summaryHtml: string
  /** Why the release cannot answer some of the page; null when it can. */
  readonly coverage: string | null
  /** null: a gap says why. */
  readonly prototypeHtml: string | null
  /** What a program writes to call it; null: its prototype is not known. */
  readonly call: string | null
  /** The prototype of the kernel's own function, where it differs; null where it does not, or is not known. */
  readonly kernelPrototypeHtml: string | null
  /** Names of the parameters that the verifier supplies. */
  readonly implicit: readonly string[]
  readonly typedefsHtml: string
  /** The name of the function that exists beside it in BTF only; null when there is none. */
  readonly twin: string | null
  readonly flags: readonly FlagNote[]
  readonly flagsKnown: boolean
  readonly parameters: readonly ParameterBlock[]
  readonly returnType: string | null
  /** What becomes of the reference that it returns; null: it returns none. */
  readonly owned: 'released' | 'released or kept' | null
  readonly returnHtml: string
  readonly returnSince: string | null
  readonly callable: CallableFrom | null
  readonly bodyHtml: string
  readonly docPlace: Link | null
  /** The comment above the definition that is no documentation; null: there is none. */
  readonly remark: {
    readonly html: string
    readonly place: Link | null
    readonly license: string | null
  } | null
  readonly examples: readonly ExampleBlock[]
  /** What we wrote on it; null: nothing. */
  readonly ours: OurUsage | null
  /** Composed from facts. */
  readonly usage: readonly UsageSentence[]
  readonly declaration: KfuncDeclaration | null
  /** The kfuncs around it, by types; null: none. */
  readonly flow: Html | null
  readonly related: readonly (Related & { readonly href: string | null })[]
  /** When it came: "since 6.12", with the commit where it is known; null: not known. */
  readonly came: { readonly text: string; readonly href: string | null } | null
  readonly succession: Succession
  /** null: no source was read. */
  readonly needs: readonly Need[] | null
  readonly contexts: readonly ContextNote[]
  /** What else keeps programs that are permitted to call from calling. Our sentences. */
  readonly asked: readonly string[]
  readonly config: ConfigLines | null
  readonly grid: Grid
  readonly history: readonly HistoryStep[]
  readonly historyLink: NameLink
  /** Where arguments that the verifier passes are explained, for kfuncs that have some in any release; else null. */
  readonly implicitHref: string | null
  readonly definition: Link | null
  readonly registered: readonly RegistrationRow[] | null
  /** What is missing, one sentence each, with the place it is about. */
  readonly gaps: readonly { readonly text: string; readonly place: Link | null }[]
  readonly dataHref: string
  readonly historyHref: string
}

/** Computes the page of a kfunc in a release. Throws when the release does not list it. */
export function kfuncPage(site: Site, releaseId: string, name: string): KfuncPage {
  const { catalog, urls, doc, highlighter } = site
  const release = catalog.release(releaseId)
  const { release: head } = release
  const kfunc = catalog.find(releaseId, name)
  if (!kfunc) throw new Error(`${name} has no page in ${releaseId}: ${absenceText(head)}`)

  const links = (target: string) =>
    target !== name && catalog.find(releaseId, target) ? urls.kfunc(releaseId, target) : null
  const place = (at: { path: string; line: number } | null | undefined): Link | null =>
    at ? { text: placeText(at), href: sourceUrl(head.tag, at) } : null
  const { prototype, kernelPrototype } = kfunc
  const differs = kernelPrototype !== null && kernelPrototype.text !== prototype?.text
  const typedefs = prototype?.typedefs ?? []
  const events = site.history.get(name) ?? []
  const marks = sinceMarks(events, releaseId)

  return {
    head,
    kfunc,
    menu: releaseMenu(site, releaseId, ({ id }) => (catalog.find(id, name) ? urls.kfunc(id, name) : null)),
    description: kfunc.doc?.summary || prototype?.text || name,
    summaryHtml: doc.inline(kfunc.doc?.summary ?? '', links),
    coverage: coverageText(head),
    prototypeHtml: prototype && prototypeHtml(highlighter, prototype, head.tag),
    call: callText(kfunc),
    kernelPrototypeHtml: differs ? prototypeHtml(highlighter, kernelPrototype, head.tag) : null,
    implicit: (kernelPrototype?.parameters ?? []).filter((one) => one.implicit).map((one) => one.name),
    typedefsHtml: linkedTypesHtml(highlighter, typedefs.map((typedef) => `${typedef};`).join('\n'), head.tag),
    twin: catalog.hasGenerated(releaseId, `${name}_impl`) ? `${name}_impl` : null,
    flags: flagNotes(site, release, kfunc.flags, marks),
    flagsKnown: hasFlags(release),
    parameters: parameterBlocks(site, release, kfunc, links, marks),
    returnType: prototype?.returns ?? null,
    owned: !kfunc.flags.includes('KF_ACQUIRE')
      ? null
      : mayBeKept(kfunc, release)
        ? 'released or kept'
        : 'released',
    returnHtml: doc.blocks(kfunc.doc?.returns ?? '', links),
    returnSince: marks.returns(),
    callable: callableFrom(site, release, kfunc, marks),
    bodyHtml: doc.blocks(kfunc.doc?.body ?? '', links),
    docPlace: place(kfunc.docAt),
    remark: kfunc.remark && {
      html: doc.blocks(kfunc.remark.text, links),
      place: place(kfunc.remark.at),
      license: kfunc.remark.license,
    },
    ours: ourUsage(site, releaseId, kfunc),
    usage: usageOf(kfunc, release),
    declaration: declarationOf(kfunc, release),
    flow: flowPicture(kfunc, release, (one) => urls.kfunc(releaseId, one)),
    related: relatedOf(kfunc, release).map((one) => ({ ...one, href: links(one.name) })),
    examples: kfunc.examples.map((example, i) => ({
      example,
      codeHtml: exampleHtml(example, i === 0 ? highlighter : null),
      compiled: compiledText(example, release.compiler),
      place: { text: placeText(example.at), href: sourceUrl(head.tag, example.at) },
    })),
    came: cameIn(kfunc, catalog.row),
    succession: succession(site, name, releaseId),
    needs: needsOf(release, kfunc),
    contexts: contextNotes(kfunc),
    asked: limitsOn(kfunc, release).map(({ text }) => text),
    config: configLines(head, kfunc),
    grid: mergedGrid(site, name),
    history: historySteps(events, kfunc.introduced, catalog.row),
    historyLink: (target) => (catalog.sightings(target).length > 0 ? urls.kfuncHistory(target) : null),
    implicitHref: implicitHref(site, name),
    definition: place(kfunc.definition),
    registered: registrationRows(release, kfunc),
    gaps: release.gaps
      .filter((gap) => gap.kfunc === name)
      .map((gap) => ({ text: gap.message, place: place(gap.at) })),
    dataHref: urls.kfuncData(name),
    historyHref: urls.kfuncHistory(name),
  }
}

function cameIn({ introduced }: Kfunc, row: ReleaseRow): KfuncPage['came'] {
  if (!introduced) return null
  const { commit, exact } = introduced
  const moment = momentOf(introduced, row)
  // no release that was read shows it, but the commit that brought it does
  const by = moment.exact && !exact && commit !== null ? ', by its commit' : ''
  return { text: sinceText(moment) + by, href: commit === null ? null : commitUrl(commit) }
}
