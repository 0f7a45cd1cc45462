/**
 * Types as C text, as the kernel's source would spell them on one line.
 *
 * C's declarators read from the name outwards, so a type is printed by growing the declarator around the
 * name: a pointer puts `*` before it, an array or a function puts its brackets behind it, and the last type
 * in the chain stands in front of it all.
 */
import { FormatError, within } from '../binary/cursor.ts'
import type { Btf, BtfType, FuncProtoType } from './types.ts'

/** A function's declaration, and its parts. */
export interface PrintedPrototype {
  /** "int bpf_x(struct task_struct *task, u32 len__sz)", with no semicolon. */
  readonly text: string
  readonly returns: string
  readonly parameters: readonly PrintedParameter[]
  /** The callback typedefs that it names, in full and in order of appearance: "typedef int (*x_t)(void *)". */
  readonly typedefs: readonly string[]
}

/** A parameter: `type` is spelled without the name, `text` with it. */
export interface PrintedParameter {
  readonly name: string
  readonly type: string
  readonly text: string
}

/** No type of a kernel comes near this many steps; a table that goes in circles does. */
const MOST_STEPS = 10_000
const MOST_DEPTH = 100

/** Spellings of the compilers that are not the kernel's. */
const INTEGER_NAMES: ReadonlyMap<string, string> = new Map([
  ['_Bool', 'bool'],
  ['short int', 'short'],
  ['short unsigned int', 'unsigned short'],
  ['long int', 'long'],
  ['long unsigned int', 'unsigned long'],
  ['long long int', 'long long'],
  ['long long unsigned int', 'unsigned long long'],
  ['__int128 unsigned', 'unsigned __int128'],
])

/** The declaration of the function with that id. Throws a FormatError where the table is broken. */
export function printPrototype(btf: Btf, funcId: number): PrintedPrototype {
  const printer = printerOf(btf)
  return within(`${btf.what}: prototype of BTF type ${funcId}`, () => {
    const func = btf.type(funcId)
    if (func.kind !== 'FUNC') throw new FormatError(`a ${func.kind}, FUNC expected`)
    const proto = btf.type(func.type)
    if (proto.kind !== 'FUNC_PROTO') throw new FormatError(`its type is a ${proto.kind}, FUNC_PROTO expected`)
    const text = declare(printer, func.type, func.name)
    const returns = declare(printer, proto.returns, '')
    const parameters = proto.parameters.map(({ name, type }) => {
      return { name, type: declare(printer, type, ''), text: declare(printer, type, name) }
    })
    return { text, returns, parameters, typedefs: printTypedefs(printer) }
  })
}

/** A type as C text, declaring `name` where one is given. Throws a FormatError where the table is broken. */
export function printType(btf: Btf, id: number, name = ''): string {
  return within(`${btf.what}: BTF type ${id}`, () => declare(printerOf(btf), id, name))
}

interface Printer {
  readonly btf: Btf
  /** Ids of the callback typedefs met so far, in order. */
  readonly callbacks: Set<number>
  steps: number
  depth: number
}

function printerOf(btf: Btf): Printer {
  return { btf, callbacks: new Set(), steps: 0, depth: 0 }
}

/** The type `id` around `declarator`: '' for a bare type, a name, or a name with what surrounds it. */
function declare(printer: Printer, id: number, declarator: string, qualifiers = ''): string {
  if (++printer.steps > MOST_STEPS || printer.depth > MOST_DEPTH) {
    throw new FormatError('the type goes in circles, or is too deep to print')
  }
  printer.depth++
  const text = declareType(printer, printer.btf.type(id), declarator, qualifiers)
  printer.depth--
  return text
}

function declareType(printer: Printer, type: BtfType, declarator: string, qualifiers: string): string {
  const named = (word: string) => join(`${qualifiers}${word}`, declarator)
  switch (type.kind) {
    case 'VOID':
      return named('void')
    case 'INT':
    case 'FLOAT':
      return named(INTEGER_NAMES.get(type.name) ?? type.name)
    case 'STRUCT':
    case 'UNION':
    case 'ENUM':
      return named(aggregate(type.kind.toLowerCase(), type.name))
    case 'ENUM64':
      return named(aggregate('enum', type.name))
    case 'FWD':
      return named(aggregate(type.of, type.name))
    case 'TYPEDEF':
      if (isCallback(printer.btf, type.type)) printer.callbacks.add(type.id)
      return named(type.name)
    case 'TYPE_TAG':
      return declare(printer, type.type, declarator, qualifiers)
    case 'CONST':
    case 'VOLATILE':
    case 'RESTRICT':
      return declare(printer, type.type, declarator, addQualifier(qualifiers, type.kind.toLowerCase()))
    case 'PTR': {
      const pointer = `*${declarator === '' ? qualifiers.trimEnd() : qualifiers + declarator}`
      const around = bindsTighter(printer.btf, type.type) ? `(${pointer})` : pointer
      return declare(printer, type.type, around)
    }
    case 'ARRAY':
      // A qualified array is an array of qualified elements.
      return declare(printer, type.type, `${declarator}[${type.length}]`, qualifiers)
    case 'FUNC_PROTO':
      return declare(printer, type.returns, `${declarator}(${parameterList(printer, type)})`)
    case 'FUNC':
    case 'VAR':
    case 'DATASEC':
    case 'DECL_TAG':
      throw new FormatError(`type ${type.id} is a ${type.kind}, which C cannot spell as a type`)
    case 'UNKNOWN':
      throw new FormatError(`type ${type.id} is of kind ${type.kindNumber}, which is not known here`)
    default:
      return type satisfies never
  }
}

function parameterList(printer: Printer, proto: FuncProtoType): string {
  const parameters = proto.parameters.map(({ name, type }) => declare(printer, type, name))
  if (proto.variadic) parameters.push('...')
  return parameters.length === 0 ? 'void' : parameters.join(', ')
}

function join(words: string, declarator: string): string {
  return declarator === '' || declarator.startsWith('[') ? words + declarator : `${words} ${declarator}`
}

function aggregate(word: string, name: string): string {
  return name === '' ? `${word} { ... }` : `${word} ${name}`
}

function addQualifier(qualifiers: string, word: string): string {
  return qualifiers.split(' ').includes(word) ? qualifiers : `${qualifiers}${word} `
}

/** What `id` is once qualifiers and tags are taken off; bounded, for they may go in circles. */
function bare(btf: Btf, id: number): BtfType {
  let type = btf.type(id)
  for (let step = 0; step < MOST_DEPTH; step++) {
    if (
      type.kind !== 'CONST' &&
      type.kind !== 'VOLATILE' &&
      type.kind !== 'RESTRICT' &&
      type.kind !== 'TYPE_TAG'
    ) {
      return type
    }
    type = btf.type(type.type)
  }
  throw new FormatError(`the qualifiers of type ${id} go in circles`)
}

/** Whether a `*` must stand in parentheses before this type's own brackets. */
function bindsTighter(btf: Btf, id: number): boolean {
  const { kind } = bare(btf, id)
  return kind === 'ARRAY' || kind === 'FUNC_PROTO'
}

/** Whether a typedef of `id` names a function or a pointer to one. */
function isCallback(btf: Btf, id: number): boolean {
  const type = bare(btf, id)
  return type.kind === 'FUNC_PROTO' || (type.kind === 'PTR' && bare(btf, type.type).kind === 'FUNC_PROTO')
}

/** The typedefs met so far, and those that they name in turn: a set that grows is walked to its new end. */
function printTypedefs(printer: Printer): string[] {
  const texts: string[] = []
  for (const id of printer.callbacks) {
    const type = printer.btf.type(id)
    if (type.kind === 'TYPEDEF') texts.push(`typedef ${declare(printer, type.type, type.name)}`)
  }
  return texts
}
