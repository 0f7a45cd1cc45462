/** What must be configured for a kernel to have a kfunc. */
import type { Condition } from '#lib/c/conditions.ts'
import type { CFile } from '#lib/c/scan.ts'
import type { KernelTree } from '#lib/kernel-tree.ts'
import type { SourceRef } from '#lib/model/published.ts'
import type { Report } from '#lib/text/diagnostic.ts'
import { type Place, placeOf } from '#lib/text/source.ts'
import { architecturesOf } from './architectures.ts'
import { isAboutConfig, waysOf } from './conditions-to-config.ts'
import { createGates } from './gates.ts'
import { createKconfig, type Kconfig } from './kconfig.ts'
import { type Linkage, linkageOf, linkageOfAll } from './linkage.ts'
import { anyGates, type FileGates, NO_GATES } from './object-gates.ts'
import { type Requirements, requirementsOf } from './requirements.ts'
import { allOf, shared, type Ways } from './ways.ts'

/** A place in a source file, with the preprocessor conditions that it stands under. */
export interface ConditionalPlace {
  readonly file: CFile
  readonly conditions: readonly Condition[]
}

/** A kfunc, as far as it matters here. */
export interface GatedKfunc {
  readonly name: string
  /** The places of each registration that must all be compiled: set, entry, register call. Any one registration will do. */
  readonly registrations: readonly (readonly ConditionalPlace[])[]
  /** Null: not found. */
  readonly definition: ConditionalPlace | null
}

/** What a kfunc needs, from Makefiles, `#if`s and Kconfig. */
export interface BuildGating extends Requirements, Linkage {
  /** The architectures that alone have it, sorted; null: no such limit. */
  readonly architectures: readonly string[] | null
  /** The lines that say all this: those of the registrations, then of the definition, outermost first. */
  readonly at: readonly SourceRef[]
}

/** Answers for the kfuncs of one tree; what was read for one is kept for the next. */
export interface GatingReader {
  /** What `kfunc` needs; null when a file's rules were not found or contradict each other, which is reported. */
  gatingOf(kfunc: GatedKfunc): Promise<BuildGating | null>
  readonly kconfig: Kconfig
}

/** Gives the gating of the kfuncs of `tree`. Reports `config-unread` and `config-contradictory`. */
export function createGating(tree: KernelTree, report: Report): GatingReader {
  const gates = createGates(tree, report)
  const kconfig = createKconfig(tree)

  /** What all of `sites` need together; the first one's file says which module they are in. */
  async function gatesOfSites(sites: readonly ConditionalPlace[]): Promise<FileGates | null> {
    const paths = new Set(sites.map(({ file }) => file.source.path))
    const files: FileGates[] = []
    for (const path of paths) {
      // a header is compiled with whatever includes it
      const file = path.endsWith('.h') ? NO_GATES : await gates.ofFile(path)
      if (!file) return null
      files.push(file)
    }
    const conditions = waysOf(sites.flatMap((site) => site.conditions))
    const ways = allOf(...files.map((file) => file.ways), conditions)
    return {
      ways,
      modules: (files[0]?.modules ?? []).map(({ name, ways: own }) => ({ name, ways: allOf(own, ways) })),
      at: [...files.flatMap(({ at }) => at), ...sites.flatMap(conditionPlaces)],
    }
  }

  async function gatingOf({ name, registrations, definition }: GatedKfunc): Promise<BuildGating | null> {
    const perRegistration: FileGates[] = []
    for (const sites of registrations) {
      const found = await gatesOfSites(sites)
      if (!found) return null
      perRegistration.push(found)
    }
    const own = definition ? await gatesOfSites([definition]) : NO_GATES
    if (!own) return null
    const registered = registrations.length > 0 ? anyGates(perRegistration) : NO_GATES
    const ways = allOf(registered.ways, own.ways)
    if (ways.length === 0) {
      const message = `no configuration has both the code of ${name} and a registration of it; read the conditions around both`
      report({ rule: 'config-contradictory', message, kfunc: name, place: placeOfSite(definition) })
      return null
    }
    const linkages = await Promise.all(perRegistration.map((file) => linkageOf(file, kconfig)))
    // a module that its registrations exclude (#if IS_BUILTIN(CONFIG_X)) is no form of the kfunc
    const forms = own.modules.map((module) => ({ ...module, ways: allOf(module.ways, registered.ways) }))
    const requirements = requirementsOf(ways, await impliedByAll(ways))
    return {
      ...requirements,
      alternatives: withAll(await builtInOnly(ways), requirements.alternatives),
      architectures: await architecturesOf(definition?.file.source.path ?? '', ways, kconfig),
      ...linkageOfAll(definition ? await linkageOf({ ...own, modules: forms }, kconfig) : null, linkages),
      at: eachOnce([...registered.at, ...own.at]),
    }
  }

  /** "CONFIG_X=y" for each symbol that could be m, and must be y in every way: `#if IS_BUILTIN(CONFIG_X)`. */
  async function builtInOnly(ways: Ways): Promise<string[]> {
    const symbols = [...shared(ways).symbols].flatMap(([symbol, values]) => (values === 'y' ? [symbol] : []))
    const types = await Promise.all(symbols.map(async (symbol) => (await kconfig.symbolOf(symbol))?.type))
    return symbols.filter((_, i) => types[i] === 'tristate').map((symbol) => `${symbol}=y`)
  }

  async function impliedByAll(ways: Ways): Promise<ReadonlySet<string>> {
    const common = requirementsOf(ways, new Set()).config
    const implied = await Promise.all(common.map((symbol) => kconfig.impliedBy(symbol)))
    return new Set(implied.flatMap((symbols) => [...symbols]))
  }

  return { gatingOf, kconfig }
}

/** The alternatives, each asking for these as well; the only one where there was nothing to choose. */
function withAll(
  texts: readonly string[],
  alternatives: readonly (readonly string[])[],
): (readonly string[])[] {
  if (texts.length === 0) return [...alternatives]
  return alternatives.length === 0 ? [texts] : alternatives.map((own) => [...texts, ...own])
}

/** Where to look: the innermost condition. */
const placeOfSite = (site: ConditionalPlace | null): Place | null =>
  site && placeOf(site.file.source, site.conditions.at(-1)?.start ?? 0)

function conditionPlaces({ file, conditions }: ConditionalPlace): SourceRef[] {
  return conditions.filter(isAboutConfig).map(({ start }) => {
    const { path, line } = placeOf(file.source, start)
    return { path, line }
  })
}

function eachOnce(places: readonly SourceRef[]): SourceRef[] {
  return [...new Map(places.map((place) => [`${place.path}:${place.line}`, place])).values()]
}
