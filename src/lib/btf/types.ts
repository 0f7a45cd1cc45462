/**
 * The types of BTF, one interface per kind, and the table that holds them.
 *
 * A type refers to others by id; id 0 is void. A name is '' where the type has none.
 * Source: Documentation/bpf/btf.rst and include/uapi/linux/btf.h.
 */

/** Any type of a BTF table. */
export type BtfType =
  | VoidType
  | IntType
  | FloatType
  | ModifierType
  | ArrayType
  | CompositeType
  | EnumType
  | Enum64Type
  | FwdType
  | NamedReference
  | FuncType
  | FuncProtoType
  | VarType
  | DatasecType
  | DeclTagType
  | UnknownType

/** What id 0 stands for. */
export interface VoidType {
  readonly kind: 'VOID'
  readonly id: 0
}

/** An integer: `size` in bytes, `bits` the width that counts, beginning `bitOffset` bits in. */
export interface IntType {
  readonly kind: 'INT'
  readonly id: number
  readonly name: string
  readonly size: number
  readonly signed: boolean
  readonly char: boolean
  readonly bool: boolean
  readonly bitOffset: number
  readonly bits: number
}

/** A floating-point number of `size` bytes. */
export interface FloatType {
  readonly kind: 'FLOAT'
  readonly id: number
  readonly name: string
  readonly size: number
}

/** A pointer to `type`, or `type` with a qualifier. */
export interface ModifierType {
  readonly kind: 'PTR' | 'CONST' | 'VOLATILE' | 'RESTRICT'
  readonly id: number
  readonly type: number
}

/** An array of `length` elements; a flexible one has length 0. */
export interface ArrayType {
  readonly kind: 'ARRAY'
  readonly id: number
  readonly type: number
  readonly indexType: number
  readonly length: number
}

/** A struct or union of `size` bytes. */
export interface CompositeType {
  readonly kind: 'STRUCT' | 'UNION'
  readonly id: number
  readonly name: string
  readonly size: number
  readonly members: readonly Member[]
}

/** A member of a struct or union; `bitfieldSize` is 0 where it is no bit-field. */
export interface Member {
  readonly name: string
  readonly type: number
  readonly bitOffset: number
  readonly bitfieldSize: number
}

/** An enum whose values have at most 32 bits; `size` in bytes. */
export interface EnumType {
  readonly kind: 'ENUM'
  readonly id: number
  readonly name: string
  readonly size: number
  readonly signed: boolean
  readonly values: readonly { readonly name: string; readonly value: number }[]
}

/** An enum with 64-bit values. */
export interface Enum64Type {
  readonly kind: 'ENUM64'
  readonly id: number
  readonly name: string
  readonly size: number
  readonly signed: boolean
  readonly values: readonly { readonly name: string; readonly value: bigint }[]
}

/** A struct or union that is only declared. */
export interface FwdType {
  readonly kind: 'FWD'
  readonly id: number
  readonly name: string
  readonly of: 'struct' | 'union'
}

/**
 * A typedef of `type`, or a tag upon it.
 * `attribute`: the tag's name is a whole GCC attribute, not the text of a btf_type_tag (since 6.15).
 */
export type NamedReference =
  | { readonly kind: 'TYPEDEF'; readonly id: number; readonly name: string; readonly type: number }
  | {
      readonly kind: 'TYPE_TAG'
      readonly id: number
      readonly name: string
      readonly type: number
      readonly attribute: boolean
    }

/** A function: `type` is its FUNC_PROTO. */
export interface FuncType {
  readonly kind: 'FUNC'
  readonly id: number
  readonly name: string
  readonly type: number
  readonly linkage: BtfLinkage
}

/** How far a function or a variable can be seen; "other" for a number with no name yet. */
export type BtfLinkage = 'static' | 'global' | 'extern' | 'other'

/** What a function takes and gives back; `variadic`: it ends with `...`, which is no parameter. */
export interface FuncProtoType {
  readonly kind: 'FUNC_PROTO'
  readonly id: number
  readonly returns: number
  readonly parameters: readonly { readonly name: string; readonly type: number }[]
  readonly variadic: boolean
}

/** A variable. */
export interface VarType {
  readonly kind: 'VAR'
  readonly id: number
  readonly name: string
  readonly type: number
  readonly linkage: BtfLinkage
}

/** An ELF section of `size` bytes and the variables in it; offsets and sizes in bytes. */
export interface DatasecType {
  readonly kind: 'DATASEC'
  readonly id: number
  readonly name: string
  readonly size: number
  readonly variables: readonly { readonly type: number; readonly offset: number; readonly size: number }[]
}

/** A tag on `type`: on the whole of it (`component` -1), or on its member or parameter of that number. */
export interface DeclTagType {
  readonly kind: 'DECL_TAG'
  readonly id: number
  readonly name: string
  readonly type: number
  readonly component: number
  readonly attribute: boolean
}

/** A type of a kind that is not known here, but whose length the table's layout section tells. */
export interface UnknownType {
  readonly kind: 'UNKNOWN'
  readonly id: number
  readonly name: string
  readonly kindNumber: number
}

/**
 * A table of types. A split table continues the ids of its base, and answers for the base's ids as well.
 * Every method throws a FormatError for an id that is not in the table and for a record that is broken.
 */
export interface Btf {
  /** What it describes, for messages: "vmlinux", a module's name. */
  readonly what: string
  readonly littleEndian: boolean
  readonly base: Btf | null
  /** The first id of its own: 1, or the base's `endId`. */
  readonly firstId: number
  /** The id after the last one. */
  readonly endId: number
  /** Where the strings of a table split over this one begin. */
  readonly stringsEnd: number
  /** The whole type. */
  type(id: number): BtfType
  /** Only its kind, without decoding it. */
  kind(id: number): BtfType['kind']
  /** Only its name, '' where it has none. */
  name(id: number): string
  /** Bytes of an element of that kind by the layout section; null: it is not in there. */
  layout(kindNumber: number): { readonly extra: number; readonly each: number } | null
  /** The string at an offset of the string table. */
  string(offset: number): string
}
