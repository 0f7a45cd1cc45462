/** Examples of a release: for each kfunc the best programs of the kernel that call it. */
import { scan } from '#lib/c/scan.ts'
import { createCallFinder, type Use } from '#lib/examples/calls.ts'
import { type Candidate, candidatesIn, type KfuncToShow } from '#lib/examples/candidates.ts'
import { pathTo } from '#lib/examples/closure.ts'
import { cutSnippet } from '#lib/examples/cut.ts'
import { type Headers, includeName, readHeaders } from '#lib/examples/headers.ts'
import { linesOf } from '#lib/examples/lines.ts'
import { type ProgramFile, readProgram } from '#lib/examples/program.ts'
import { topicWords } from '#lib/examples/rank.ts'
import { readRefused } from '#lib/examples/refused.ts'
import { isProgram, joinPath } from '#lib/examples/roots.ts'
import { type ProgramTypeOf, readSections } from '#lib/examples/sections.ts'
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

/** Finds the examples of a release; what could not be read is among the diagnostics. */
export async function findExamples(
  tree: KernelTree,
  wanted: readonly KfuncToShow[],
): Promise<{ readonly kfuncs: FoundExamples; readonly diagnostics: readonly Diagnostic[] }> {
  const diagnostics: Diagnostic[] = []
  const report: Report = (diagnostic) => diagnostics.push(diagnostic)
  const headers = await readHeaders(tree)
  const programTypeOf = await readSections(tree)
  const isRefused = await readRefused(tree)
  const finder = createCallFinder(new Set(wanted.map(({ name }) => name)), headers)
  const byName = new Map(wanted.map((kfunc) => [kfunc.name, { ...kfunc, words: topicWords(kfunc.name) }]))
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

/** Of those that run on any machine the best, then the best of other files, then another of the same one; what is much worse, poor or failing only where nothing else is. */
function choose(candidates: readonly Candidate[]): Candidate[] {
  const pathOf = ({ file }: Candidate): string => file.file.source.path
  const sorted = candidates
    .filter(({ needsOthers }) => !needsOthers)
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
  const calls = new Set(kept.flatMap((index) => callLines(file, index, use)))
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

/** The lines of the file on which item `index` uses the kfunc by its name, or as `shown` does, through the same macro. */
function callLines({ file, items, uses }: ProgramFile, index: number, shown: Use): number[] {
  const item = items[index]
  if (!item) return []
  return (uses[index] ?? [])
    .filter(({ kfunc, via }) => kfunc === shown.kfunc && (via === null || via === shown.via))
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
