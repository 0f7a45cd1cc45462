/**
 * The types that maps may keep references to: those a kernel registers a destructor for, by
 * `struct btf_id_dtor_kfunc dtors[] = { { .btf_id = ids[0], .kfunc_btf_id = ids[1] } }` over a BTF_ID_LIST(ids).
 */
import { findInitialisers } from '#lib/c/initialisers.ts'
import { tokensBetween } from '#lib/c/locate.ts'
import { findCalls, textOf } from '#lib/c/match.ts'
import type { CFile } from '#lib/c/scan.ts'
import { DESTRUCTOR_STRUCT, ID_LIST_MACROS, isTestFile } from '#lib/kfunc/dialects.ts'
import { byteOrder } from '#lib/model/order.ts'
import type { Destructor } from '#lib/model/published.ts'
import type { Report } from '#lib/text/diagnostic.ts'
import { placeOf } from '#lib/text/source.ts'

/** All destructors but those of tests, by type in byte order. Reports what names no struct of a list. */
export function findDestructors(files: readonly CFile[], report: Report): Destructor[] {
  return files
    .filter((file) => !isTestFile(file.source.path))
    .flatMap((file) => destructorsIn(file, report))
    .sort((a, b) => byteOrder(a.type, b.type))
}

function destructorsIn(file: CFile, report: Report): Destructor[] {
  return findInitialisers(file, DESTRUCTOR_STRUCT).flatMap(({ name, start, end }) => {
    const { path, line, column } = placeOf(file.source, start)
    const text = textOf(tokensBetween(file, start, end))
    const lists = idLists(file)
    return [...text.matchAll(/\.\s*btf_id\s*=\s*(\w+)\s*\[\s*(\d+)\s*\]/g)].flatMap(
      ([, list = '', index = '']) => {
        const type = lists.get(list)?.[Number(index)]
        if (type) return [{ type, at: { path, line } }]
        const message = `struct ${DESTRUCTOR_STRUCT} ${name}: ${list}[${index}] is no struct of a list in this file; what may be kept in a map is not known of it`
        report({ rule: 'destructor-unread', message, kfunc: null, place: { path, line, column } })
        return []
      },
    )
  })
}

/** The id lists of a file: "struct task_struct" at the places of structs, null at those of functions. */
function idLists(file: CFile): Map<string, (string | null)[]> {
  const lists = new Map<string, (string | null)[]>()
  let open: (string | null)[] = []
  for (const { name, args, depth } of findCalls(file, new Set(ID_LIST_MACROS))) {
    if (depth > 0) continue
    if (name === 'BTF_ID') open.push(typeOf(args))
    else {
      open = name === 'BTF_ID_LIST' ? [] : [typeOf(args.slice(1))]
      lists.set(args[0] ?? '', open)
    }
  }
  return lists
}

const typeOf = ([kind, name]: readonly string[]): string | null =>
  kind === 'struct' && name ? `struct ${name}` : null
