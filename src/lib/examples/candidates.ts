/** Programs that call a kfunc, each with what tells how well it shows the call. */
import { conditionsAt } from '#lib/c/conditions.ts'
import { matchingClose } from '#lib/c/match.ts'
import type { Use } from '#lib/examples/calls.ts'
import { keptItems, neededFrom } from '#lib/examples/closure.ts'
import type { Headers } from '#lib/examples/headers.ts'
import type { Item } from '#lib/examples/items.ts'
import { linesOf } from '#lib/examples/lines.ts'
import type { Program, ProgramFile } from '#lib/examples/program.ts'
import { costOf, type TopicWords, topicWords } from '#lib/examples/rank.ts'
import type { IsRefused } from '#lib/examples/refused.ts'
import { isMeantToFail, isOfTestModule, rootRank } from '#lib/examples/roots.ts'
import type { ProgramTypeOf } from '#lib/examples/sections.ts'
import { MOST_LINES } from '#lib/examples/shorten.ts'

/** A kfunc to find examples of; `programTypes` may call it, null: not known. */
export interface KfuncToShow {
  readonly name: string
  readonly programTypes: ReadonlySet<string> | null
}

/** A program that calls a kfunc. */
export interface Candidate {
  readonly file: ProgramFile
  readonly program: Program
  readonly kfunc: string
  readonly use: Use
  /** The item that calls. */
  readonly caller: number
  readonly isFailing: boolean
  readonly isPoor: boolean
  /** Whether it runs only beside a module of the kernel's own tests, or linked with another program. */
  readonly needsOthers: boolean
  /** Whether it is short enough to be shown whole. */
  readonly isWhole: boolean
  readonly kept: readonly number[]
  readonly cost: number
}

/** What is known of the release besides its programs. */
export interface ReleaseContext {
  readonly programTypeOf: ProgramTypeOf
  readonly headers: Headers
  readonly isRefused: IsRefused
}

/** Every program of a file with every wanted kfunc that it calls. */
export function candidatesIn(
  file: ProgramFile,
  kfuncs: ReadonlyMap<string, KfuncToShow & { readonly words: TopicWords }>,
  { programTypeOf, headers, isRefused }: ReleaseContext,
): Candidate[] {
  if (file.uses.every((uses) => uses.length === 0)) return []
  const { path } = file.file.source
  const fileWords = topicWords(path.slice(path.lastIndexOf('/') + 1))
  const isForTests = (name: string): boolean =>
    isOfTestModule(name) || (headers.testModuleFunctions.has(name) && !kfuncs.has(name))
  const defined = new Set(file.items.flatMap(({ kind, provides }) => (kind === 'function' ? provides : [])))
  const found: Candidate[] = []
  for (const program of file.programs) {
    const needed = neededFrom(file, program.item)
    const best = new Map<string, { use: Use; distance: number; caller: number }>()
    for (const [index, distance] of needed)
      for (const use of file.uses[index] ?? []) {
        const known = best.get(use.kfunc)
        if (!known || roughness(use) < roughness(known.use))
          best.set(use.kfunc, { use, distance, caller: index })
      }
    if (best.size === 0) continue
    const kept = keptItems(file, needed)
    const lines = kept.reduce((sum, index) => {
      const item = file.items[index]
      if (!item) return sum
      const { first, last } = linesOf(file, item)
      return sum + last - first + (item.kind === 'include' ? 1 : 2)
    }, 0)
    const programWords = topicWords(program.name)
    const helpers = kept.filter((index) => file.items[index]?.kind === 'function').length - 1
    const programType = programTypeOf(program.section)
    const isFailing = program.isMeantToFail || isMeantToFail(path) || isRefused(path, program.name)
    const needsOthers =
      isOfTestModule(program.section) ||
      kept.some((index) => {
        const item = file.items[index]
        if (!item) return false
        const isForThem = item.kind === 'function' && item.tokens.some(({ text }) => isForTests(text))
        return isForThem || isLinkedElsewhere(item, defined)
      })
    for (const [kfunc, { use, distance, caller }] of best) {
      const isPoor =
        program.isPoor || use.isWrapped || use.how === 'named' || isConditional(file, caller, use)
      const wanted = kfuncs.get(kfunc)
      if (!wanted) continue
      const allowed = wanted.programTypes
      const cost = costOf({
        words: { kfunc: wanted.words, file: fileWords, program: programWords },
        rootRank: rootRank(path),
        name: program.name,
        isMeantToFail: isFailing,
        isPoor,
        mayCall: allowed && programType ? allowed.has(programType) : null,
        lines,
        helpers,
        hasComment: hasComment(file, program),
        isDirect: use.via === null,
        isAboutPrivileges: program.isAboutPrivileges,
        lacksTarget: TAKES_TARGET.has(programType ?? '') && !program.section.includes('/'),
        isTrivial: isTrivial(file, caller, use),
        distance,
      })
      const merits = { isFailing, isPoor, needsOthers, isWhole: lines <= MOST_LINES }
      found.push({ file, program, kfunc, use, caller, ...merits, kept, cost })
    }
  }
  return found
}

/** Programs of these types are attached to one function or hook, which their section can name. */
const TAKES_TARGET = new Set(['BPF_PROG_TYPE_TRACING', 'BPF_PROG_TYPE_LSM', 'BPF_PROG_TYPE_EXT'])

const LOOP = /^bpf_(?:for|repeat)/

/** Is an empty string among the arguments, or the body of the loop that the call makes empty? */
function isTrivial({ items }: ProgramFile, caller: number, { at, via }: Use): boolean {
  const tokens = items[caller]?.tokens ?? []
  const close = matchingClose(tokens, at + 1)
  const after = tokens[close + 1]?.text
  const isEmptyLoop =
    LOOP.test(via ?? '') && (after === ';' || (after === '{' && tokens[close + 2]?.text === '}'))
  return isEmptyLoop || tokens.slice(at, close + 1).some(({ text }) => text === '""')
}

/** What a build may or may not define: names of the compiler's own begin with two underscores. */
const BUILD_NAME = /\b(?!defined\b|__)[A-Za-z_]\w*/

/** Does a place inside a function stand under a condition of the build that the function itself does not? */
function isConditional({ file, items }: ProgramFile, index: number, { at }: Use): boolean {
  const { tokens, start, kind } = items[index] ?? { tokens: [], start: 0, kind: 'define' }
  const place = tokens[at]?.start ?? start
  if (kind !== 'function') return false
  const own = conditionsAt(file, place).slice(conditionsAt(file, start).length)
  return own.some(({ text }) => BUILD_NAME.test(text))
}

/** Does it declare a function of another program, linked with this one? Kfuncs and kernel variables are marked. */
function isLinkedElsewhere({ kind, tokens, provides }: Item, defined: ReadonlySet<string>): boolean {
  if (kind !== 'declaration' || !tokens.some(({ text }) => text === 'extern')) return false
  if (tokens.some(({ text }) => text === '__ksym' || text === '__kconfig')) return false
  const isFunction = tokens.some(
    ({ text }, at) => text === '(' && provides.includes(tokens[at - 1]?.text ?? ''),
  )
  return isFunction && !provides.some((name) => defined.has(name))
}

/** Orders uses of one kfunc in one program: plain calls before hidden and named ones. */
const roughness = (use: Use): number =>
  (use.isWrapped ? 4 : 0) + (use.how === 'named' ? 2 : 0) + (use.via === null ? 0 : 1)

function hasComment({ file, items }: ProgramFile, { item }: Program): boolean {
  const { start, end } = items[item] ?? { start: 0, end: 0 }
  return file.comments.some((comment) => comment.start > start && comment.end < end)
}
