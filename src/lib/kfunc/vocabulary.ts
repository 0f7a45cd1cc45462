/** The words that conditions on a call are said in: attach types, struct_ops types and members, LSM hooks. */
import { enumeratorNames, typeBlock } from '#lib/c/blocks.ts'
import { findInitialisers, type Initialiser } from '#lib/c/initialisers.ts'
import { findCalls } from '#lib/c/match.ts'
import { type CFile, scan, type Token } from '#lib/c/scan.ts'
import type { KernelTree } from '#lib/kernel-tree.ts'
import { LSM_HOOKS_FILE, STRUCT_OPS_STRUCT } from '#lib/kfunc/dialects.ts'
import type { Vocabulary } from '#lib/model/extracted.ts'
import { byteOrder } from '#lib/model/order.ts'
import { folderOf } from '#lib/text/folders.ts'

/** Reads them from the release. `files` are those that name `struct bpf_struct_ops` or hold the uapi enumerations. */
export async function readVocabulary(tree: KernelTree, files: readonly CFile[]): Promise<Vocabulary> {
  const declaring = files.filter((file) => findInitialisers(file, STRUCT_OPS_STRUCT).length > 0)
  const types = declaring.flatMap((file) => findInitialisers(file, STRUCT_OPS_STRUCT)).flatMap(structOpsName)
  const names = [...new Set(types)].sort(byteOrder)
  const members = new Map(names.map((name) => [name, membersOf(files, name)]))
  await searchMembers(tree, declaring, members)
  const hooks = await tree.read(LSM_HOOKS_FILE)
  return {
    attachTypes: enumeratorsOf(files, 'bpf_attach_type'),
    structOps: names.map((name) => ({ name, members: members.get(name) ?? [] })),
    lsmHooks: hooks ? hookNames(scan(hooks)) : [],
  }
}

/** The name of the type that a `struct bpf_struct_ops` declares; none where it is no literal. */
export const structOpsName = ({ fields }: Initialiser): string[] => {
  const name = /^"(\w+)"$/.exec(fields.get('name') ?? '')?.[1]
  return name ? [name] : []
}

/** Looks for the structs that the files read so far do not define: beside the files that register them, then in all headers. */
async function searchMembers(
  tree: KernelTree,
  declaring: readonly CFile[],
  members: Map<string, string[]>,
): Promise<void> {
  const folders = new Set(declaring.map(({ source }) => folderOf(source.path)))
  const isBeside = (path: string): boolean => folders.has(folderOf(path))
  const isHeader = (path: string): boolean => path.startsWith('include/') && path.endsWith('.h')
  for (const isWanted of [isBeside, isHeader]) {
    const missing = [...members].filter(([, found]) => found.length === 0).map(([name]) => name)
    if (missing.length === 0) return
    const texts = await tree.search(
      missing.map((name) => `struct ${name} {`),
      (path) => /\.[ch]$/.test(path) && isWanted(path),
    )
    const scanned = texts.map(scan)
    for (const name of missing) members.set(name, membersOf(scanned, name))
  }
}

/** The names in an enumeration, in its order, without place holders such as __MAX_BPF_ATTACH_TYPE. */
const enumeratorsOf = (files: readonly CFile[], name: string): string[] =>
  (enumeratorNames(files, name) ?? []).filter((one) => /^[A-Z]/.test(one))

/** The members of `struct name { … }`, in its order; empty when no file defines it. */
function membersOf(files: readonly CFile[], name: string): string[] {
  const block = typeBlock(files, 'struct', name)
  return block ? declarationsIn(block.slice(1, -1)).flatMap((tokens) => nameOf(tokens) ?? []) : []
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
