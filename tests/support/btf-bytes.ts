/** Builds BTF by hand, type by type; every method that adds a type gives its id. */
import { KINDS, type KindName } from '#lib/btf/kinds.ts'
import { parseBtf } from '#lib/btf/parse.ts'
import type { Btf } from '#lib/btf/types.ts'

/** What a table is made to be, beside its types. */
export interface BtfForm {
  readonly littleEndian?: boolean
  /** The table it is split over. */
  readonly base?: Btf
  /** Bytes of the header; beyond 24 come the fields of the layout section, and then `headerTail`. */
  readonly headerLength?: number
  readonly headerTail?: readonly number[]
  /** The entries of a layout section: for each kind from 0 on, bytes of the extra part and of an element. */
  readonly layout?: readonly (readonly [number, number])[]
}

/** A named thing that refers to a type: a member, a parameter. */
export type NameAndType = readonly [name: string, type: number]

/** A table in the making. */
export class BtfBuilder {
  readonly #form: BtfForm
  readonly #records: number[][] = []
  readonly #strings: number[]
  readonly #offsets = new Map<string, number>()

  constructor(form: BtfForm = {}) {
    this.#form = form
    this.#strings = form.base ? [] : [0]
  }

  /** The id that the next type will have. */
  get nextId(): number {
    return (this.#form.base?.endId ?? 1) + this.#records.length
  }

  int(name: string, { size = 4, encoding = 0 } = {}): number {
    return this.add('INT', { name, word: size, behind: [(encoding << 24) | (size * 8)] })
  }
  float(name: string, size: number): number {
    return this.add('FLOAT', { name, word: size })
  }
  ptr(type: number): number {
    return this.add('PTR', { word: type })
  }
  const(type: number): number {
    return this.add('CONST', { word: type })
  }
  volatile(type: number): number {
    return this.add('VOLATILE', { word: type })
  }
  restrict(type: number): number {
    return this.add('RESTRICT', { word: type })
  }
  typedef(name: string, type: number): number {
    return this.add('TYPEDEF', { name, word: type })
  }
  typeTag(name: string, type: number): number {
    return this.add('TYPE_TAG', { name, word: type })
  }
  array(type: number, length: number): number {
    return this.add('ARRAY', { behind: [type, 0, length] })
  }
  struct(name: string, size = 0, members: readonly NameAndType[] = []): number {
    return this.add('STRUCT', this.#composite(name, size, members))
  }
  union(name: string, size = 0, members: readonly NameAndType[] = []): number {
    return this.add('UNION', this.#composite(name, size, members))
  }
  enum(name: string, values: readonly NameAndType[] = [], flag = false): number {
    const behind = values.flatMap(([value, number]) => [this.string(value), number])
    return this.add('ENUM', { name, word: 4, length: values.length, flag, behind })
  }
  enum64(name: string, values: readonly (readonly [string, bigint])[] = [], flag = false): number {
    const words = (value: bigint) => [Number(value & 0xffffffffn), Number((value >> 32n) & 0xffffffffn)]
    const behind = values.flatMap(([value, number]) => [this.string(value), ...words(number)])
    return this.add('ENUM64', { name, word: 8, length: values.length, flag, behind })
  }
  fwd(name: string, of: 'struct' | 'union'): number {
    return this.add('FWD', { name, flag: of === 'union' })
  }
  funcProto(returns: number, parameters: readonly NameAndType[] = []): number {
    const behind = parameters.flatMap(([name, type]) => [this.string(name), type])
    return this.add('FUNC_PROTO', { word: returns, length: parameters.length, behind })
  }
  func(name: string, proto: number, linkage = 0): number {
    return this.add('FUNC', { name, word: proto, length: linkage })
  }
  var(name: string, type: number, linkage = 0): number {
    return this.add('VAR', { name, word: type, behind: [linkage] })
  }
  datasec(
    name: string,
    size: number,
    variables: readonly (readonly [number, number, number])[] = [],
  ): number {
    return this.add('DATASEC', { name, word: size, length: variables.length, behind: variables.flat() })
  }
  declTag(name: string, type: number, component = -1): number {
    return this.add('DECL_TAG', { name, word: type, behind: [component] })
  }

  /** Any record at all: a kind by name or number, and the words of it. */
  add(
    kind: KindName | number,
    {
      name = '',
      nameOffset = null as number | null,
      word = 0,
      length = 0,
      flag = false,
      behind = [] as number[],
    },
  ): number {
    const id = this.nextId
    const number = typeof kind === 'number' ? kind : KINDS.findIndex((known) => known?.name === kind)
    const info = ((flag ? 1 : 0) << 31) | (number << 24) | length
    this.#records.push([nameOffset ?? this.string(name), info, word, ...behind])
    return id
  }

  /** The offset of a string, put into the table when it is new. */
  string(text: string): number {
    if (text === '') return 0
    const known = this.#offsets.get(text)
    if (known !== undefined) return known
    const offset = (this.#form.base?.stringsEnd ?? 0) + this.#strings.length
    this.#strings.push(...new TextEncoder().encode(text), 0)
    this.#offsets.set(text, offset)
    return offset
  }

  /** The table as bytes. */
  bytes(): Uint8Array {
    const { littleEndian = true, layout = [], headerTail = [] } = this.#form
    const headerLength = (this.#form.headerLength ?? (layout.length > 0 ? 32 : 24)) + headerTail.length
    const types = wordBytes(this.#records.flat(), littleEndian)
    const layoutBytes = layout.flatMap(([extra, each]) => [extra, each, 0, 0])
    const stringsAt = types.length + layoutBytes.length
    const fields = [0, types.length, stringsAt, this.#strings.length, types.length, layoutBytes.length]
    const known = [...wordBytes([headerLength, ...fields], littleEndian)].slice(0, headerLength - 4)
    const padding = new Array(Math.max(0, headerLength - headerTail.length - 4 - known.length)).fill(0)
    const magic = littleEndian ? [0x9f, 0xeb] : [0xeb, 0x9f]
    const header = [...magic, 1, 0, ...known, ...padding, ...headerTail]
    return Uint8Array.from([...header, ...types, ...layoutBytes, ...this.#strings])
  }

  /** The table, opened. */
  parse(what = 'test'): Btf {
    return parseBtf(this.bytes(), what, this.#form.base)
  }

  #composite(name: string, size: number, members: readonly NameAndType[]) {
    const behind = members.flatMap(([member, type], index) => [this.string(member), type, index * 32])
    return { name, word: size, length: members.length, behind }
  }
}

/** 32-bit words as bytes. */
export function wordBytes(words: readonly number[], littleEndian = true): Uint8Array {
  const view = new DataView(new ArrayBuffer(words.length * 4))
  words.forEach((word, index) => {
    view.setUint32(index * 4, word >>> 0, littleEndian)
  })
  return new Uint8Array(view.buffer)
}
