/** The C by which one program declares kfuncs that differ between the releases that it is to run on. */
import type { Matrix, MatrixPrototype } from '#lib/model/matrix.ts'
import { byteOrder } from '#lib/model/order.ts'
import { isSameType } from '#lib/model/same-type.ts'
import { declaredName, macrosIn, tagsIn } from '#lib/publish/usage/declaration.ts'
import { splitAtCommas } from '#lib/text/commas.ts'
import { lackOf } from './query.ts'

/** Releases in which a kfunc has one form. */
interface Form {
  /** Its name there: its own, or that of the kfunc which it replaced. */
  readonly kfunc: string
  readonly prototype: MatrixPrototype
  /** Oldest first. */
  readonly releases: string[]
}

/**
 * Declares kfuncs for releases, which come oldest first. A kfunc that all of them have in one form is declared as it is; one
 * that some lack is weak; one that has several forms, or another name where it is missing, gets a flavour for each, and a
 * function that calls the one at hand, of those that take and return the same. Ends in a newline; empty for no kfuncs.
 */
export function declarationsFor(
  matrix: Matrix,
  releases: readonly string[],
  names: readonly string[],
): string {
  const entries = matrix.kfuncs.filter(({ name }) => names.includes(name))
  if (entries.length === 0) return ''
  const forms = entries.map((entry) => ({ name: entry.name, forms: formsOf(matrix, releases, entry) }))
  const typedefs = forms.flatMap((one) => one.forms.flatMap(({ prototype }) => prototype.typedefs))
  const declarations = forms.flatMap((one) => ['', ...declarationOf(matrix, one.name, one.forms, releases)])
  const lines = [
    `/* For ${releases.join(', ')}. Include it after vmlinux.h, before which BPF_NO_KFUNC_PROTOTYPES is defined, and <bpf/bpf_helpers.h>. */`,
    ...tagsIn([...typedefs, ...declarations].join('\n'))
      .sort(byteOrder)
      .map((tag) => `${tag};`),
    ...[...new Set(typedefs)].sort(byteOrder).map((typedef) => `${typedef};`),
    ...macrosIn(declarations.join('\n')).flatMap((macro) => ['', macro]),
    ...declarations,
  ]
  return `${lines.join('\n')}\n`
}

/**
 * The forms of a kfunc, oldest first; of releases whose prototypes libbpf takes for one another, the newest's. A release that
 * lacks it may have the kfunc that it replaced.
 */
function formsOf(matrix: Matrix, releases: readonly string[], entry: Matrix['kfuncs'][number]): Form[] {
  const replaced = matrix.kfuncs.filter(({ replacedBy }) => replacedBy === entry.name)
  const forms = new Map<string, Form>()
  for (const id of releases) {
    const own = [entry, ...replaced].find((one) => one.releases[id])
    const cell = own?.releases[id]
    const prototype = matrix.prototypes[cell?.prototype ?? -1]
    if (!own || !prototype) continue
    const types = [prototype.returns, ...prototype.parameters.map(({ type }) => type)]
    const key = [own.name, ...types.map(typeKind)].join('\n')
    forms.set(key, { kfunc: own.name, prototype, releases: [...(forms.get(key)?.releases ?? []), id] })
  }
  return [...forms.values()]
}

function declarationOf(
  matrix: Matrix,
  name: string,
  forms: readonly Form[],
  releases: readonly string[],
): string[] {
  const missing = releases.filter((id) => forms.every((form) => !form.releases.includes(id)))
  const [first, ...others] = forms
  if (!first) return [`/* ${name}: no prototype is known. */`]
  const lack = lackText(matrix, name, missing)
  if (others.length === 0 && first.kfunc === name)
    return [
      ...(lack ? [`/* ${lack}: ask bpf_ksym_exists(${declaredName(name)}) before the call. */`] : []),
      `extern ${first.prototype.declared} ${missing.length > 0 ? '__weak ' : ''}__ksym;`,
    ]
  return [
    ...forms.map((form) => `extern ${flavoured(form)} __weak __ksym; /* ${form.releases.join(', ')} */`),
    ...(lack ? [`/* ${lack}. */`] : []),
    ...wrapper(name, forms),
  ]
}

/** "Not in 6.12; not known whether in 6.16": the releases without a prototype of it; null where there are none. */
function lackText(matrix: Matrix, name: string, missing: readonly string[]): string | null {
  const said = new Map<string, string[]>()
  for (const id of missing) {
    const isListed = matrix.kfuncs.some((kfunc) => kfunc.name === name && kfunc.releases[id])
    const isAbsent = lackOf(matrix, id, name) === 'absent'
    const words = isListed ? 'without a known prototype in' : isAbsent ? 'not in' : 'not known whether in'
    said.set(words, [...(said.get(words) ?? []), id])
  }
  const text = [...said].map(([words, ids]) => `${words} ${ids.join(', ')}`).join('; ')
  return text === '' ? null : text.charAt(0).toUpperCase() + text.slice(1)
}

const flavourOf = ({ kfunc, releases }: Form): string =>
  `${kfunc}___v${(releases[0] ?? '').replace('.', '_')}`

const flavoured = (form: Form): string =>
  form.prototype.declared.replace(`${declaredName(form.kfunc)}(`, `${flavourOf(form)}(`)

/**
 * A function with the newest parameters, which calls the form at hand. A form that takes what the newest does not, or returns
 * something else, is left to the program, which is said.
 */
function wrapper(name: string, forms: readonly Form[]): string[] {
  const newest = forms.at(-1)
  if (!newest) return []
  const { declared, returns } = newest.prototype
  const calls = forms
    .toReversed()
    .map((form) => ({ form, passed: argumentsFor(form.prototype, newest.prototype) }))
  const others = calls.filter(({ passed }) => passed === null).map(({ form }) => `${flavourOf(form)}()`)
  const left =
    others.length > 0
      ? [
          `/* To be called by the program itself, since it takes or returns something else: ${others.join(', ')}. */`,
        ]
      : []
  const alike = calls.flatMap(({ form, passed }) => (passed === null ? [] : [{ form, passed }]))
  if (alike.length < 2) return left
  return [
    ...left,
    `static __always_inline ${declared.replace(`${declaredName(newest.kfunc)}(`, `${name}_any(`).replace(/^__bpf_fastcall /, '')}`,
    '{',
    ...alike.flatMap(({ form, passed }) => {
      const call = `${flavourOf(form)}(${passed.join(', ')})`
      return [
        `\tif (bpf_ksym_exists(${flavourOf(form)}))`,
        returns === 'void' ? `\t\t{ ${call}; return; }` : `\t\treturn ${call};`,
      ]
    }),
    ...(returns === 'void'
      ? []
      : [
          `\treturn ${returns.endsWith('*') ? 'NULL' : returns === 'bool' ? 'false' : '-95 /* EOPNOTSUPP */'};`,
        ]),
    '}',
  ]
}

/** What to pass to an older form out of the parameters of the newest; null: it takes something else, or returns it. */
function argumentsFor(older: MatrixPrototype, newest: MatrixPrototype): string[] | null {
  if (!converts(older.returns, newest.returns)) return null
  const [oldArenas, newArenas] = [arenaParameters(older), arenaParameters(newest)]
  const passed = older.parameters.flatMap((one, i) => {
    const same = newest.parameters.find(
      (other, j) =>
        bare(other.name) === bare(one.name) &&
        converts(other.type, one.type) &&
        newArenas[j] === oldArenas[i],
    )
    return same?.name ?? one.fixed ?? []
  })
  return passed.length === older.parameters.length ? passed : null
}

/** Does C take a value of the one type for the other as it is? */
function converts(a: string, b: string): boolean {
  const [left = '', right = ''] = [a, b].map((type) => type.replace(/\bconst /g, '').trim())
  return isSameType(left, right) || (INTEGER.test(left) && INTEGER.test(right))
}

/** For each parameter: is it declared to lie in an arena? */
function arenaParameters({ declared }: MatrixPrototype): boolean[] {
  const open = declared.search(/(?<=\w)\(/)
  return splitAtCommas(declared.slice(open + 1, declared.lastIndexOf(')'))).map((one) =>
    one.includes('__arena'),
  )
}

const INTEGER =
  /^(?:bool|size_t|(?:__)?[us](?:8|16|32|64)|(?:(?:un)?signed ?)?(?:char|short|int|long|long long)?)$/

/**
 * What libbpf compares of a type: its kind, and that of what it points to; neither names nor sizes
 * (__bpf_core_types_are_compat() in tools/lib/bpf/relo_core.c). What is neither integer, struct nor enum stays as it is.
 */
function typeKind(type: string): string {
  const plain = type.replace(/\bconst /g, '').trim()
  if (INTEGER.test(plain)) return 'int'
  const [, returned, parameters] = /^(.*?) ?\(\*\)\((.*)\)$/.exec(plain) ?? []
  if (returned !== undefined && parameters !== undefined)
    return `${typeKind(returned)} (*)(${splitAtCommas(parameters)
      .map((one) => typeKind(unnamed(one)))
      .join(', ')})`
  return plain.replace(/^(struct|union|enum) \w+/, '$1')
}

/** A parameter of a callback's type without its name, which source has and BTF has not: "void *map" → "void *". */
function unnamed(parameter: string): string {
  const [, type = parameter, name = ''] = /^(.*[\s*])(\w+)$/.exec(parameter) ?? []
  const isType = INTEGER.test(name) || /^(?:const |struct |union |enum )*$/.test(type)
  return isType ? parameter : type.trim()
}

/** A parameter's name without the suffix that the verifier tests it for. */
const bare = (name: string): string => name.replace(/(?<=\w)__\w+$/, '')
