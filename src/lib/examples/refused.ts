/**
 * Programs that the kernel's tests load to see them refused, where only the test that loads them says so: it expects
 * an error of `NAME__load()`. A program's own notes, such as `__failure`, are read with the program.
 */
import { matchingClose } from '#lib/c/match.ts'
import { scan, type Token } from '#lib/c/scan.ts'
import { type Item, itemsOf } from '#lib/examples/items.ts'
import type { KernelTree } from '#lib/kernel-tree.ts'

const TESTS = /^tools\/testing\/selftests\/bpf\/prog_tests\/[^/]+\.c$/
const REFUSALS = new Set(['ASSERT_ERR', 'ASSERT_ERR_PTR', 'ASSERT_NULL'])

/** Whether a program of the file at `path` is loaded to see it refused. */
export type IsRefused = (path: string, program: string) => boolean

/** Reads the tests of a tree. */
export async function readRefused(tree: KernelTree): Promise<IsRefused> {
  const sources = await tree.search([...REFUSALS], (path) => TESTS.test(path))
  // what in a test does not balance is the test's own matter: what was read before still counts
  const loads = sources.flatMap((source) => loadsIn(itemsOf(scan(source), () => {})))
  const refused = loads.filter(({ isRefused }) => isRefused)
  const programs = new Set(
    refused.flatMap(({ object, programs }) => programs.map((name) => `${object} ${name}`)),
  )
  // an object that is also loaded with success is refused for what that one test did to it
  const good = new Set(loads.flatMap(({ object, isRefused }) => (isRefused ? [] : [object])))
  const objects = new Set(
    refused.flatMap(({ object, programs }) => (programs.length === 0 && !good.has(object) ? [object] : [])),
  )
  return (path, program) => {
    const object = objectOf(path)
    return objects.has(object) || programs.has(`${object} ${program}`)
  }
}

/** What bpftool's skeleton of a file is called: "tcp_ca_kfunc" of ".../progs/tcp_ca_kfunc.c". */
const objectOf = (path: string): string =>
  path
    .slice(path.lastIndexOf('/') + 1)
    .replace(/\.c$/, '')
    .replace(/\W/g, '_')

/** One load of an object; `programs` were chosen for it, none: all are loaded. */
interface Load {
  readonly object: string
  readonly programs: readonly string[]
  readonly isRefused: boolean
}

const LOAD = /^(\w+?)__(?:open_and_)?load$/

function loadsIn(items: readonly Item[]): Load[] {
  const lists = new Map(
    items.flatMap(({ kind, tokens, provides }) =>
      kind === 'declaration' ? provides.map((name) => [name, stringsIn(tokens)] as const) : [],
    ),
  )
  return items.flatMap(({ kind, tokens }) => {
    if (kind !== 'function') return []
    return tokens.flatMap(({ text }, at): Load[] => {
      const object = LOAD.exec(text)?.[1]
      if (object === undefined || tokens[at + 1]?.text !== '(') return []
      const programs = programsChosen(tokens, lists)
      return programs === null ? [] : [{ object, programs, isRefused: isRefusal(tokens, at) }]
    })
  })
}

const stringsIn = (tokens: readonly Token[]): string[] =>
  tokens.flatMap(({ kind, text }) => (kind === 'string' ? [text.slice(1, -1)] : []))

/** The programs that a test switches on by name or from a list; null: it chooses, and the names are not in it. */
function programsChosen(
  tokens: readonly Token[],
  lists: ReadonlyMap<string, readonly string[]>,
): string[] | null {
  const names: string[] = []
  let chooses = false
  for (const [at, { text }] of tokens.entries()) {
    names.push(...(lists.get(text) ?? []))
    if (!/^bpf_(?:program__set_autoload|object__find_program_by_name)$/.test(text)) continue
    const given = tokens.slice(at, matchingClose(tokens, at + 1) + 1)
    if (given.some((token) => token.text === 'false')) continue
    chooses = true
    names.push(...stringsIn(given))
    const progs = given.findIndex((token) => token.text === 'progs')
    if (progs >= 0) names.push(given[progs + 2]?.text ?? '')
  }
  return chooses && names.length === 0 ? null : names
}

/** Does the test expect an error of the load at `at`, `ASSERT_ERR(x__load(skel))` or by what it is kept in? */
function isRefusal(tokens: readonly Token[], at: number): boolean {
  if (tokens[at - 1]?.text === '(') return REFUSALS.has(tokens[at - 2]?.text ?? '')
  const kept = tokens[at - 1]?.text === '=' ? tokens[at - 2]?.text : undefined
  if (kept === undefined) return false
  for (let index = at; index < tokens.length; index++) {
    if (tokens[index]?.text !== kept) continue
    if (tokens[index + 1]?.text === '=') return false
    const asked = tokens[index - 2]?.text ?? ''
    if (tokens[index - 1]?.text === '(' && asked.startsWith('ASSERT_')) return REFUSALS.has(asked)
  }
  return false
}
