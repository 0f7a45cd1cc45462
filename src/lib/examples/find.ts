/** Examples of a release: for each kfunc the best programs of the kernel that call it. */
import { matchingClose } from '#lib/c/match.ts'
import { scan } from '#lib/c/scan.ts'
import { createCallFinder, type Use } from '#lib/examples/calls.ts'
import { keptItems, neededFrom, pathTo } from '#lib/examples/closure.ts'
import { cutSnippet } from '#lib/examples/cut.ts'
import { type Headers, includeName, readHeaders } from '#lib/examples/headers.ts'
import { linesOf } from '#lib/examples/lines.ts'
import { type Program, type ProgramFile, readProgram } from '#lib/examples/program.ts'
import { costOf, type Words, wordsOf } from '#lib/examples/rank.ts'
import { type IsRefused, readRefused } from '#lib/examples/refused.ts'
import { isMeantToFail, isOfTestModule, isProgram, joinPath, rootRank } from '#lib/examples/roots.ts'
import { type ProgramTypeOf, readSections } from '#lib/examples/sections.ts'
import { MOST_LINES } from '#lib/examples/shorten.ts'
import type { KernelTree } from '#lib/kernel-tree.ts'
import type { FoundExample, FoundExamples } from '#lib/model/examples.ts'
import { byteOrder } from '#lib/model/order.ts'
import type { Diagnostic, Report } from '#lib/text/diagnostic.ts'
import { placeOf } from '#lib/text/source.ts'

/** How many examples a kfunc has at most. */
const MOST_EXAMPLES = 3
/** How many where only one file has good ones. */
const MOST_OF_ONE_FILE = 2
/** How much worse than the best one another may be. */
const WORST_BEHIND = 60

/** A kfunc to find examples of; `programTypes` may call it, null: not known. */
export interface WantedKfunc {
  readonly name: string
  readonly programTypes: ReadonlySet<string> | null
}

interface Candidate {
  readonly file: ProgramFile
  readonly program: Program
  readonly kfunc: string
  readonly use: Use
  /** The item that calls. */
  readonly caller: number
  readonly isFailing: boolean
  readonly isPoor: boolean
  /** Whether it runs only beside a module of the kernel's own tests, which no other machine has. */
  readonly needsTestModule: boolean
  /** Whether it is short enough to be shown whole. */
  readonly isWhole: boolean
  readonly kept: readonly number[]
  readonly cost: number
}

/** Finds the examples of a release; what could not be read is among the diagnostics. */
export async function findExamples(
  tree: KernelTree,
  wanted: readonly WantedKfunc[],
): Promise<{ readonly kfuncs: FoundExamples; readonly diagnostics: readonly Diagnostic[] }> {
  const diagnostics: Diagnostic[] = []
  const report: Report = (diagnostic) => diagnostics.push(diagnostic)
  const headers = await readHeaders(tree)
  const programTypeOf = await readSections(tree)
  const isRefused = await readRefused(tree)
  const finder = createCallFinder(new Set(wanted.map(({ name }) => name)), headers)
  const byName = new Map(wanted.map((kfunc) => [kfunc.name, { ...kfunc, words: wordsOf(kfunc.name) }]))
  const texts = await tree.search([], isProgram)
  const files = texts
    .filter(({ text }) => finder.mayUse(text))
    .map((source) => readProgram(scan(source), headers, finder, report))
  const candidates = new Map<string, Candidate[]>()
  for (const file of files)
    for (const candidate of candidatesIn(file, byName, { programTypeOf, headers, isRefused })) {
      const row = candidates.get(candidate.kfunc) ?? []
      row.push(candidate)
      candidates.set(candidate.kfunc, row)
    }
  const kfuncs: { name: string; examples: FoundExample[] }[] = []
  const shown = new Set<ProgramFile>()
  for (const name of [...byName.keys()].sort(byteOrder)) {
    const chosen = choose(candidates.get(name) ?? [])
    if (chosen.length > 0)
      kfuncs.push({ name, examples: chosen.map((one) => exampleOf(one, headers, programTypeOf)) })
    for (const { file } of chosen) shown.add(file)
  }
  reportUnread(new Set([...byName.keys()].filter((name) => !candidates.has(name))), files, report)
  for (const file of shown) await checkIncludes(file, headers, tree, report)
  return { kfuncs, diagnostics }
}

/** What is known of the release besides its programs. */
interface Known {
  readonly programTypeOf: ProgramTypeOf
  readonly headers: Headers
  readonly isRefused: IsRefused
}

function candidatesIn(
  file: ProgramFile,
  kfuncs: ReadonlyMap<string, WantedKfunc & { readonly words: Words }>,
  { programTypeOf, headers, isRefused }: Known,
): Candidate[] {
  if (file.uses.every((uses) => uses.length === 0)) return []
  const { path } = file.file.source
  const fileWords = wordsOf(path.slice(path.lastIndexOf('/') + 1))
  const isForTests = (name: string): boolean =>
    isOfTestModule(name) || (headers.testModuleFunctions.has(name) && !kfuncs.has(name))
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
    const programWords = wordsOf(program.name)
    const helpers = kept.filter((index) => file.items[index]?.kind === 'function').length - 1
    const programType = programTypeOf(program.section)
    const isFailing = program.isMeantToFail || isMeantToFail(path) || isRefused(path, program.name)
    const needsTestModule =
      isOfTestModule(program.section) ||
      kept.some((index) => {
        const { kind, tokens } = file.items[index] ?? { kind: 'include', tokens: [] }
        return kind === 'function' && tokens.some(({ text }) => isForTests(text))
      })
    for (const [kfunc, { use, distance, caller }] of best) {
      const isPoor = program.isPoor || use.isWrapped || use.how === 'named'
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
        isTrivial: isEmptyGiven(file, caller, use),
        distance,
      })
      const merits = { isFailing, isPoor, needsTestModule, isWhole: lines <= MOST_LINES }
      found.push({ file, program, kfunc, use, caller, ...merits, kept, cost })
    }
  }
  return found
}

/** Programs of these types are attached to one function or hook, which their section can name. */
const TAKES_TARGET = new Set(['BPF_PROG_TYPE_TRACING', 'BPF_PROG_TYPE_LSM', 'BPF_PROG_TYPE_EXT'])

/** Is an empty string among the arguments? */
function isEmptyGiven({ items }: ProgramFile, caller: number, { at }: Use): boolean {
  const tokens = items[caller]?.tokens ?? []
  return tokens.slice(at, matchingClose(tokens, at + 1) + 1).some(({ text }) => text === '""')
}

/** Orders uses of one kfunc in one program: plain calls before hidden and named ones. */
const roughness = (use: Use): number =>
  (use.isWrapped ? 4 : 0) + (use.how === 'named' ? 2 : 0) + (use.via === null ? 0 : 1)

function hasComment({ file, items }: ProgramFile, { item }: Program): boolean {
  const { start, end } = items[item] ?? { start: 0, end: 0 }
  return file.comments.some((comment) => comment.start > start && comment.end < end)
}

/** Of those that run on any machine the best, then the best of other files, then another of the same one; what is much worse, poor or failing only where nothing else is. */
function choose(candidates: readonly Candidate[]): Candidate[] {
  const pathOf = ({ file }: Candidate): string => file.file.source.path
  const sorted = candidates
    .filter(({ needsTestModule }) => !needsTestModule)
    .sort((a, b) => a.cost - b.cost || byteOrder(pathOf(a), pathOf(b)) || a.program.item - b.program.item)
  const [best] = sorted
  if (!best) return []
  const isAsGood = (one: Candidate): boolean =>
    !one.isFailing && !one.isPoor && one.isWhole && one.cost < best.cost + WORST_BEHIND
  const chosen = [best]
  const add = (most: number, isOther: (one: Candidate) => boolean): void => {
    for (const one of sorted) {
      if (chosen.length >= most) return
      if (isAsGood(one) && !chosen.includes(one) && isOther(one)) chosen.push(one)
    }
  }
  add(MOST_EXAMPLES, (one) => chosen.every((other) => pathOf(other) !== pathOf(one)))
  add(MOST_OF_ONE_FILE, () => true)
  return chosen
}

function exampleOf(
  { file, program, kfunc, use, caller, isFailing, kept }: Candidate,
  headers: Headers,
  programTypeOf: ProgramTypeOf,
): FoundExample {
  const { source } = file.file
  const calls = new Set(kept.flatMap((index) => callLines(file, index, kfunc)))
  const path = pathTo(file, program.item, caller)
  const aim = { root: program.item, path, calls, kfunc }
  const { code, whole, callLines: lines } = cutSnippet(file, kept, aim, headers.annotations)
  const item = file.items[program.item]
  const place = item ? linesOf(file, item) : { first: 1, last: 1 }
  return {
    function: program.name,
    section: program.section,
    programType: programTypeOf(program.section),
    via: use.via,
    isChoice: use.isChoice,
    at: { path: source.path, line: place.first },
    endLine: place.last,
    license: /SPDX-License-Identifier:\s*([^\n*]*?)\s*(?:\*\/)?\s*$/m.exec(source.text)?.[1] ?? null,
    code,
    whole,
    callLines: [...lines],
    isFailing,
    compiled: null,
    compileError: null,
  }
}

/** The lines of the file on which item `index` uses the kfunc. */
function callLines({ file, items, uses }: ProgramFile, index: number, kfunc: string): number[] {
  const item = items[index]
  if (!item) return []
  return (uses[index] ?? [])
    .filter((use) => use.kfunc === kfunc)
    .map((use) => {
      const token = item.tokens[use.at]
      if (item.kind === 'function') return placeOf(file.source, token?.start ?? item.start).line
      const inText = file.source.text.indexOf(token?.text ?? '', item.start)
      return placeOf(file.source, inText < 0 ? item.start : inText).line
    })
}

/** A name that stands in a program and that no rule takes for a call is worth a look; the first place is told. */
function reportUnread(names: ReadonlySet<string>, files: readonly ProgramFile[], report: Report): void {
  const told = new Set<string>()
  for (const { file, items } of files)
    for (const { kind, tokens, body } of items) {
      if (kind !== 'function') continue
      for (let at = body; at < tokens.length; at++) {
        const { text: name, start } = tokens[at] ?? { text: '', start: 0 }
        if (!names.has(name) || told.has(name)) continue
        told.add(name)
        const message = `${name} is named here, in a way that no rule takes for a call: it has no example`
        report({ rule: 'example-call-unread', message, kfunc: name, place: placeOf(file.source, start) })
      }
    }
}

/** Headers that a build makes, or that the compiler and the C library bring. */
const MADE = /vmlinux\.h$|\.skel\.h$|^(?:errno|string|stdbool|stddef|stdint|limits)\.h$/

async function checkIncludes(
  { file }: ProgramFile,
  headers: Headers,
  tree: KernelTree,
  report: Report,
): Promise<void> {
  for (const { name, text, start } of file.directives) {
    const include = name === 'include' && text.trim().startsWith('"') ? includeName(text) : null
    if (include === null || MADE.test(include) || headers.resolve(file.source.path, include)) continue
    if (await tree.read(joinPath(file.source.path, include))) continue
    report({
      rule: 'example-include',
      message: `"${include}" is in no folder that programs include from; the snippet names it all the same`,
      kfunc: null,
      place: placeOf(file.source, start),
    })
  }
}
