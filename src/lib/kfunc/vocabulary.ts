/** The words that conditions on a call are said in: attach types, struct_ops types and members, LSM hooks. */
import { findInitialisers } from '#lib/c/initialisers.ts'
import { findCalls, matchingClose, splitArguments } from '#lib/c/match.ts'
import { type CFile, scan, type Token } from '#lib/c/scan.ts'
import type { KernelTree } from '#lib/kernel-tree.ts'
import { LSM_HOOKS_FILE } from '#lib/kfunc/dialects.ts'
import type { Vocabulary } from '#lib/model/extracted.ts'
import { byteOrder } from '#lib/model/order.ts'

/** Reads them from the release. `files` are those that name `struct bpf_struct_ops` or hold the uapi enumerations. */
export async function readVocabulary(tree: KernelTree, files: readonly CFile[]): Promise<Vocabulary> {
  const types = files
    .flatMap((file) => findInitialisers(file, 'bpf_struct_ops'))
    .flatMap(({ fields }) => /^"(\w+)"$/.exec(fields.get('name') ?? '')?.[1] ?? [])
  const names = [...new Set(types)].sort(byteOrder)
  const folders = new Set(files.map(({ source }) => folderOf(source.path)))
  const definitions = await tree.search(
    names.map((name) => `struct ${name} {`),
    (path) => /\.[ch]$/.test(path) && (path.startsWith('include/') || folders.has(folderOf(path))),
  )
  const scanned = [...files, ...definitions.map(scan)]
  const hooks = await tree.read(LSM_HOOKS_FILE)
  return {
    attachTypes: enumeratorsOf(files, 'bpf_attach_type'),
    structOps: names.map((name) => ({ name, members: membersOf(scanned, name) })),
    lsmHooks: hooks ? hookNames(scan(hooks)) : [],
  }
}

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/'))

/** The names in an enumeration, in its order, without place holders such as __MAX_BPF_ATTACH_TYPE. */
function enumeratorsOf(files: readonly CFile[], name: string): string[] {
  for (const { tokens } of files) {
    const at = tokens.findIndex(
      (token, i) => token.text === 'enum' && tokens[i + 1]?.text === name && tokens[i + 2]?.text === '{',
    )
    if (at < 0) continue
    const items = splitArguments(tokens, at + 2, matchingClose(tokens, at + 2))
    return items.flatMap(([first]) => (first && /^[A-Z]/.test(first.text) ? first.text : []))
  }
  return []
}

/** The members of `struct name { … }`, in its order; empty when no file defines it. */
function membersOf(files: readonly CFile[], name: string): string[] {
  for (const { tokens } of files) {
    const at = tokens.findIndex(
      (token, i) => token.text === 'struct' && tokens[i + 1]?.text === name && tokens[i + 2]?.text === '{',
    )
    if (at < 0) continue
    return declarationsIn(tokens.slice(at + 3, matchingClose(tokens, at + 2))).flatMap(
      (tokens) => nameOf(tokens) ?? [],
    )
  }
  return []
}

/** The declarations of a struct's body, cut at semicolons outside of brackets. */
function declarationsIn(body: readonly Token[]): Token[][] {
  const found: Token[][] = [[]]
  let depth = 0
  for (const token of body) {
    if ('({['.includes(token.text)) depth++
    if (')}]'.includes(token.text)) depth--
    if (token.text === ';' && depth === 0) found.push([])
    else found.at(-1)?.push(token)
  }
  return found
}

/** The name a member declares: inside the first brackets for a pointer to a function, else the last name. */
function nameOf(tokens: readonly Token[]): string | null {
  const pointer = tokens.findIndex((token, i) => token.text === '(' && tokens[i + 1]?.text === '*')
  if (pointer >= 0) return tokens[pointer + 2]?.text ?? null
  const end = tokens.findIndex((token) => token.text === '[')
  return (end < 0 ? tokens : tokens.slice(0, end)).findLast((token) => token.kind === 'name')?.text ?? null
}

/** The hooks that LSM_HOOK(type, default, name, …) declares, sorted by name. */
function hookNames(file: CFile): string[] {
  const calls = findCalls(file, new Set(['LSM_HOOK']))
  return [...new Set(calls.flatMap((call) => call.args[2] ?? []))].sort(byteOrder)
}
