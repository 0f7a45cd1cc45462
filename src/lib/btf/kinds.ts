/** The kinds of BTF types, as numbered in include/uapi/linux/btf.h, and how long each kind's record is. */

/** The word for a kind: the kernel's name for it without BTF_KIND_. */
export type KindName =
  | 'INT'
  | 'PTR'
  | 'ARRAY'
  | 'STRUCT'
  | 'UNION'
  | 'ENUM'
  | 'FWD'
  | 'TYPEDEF'
  | 'VOLATILE'
  | 'CONST'
  | 'RESTRICT'
  | 'FUNC'
  | 'FUNC_PROTO'
  | 'VAR'
  | 'DATASEC'
  | 'FLOAT'
  | 'DECL_TAG'
  | 'TYPE_TAG'
  | 'ENUM64'

/** Bytes behind the twelve that every record begins with: `extra` once, and `each` for every element. */
export interface RecordLayout {
  readonly extra: number
  readonly each: number
}

/** One kind: its name, the layout of its record, and the kernel that was the first to read it. */
export interface Kind extends RecordLayout {
  readonly name: KindName
  readonly since: string
}

/** The kinds by number; there is none numbered 0. */
export const KINDS: readonly (Kind | null)[] = [
  null,
  { name: 'INT', extra: 4, each: 0, since: '4.18' },
  { name: 'PTR', extra: 0, each: 0, since: '4.18' },
  { name: 'ARRAY', extra: 12, each: 0, since: '4.18' },
  { name: 'STRUCT', extra: 0, each: 12, since: '4.18' },
  { name: 'UNION', extra: 0, each: 12, since: '4.18' },
  { name: 'ENUM', extra: 0, each: 8, since: '4.18' },
  { name: 'FWD', extra: 0, each: 0, since: '4.18' },
  { name: 'TYPEDEF', extra: 0, each: 0, since: '4.18' },
  { name: 'VOLATILE', extra: 0, each: 0, since: '4.18' },
  { name: 'CONST', extra: 0, each: 0, since: '4.18' },
  { name: 'RESTRICT', extra: 0, each: 0, since: '4.18' },
  { name: 'FUNC', extra: 0, each: 0, since: '5.0' },
  { name: 'FUNC_PROTO', extra: 0, each: 8, since: '5.0' },
  { name: 'VAR', extra: 4, each: 0, since: '5.2' },
  { name: 'DATASEC', extra: 0, each: 12, since: '5.2' },
  { name: 'FLOAT', extra: 0, each: 0, since: '5.13' },
  { name: 'DECL_TAG', extra: 4, each: 0, since: '5.16' },
  { name: 'TYPE_TAG', extra: 0, each: 0, since: '5.17' },
  { name: 'ENUM64', extra: 0, each: 12, since: '6.0' },
]
