/** Makes a snippet short enough: at the borders of items while that helps, then inside the functions that call. */
import { isLicense, neededFrom } from '#lib/examples/closure.ts'
import { type Lines, linesOf } from '#lib/examples/lines.ts'
import type { ProgramFile } from '#lib/examples/program.ts'
import type { Block, Line, SnippetTarget } from '#lib/examples/snippet-blocks.ts'
import { statementsBeside } from '#lib/examples/statements.ts'
import { placeOf } from '#lib/text/source.ts'

/** The longest snippet, in lines. */
export const MOST_LINES = 80

/** What is left out is said, in a comment. First go comments, then what only others than the calling function
 *  need, then what it needs least directly and the longest of it, then statements far from the call. */
export function shorten(
  program: ProgramFile,
  blocks: readonly Block[],
  aim: SnippetTarget,
  join: (blocks: readonly Block[]) => Line[],
): Line[] {
  const isShort = (lines: readonly Line[]): boolean => lines.length <= MOST_LINES
  const whole = join(blocks)
  if (isShort(whole)) return whole
  const bare = blocks.map((block) => withoutComment(program, block, aim))
  const withoutComments = join(bare)
  if (isShort(withoutComments)) return withoutComments

  const near = neededFrom(program, aim.path.at(-1) ?? aim.root)
  const turn = (block: Block): number => {
    if (!near.has(block.items[0] ?? -1)) return isSmall(block) ? 1 : 0
    return isSmall(block) ? 3 : 2
  }
  const distance = (block: Block): number => near.get(block.items[0] ?? -1) ?? 0
  const spare = bare
    .filter((block) => !isFixed(program, block, aim))
    .sort((a, b) => turn(a) - turn(b) || distance(b) - distance(a) || b.lines.length - a.lines.length)
  const left = new Set<Block>()
  /** Leaves out as few of `some`, from the first on, as make it short; all, and null, when that is not enough. */
  const leaveOut = (some: readonly Block[], from: readonly Block[]): Line[] | null => {
    const linesWithout = (count: number): Line[] =>
      join(mergeLeftOut(program, from, new Set([...left, ...some.slice(0, count)])))
    let enough = some.length
    const isEnough = isShort(linesWithout(enough))
    for (let tooFew = 0; isEnough && enough - tooFew > 1; ) {
      const middle = (tooFew + enough) >> 1
      if (isShort(linesWithout(middle))) enough = middle
      else tooFew = middle
    }
    for (const block of some.slice(0, enough)) left.add(block)
    return isEnough ? linesWithout(0) : null
  }
  const lines = leaveOut(
    spare.filter((block) => turn(block) < 3),
    bare,
  )
  if (lines) return lines
  const thinned = thinOut(program, bare, aim, (some) => isShort(join(mergeLeftOut(program, some, left))))
  const small = leaveOut(
    spare.filter((block) => turn(block) === 3),
    thinned,
  )
  return small ?? join(mergeLeftOut(program, thinned, left))
}

/** Fewer lines than this are not worth a comment. */
const LEAST_LEFT_OUT = 3

const isSmall = ({ lines }: Block): boolean => lines.length < LEAST_LEFT_OUT

/** The way to the call, the kfunc's declaration, the head of the file, conditions and the licence stay. */
function isFixed(program: ProgramFile, { items: [index = -1] }: Block, aim: SnippetTarget): boolean {
  const item = program.items[index]
  if (!item || aim.path.includes(index) || item.kind === 'directive' || isLicense(item)) return true
  if (item.provides.includes(aim.kfunc)) return true
  return index <= program.items.findLastIndex(({ kind }) => kind === 'include')
}

/** An item without the comment above it; the program keeps its own. */
function withoutComment(program: ProgramFile, block: Block, aim: SnippetTarget): Block {
  const [index = -1] = block.items
  const item = program.items[index]
  if (!item || index === aim.root) return block
  const { first } = linesOf(program, item)
  return { ...block, first, lines: block.lines.filter(({ source }) => source >= first) }
}

/** Puts one comment in the place of each run of blocks that are left out. */
function mergeLeftOut(program: ProgramFile, blocks: readonly Block[], left: ReadonlySet<Block>): Block[] {
  const merged: Block[] = []
  let run: Block[] = []
  const flush = (): void => {
    const [first] = run
    const last = run.at(-1)
    const count = run.reduce((sum, block) => sum + block.lines.length, 0)
    if (count < LEAST_LEFT_OUT) merged.push(...run)
    else if (first && last) {
      const items = run.flatMap((block) => block.items)
      const lines = [leftOut('', count, whatIs(program, items))]
      merged.push({ items, lines, isFunction: true, isDirective: false, first: first.first, last: last.last })
    }
    run = []
  }
  for (const block of blocks) {
    if (left.has(block)) run.push(block)
    else {
      flush()
      merged.push(block)
    }
  }
  flush()
  return merged
}

const MOST_NAMES = 2

/** "of foo(), struct bar and 12 more": functions first, since they are what one misses. */
function whatIs(program: ProgramFile, items: readonly number[]): string {
  const named = items.flatMap((index) => {
    const { kind, provides } = program.items[index] ?? {}
    const name = provides?.[0]
    return name === undefined ? [] : [{ name: kind === 'function' ? `${name}()` : name, kind }]
  })
  const functions = named.filter(({ kind }) => kind === 'function')
  const names = [...new Set([...functions, ...named].map(({ name }) => name))]
  const more = names.length - MOST_NAMES
  if (names.length === 0) return ''
  if (more <= 0) return ` of ${names.join(' and ')}`
  return ` of ${names.slice(0, MOST_NAMES).join(', ')} and ${more} more`
}

const leftOut = (indent: string, count: number, what: string): Line => ({
  text: `${indent}/* … ${count} lines${what} left out … */`,
  source: 0,
})

interface Cut {
  readonly block: Block
  readonly lines: Lines
  /** What goes first has the highest. */
  readonly weight: number
}

/** A function on the way to the call rather loses statements than one that calls. */
const ON_THE_WAY = 1000

/** Leaves out statements of the functions on the way to the call, the farthest first, until `isDone`. */
function thinOut(
  program: ProgramFile,
  blocks: readonly Block[],
  aim: SnippetTarget,
  isDone: (blocks: readonly Block[]) => boolean,
): Block[] {
  const cuts = blocks.flatMap((block) => cutsOf(program, block, aim)).sort((a, b) => b.weight - a.weight)
  const hidden = new Map<Block, Lines[]>()
  let thinned = [...blocks]
  for (const { block, lines } of cuts) {
    if (isDone(thinned)) break
    const ranges = [...(hidden.get(block) ?? []), lines]
    hidden.set(block, ranges)
    thinned = blocks.map((one) => {
      const left = hidden.get(one)
      return left ? withoutLines(one, left) : one
    })
  }
  return thinned
}

/** What may be left out of one block: statements of a function, but for the declarations it begins with. */
function cutsOf(program: ProgramFile, block: Block, aim: SnippetTarget): Cut[] {
  const [index = -1] = block.items
  const item = program.items[index]
  if (item?.kind !== 'function' || !aim.path.includes(index)) return []
  const target = targetLine(program, block, aim)
  const lineOf = (offset: number): number => placeOf(program.file.source, offset).line
  const blank = block.lines.find(({ text, source }) => text === '' && source > block.first)
  const isCaller = index === aim.path.at(-1)
  return statementsBeside(item.tokens, item.body, target, lineOf).map((statement) => {
    const lines = withComment(statement, block)
    const distance = lines.last < target ? target - lines.last : lines.first - target
    const isDeclaration = blank !== undefined && lines.last < blank.source
    return { block, lines, weight: (isDeclaration ? 0 : distance) + (isCaller ? 0 : ON_THE_WAY) }
  })
}

const COMMENT_LINE = /^\s*(?:\/\*|\*|\/\/)/

/** A statement with the comment right above it, which says nothing without it. */
function withComment({ first, last }: Lines, { lines }: Block): Lines {
  let from = first
  for (let at = lines.findIndex(({ source }) => source === first) - 1; at >= 0; at--) {
    const { text, source } = lines[at] ?? { text: '', source: 0 }
    if (source !== from - 1 || !COMMENT_LINE.test(text)) break
    from = source
  }
  return { first: from, last }
}

/** A block without some ranges of lines; ranges with nothing between them are one gap. */
function withoutLines(block: Block, ranges: readonly Lines[]): Block {
  const isLeftOut = ({ source }: Line): boolean =>
    ranges.some(({ first, last }) => first <= source && source <= last)
  const lines: Line[] = []
  let skipped: Line[] = []
  // blank lines and comments between two statements that are left out go with them
  let between: Line[] = []
  const flush = (): void => {
    const indent = /^\s*/.exec(skipped[0]?.text ?? '')?.[0] ?? ''
    if (skipped.length < LEAST_LEFT_OUT) lines.push(...skipped)
    else lines.push(leftOut(indent, skipped.length, ''))
    lines.push(...between)
    skipped = []
    between = []
  }
  for (const line of block.lines) {
    if (isLeftOut(line)) {
      skipped.push(...between, line)
      between = []
    } else if (skipped.length > 0 && /^\s*(?:$|\/?\*|\/\/)/.test(line.text)) between.push(line)
    else {
      flush()
      lines.push(line)
    }
  }
  flush()
  return { ...block, lines }
}

/** The line of a function that calls, or that names the next function on the way to the call. */
function targetLine(
  program: ProgramFile,
  { items: [index = -1], lines, first }: Block,
  aim: SnippetTarget,
): number {
  const call = lines.find(({ source }) => aim.calls.has(source))
  if (call) return call.source
  const next = program.items[aim.path[aim.path.indexOf(index) + 1] ?? -1]?.provides[0]
  const item = program.items[index]
  const token = item?.tokens.find(({ text }, at) => at > item.body && text === next)
  return token ? placeOf(program.file.source, token.start).line : first
}
