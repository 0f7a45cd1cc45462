/** libbpf's table from the name of a section to the type of the program in it. */
import { findCalls } from '#lib/c/match.ts'
import { scan } from '#lib/c/scan.ts'
import type { KernelTree } from '#lib/kernel-tree.ts'

/** Where the table stands, and the macro that writes a row: SEC_DEF("xdp", XDP, …). */
const TABLE_FILE = 'tools/lib/bpf/libbpf.c'
const TABLE_START = 'section_defs[] = {'
const ROW = new Set(['SEC_DEF'])

/** Gives the program type of a section name such as "?fentry.s/x"; null when no row has it. */
export type ProgramTypeOf = (section: string) => string | null

/** Reads the table of a release. Without it every section's type is unknown. */
export async function readSections(tree: KernelTree): Promise<ProgramTypeOf> {
  const source = await tree.read(TABLE_FILE)
  const start = source?.text.indexOf(TABLE_START) ?? -1
  if (!source || start < 0) return () => null
  const end = source.text.indexOf('\n};', start)
  const text = source.text.slice(start, end < 0 ? undefined : end)
  const rows = findCalls(scan({ path: TABLE_FILE, text }), ROW).flatMap(({ args: [name, type] }) => {
    const prefix = /^"(.*)"$/.exec(name ?? '')?.[1]
    return prefix && type ? [{ prefix, type: `BPF_PROG_TYPE_${type}` }] : []
  })
  return (section) => typeOf(section, rows)
}

interface Row {
  readonly prefix: string
  readonly type: string
}

/** `"kprobe+"` stands for "kprobe" and "kprobe/…"; a row without a plus, for itself, and in old libbpfs for what
 *  follows after a slash too. */
function typeOf(section: string, rows: readonly Row[]): string | null {
  const name = section.replace(/^\?/, '')
  const exact = rows.find(({ prefix }) => prefix === name)
  if (exact) return exact.type
  const open = rows
    .map(({ prefix, type }) => ({ prefix: prefix.replace(/[+/]$/, ''), type }))
    .filter(({ prefix }) => name === prefix || name.startsWith(`${prefix}/`))
  return open.sort((a, b) => b.prefix.length - a.prefix.length)[0]?.type ?? null
}
