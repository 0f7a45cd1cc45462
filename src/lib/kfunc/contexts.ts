/** The context that programs of each type are run with, and the kernel types that a context type stands for. */
import { findCalls } from '#lib/c/match.ts'
import { type CFile, scan } from '#lib/c/scan.ts'
import type { KernelTree } from '#lib/kernel-tree.ts'
import { CHECK_STRUCT_SUFFIX, CONTEXTS_FILE, PROJECTION_FUNCTION } from '#lib/kfunc/dialects.ts'
import { literalsIn } from '#lib/kfunc/suffixes.ts'
import type { ContextType, Projection } from '#lib/model/extracted.ts'
import { byteOrder } from '#lib/model/order.ts'

const structName = (type: string): string | null => /^struct (\w+)$/.exec(type)?.[1] ?? null

/**
 * Reads BPF_PROG_TYPE(type, name, program's context, kernel's context), by program type; a context that is no struct
 * (`void *`, `__u64`) is null. Empty when the tree lacks the file.
 */
export async function readContexts(tree: KernelTree): Promise<ContextType[]> {
  const source = await tree.read(CONTEXTS_FILE)
  if (!source) return []
  return findCalls(scan(source), new Set(['BPF_PROG_TYPE']))
    .map(({ args: [programType = '', , user = '', kernel = ''] }) => ({
      programType,
      user: structName(user),
      kernel: structName(kernel),
    }))
    .sort((a, b) => byteOrder(a.programType, b.programType))
}

/**
 * Reads which program types have which verifier operations, by the name of their struct, types in the order of the file:
 * BPF_PROG_TYPE(type, name, …) gives the type `name_verifier_ops`.
 */
export async function readOperations(tree: KernelTree): Promise<ReadonlyMap<string, readonly string[]>> {
  const source = await tree.read(CONTEXTS_FILE)
  const types = new Map<string, readonly string[]>()
  for (const { args } of source ? findCalls(scan(source), new Set(['BPF_PROG_TYPE'])) : []) {
    const [programType = '', name = ''] = args
    const operations = `${name}${CHECK_STRUCT_SUFFIX}`
    types.set(operations, [...(types.get(operations) ?? []), programType])
  }
  return types
}

/**
 * Reads btf_is_projection_of() (6.12 on): where a kfunc takes the first struct, a trusted pointer to the second will do
 * in programs that have no such context. Its body compares the two names in pairs.
 */
export function findProjections(files: readonly CFile[]): Projection[] {
  const names = files
    .filter(({ source }) => source.text.includes(PROJECTION_FUNCTION))
    .flatMap((file) => literalsIn(file, (name) => name === PROJECTION_FUNCTION))
    .map(({ text }) => text)
  return names.flatMap((context, i) => {
    const kernel = names[i + 1]
    return i % 2 === 0 && kernel ? [{ context, kernel }] : []
  })
}
