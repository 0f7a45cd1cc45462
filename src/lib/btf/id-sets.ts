/**
 * The id sets that a kernel or a module keeps in its section .BTF_ids, found without symbols.
 *
 * The section is a row of 32-bit words with no table of contents. Three things lie in it, in any order:
 * - lists (BTF_ID_LIST): ids, and nothing else;
 * - sets (BTF_SET_START): the number of ids, then the ids in ascending order;
 * - sets of eight (BTF_SET8_START, BTF_KFUNCS_START): the number of pairs, a word of flags, then the pairs in
 *   ascending order of id, each an id and the flags that its entry was given. An id that could not be
 *   resolved, since its function was not built, is 0.
 * Source: include/linux/btf_ids.h, tools/bpf/resolve_btfids/main.c.
 *
 * Only the last kind is wanted. What tells it from the others: its first word fits the section, its second is
 * 0 or 1, and from the third on every other word is a FUNC of this very table, each greater than the one
 * before it, with a word of flags between them that has no high bit where the second word is 0.
 */
import { ByteView, FormatError } from '../binary/cursor.ts'
import type { Btf } from './types.ts'

/** A set8: its place in the section, its own flags word, and its entries in the order of their ids. */
export interface BtfIdSet {
  readonly offset: number
  /** 1 (BTF_SET8_KFUNCS, since 6.9): meant for kfuncs. 0: of an older release, or not meant for kfuncs. */
  readonly flags: number
  readonly entries: readonly BtfIdSetEntry[]
}

/** A function in a set, with the KF_* bits of its entry. */
export interface BtfIdSetEntry {
  readonly id: number
  readonly name: string
  readonly flags: number
}

const BTF_SET8_KFUNCS = 1
const WORD = 4
const HEAD = 2 * WORD
const PAIR = 2 * WORD

/**
 * The flags that an entry can have in a set whose own flags do not say that it is of kfuncs. Such a set dates from before
 * 6.9, when there were twelve KF_* bits, or is none of kfuncs; the bound keeps ids from being taken for flags.
 */
const ENTRY_FLAGS_OF_OTHERS = 0xfff

/**
 * The set8 tables in a .BTF_ids section, by offset; `btf` is the table its ids refer to. Entries that were
 * not resolved are left out, and with them a set of nothing else.
 */
export function findBtfIdSets(section: Uint8Array, btf: Btf): BtfIdSet[] {
  if (section.length % WORD !== 0) {
    const what = `.BTF_ids has ${section.length} bytes, a multiple of ${WORD} expected`
    throw new FormatError(what, { in: btf.what })
  }
  const view = new ByteView(section, btf.littleEndian)
  const taken = new Uint8Array(section.length / WORD)
  // Sets that say they are of kfuncs leave no doubt, so they come first; the others must lie between them.
  const sets = [...claim(view, btf, BTF_SET8_KFUNCS, taken), ...claim(view, btf, 0, taken)]
  return sets.sort((a, b) => a.offset - b.offset)
}

/** The sets with that flags word, marking the words that they take. */
function claim(view: ByteView, btf: Btf, flags: number, taken: Uint8Array): BtfIdSet[] {
  const sets: BtfIdSet[] = []
  for (let at = 0; at + HEAD + PAIR <= view.length; at += WORD) {
    const size = HEAD + view.u32(at) * PAIR
    if (view.u32(at + WORD) !== flags || size === HEAD || at + size > view.length) continue
    if (taken.subarray(at / WORD, (at + size) / WORD).includes(1)) continue
    const entries = entriesAt(view, btf, { start: at + HEAD, end: at + size, flags })
    if (entries === null) continue
    sets.push({ offset: at, flags, entries })
    taken.fill(1, at / WORD, (at + size) / WORD)
    at += size - WORD
  }
  return sets
}

interface Pairs {
  readonly start: number
  readonly end: number
  readonly flags: number
}

/** The resolved entries of a set, or null where the words cannot be one. */
function entriesAt(view: ByteView, btf: Btf, pairs: Pairs): BtfIdSetEntry[] | null {
  const entries: BtfIdSetEntry[] = []
  let before = 0
  for (let at = pairs.start; at < pairs.end; at += PAIR) {
    const id = view.u32(at)
    const flags = view.u32(at + WORD)
    if (pairs.flags !== BTF_SET8_KFUNCS && flags > ENTRY_FLAGS_OF_OTHERS) return null
    if (id === 0 && before === 0) continue
    if (id <= before || id < btf.firstId || id >= btf.endId || btf.kind(id) !== 'FUNC') return null
    entries.push({ id, name: btf.name(id), flags })
    before = id
  }
  return entries.length === 0 ? null : entries
}
