/** A kfunc's prototype, from source or BTF, with its suffixes and implicit arguments marked. */
import { suffixOf } from '#lib/kfunc/suffixes.ts'
import type { Doc, Parameter, Prototype, Suffix } from '#lib/model/published.ts'
import { isSameType } from '#lib/model/same-type.ts'

/** A prototype as a reader of C or BTF gives it: nothing known of what its parameters mean. */
export interface PlainPrototype {
  readonly text: string
  readonly returns: string
  readonly parameters: readonly {
    readonly name: string | null
    readonly type: string
    readonly text: string
  }[]
  readonly typedefs: readonly string[]
}

/** What a release says of parameters. */
export interface ParameterRules {
  readonly suffixes: readonly Suffix[]
  readonly implicitTypes: readonly { readonly name: string }[]
}

type Marks = Pick<Parameter, 'implicit' | 'fixed'>

const IMPLICIT_FLAG = 'KF_IMPLICIT_ARGS'
const GIVEN: Marks = { implicit: true, fixed: null }
const OPEN: Marks = { implicit: false, fixed: null }

/** What a program writes for an argument that the verifier overwrites. */
const filler = (type: string): Marks => ({ implicit: true, fixed: type.endsWith('*') ? 'NULL' : '0' })

/**
 * Where implicit arguments begin in the kernel's C prototype of a kfunc with KF_IMPLICIT_ARGS: at the first
 * pointer to one of the release's implicit types; everything after it is implicit too. -1: none.
 * Source: tools/bpf/resolve_btfids/main.c, process_kfunc_with_implicit_args().
 */
export function firstImplicit(prototype: PlainPrototype, rules: ParameterRules): number {
  const types = new Set(rules.implicitTypes.map(({ name }) => name))
  return prototype.parameters.findIndex(({ type }) => {
    const match = /^(?:const )?struct (\w+) \*(?:const)?$/.exec(type)
    return match?.[1] !== undefined && types.has(match[1])
  })
}

/**
 * Which parameters the verifier gives. With KF_IMPLICIT_ARGS a program leaves them out; before (6.12 to 6.19)
 * it passes a place holder: for a name in "__prog", and, in an `_impl` kfunc, for the first `void *…__ign` and
 * all after it, which the verifier fills in (kernel/bpf/verifier.c, fixup_kfunc_call()).
 */
function marksOf(
  name: string,
  prototype: PlainPrototype,
  flags: readonly string[],
  rules: ParameterRules,
): Marks[] {
  const { parameters } = prototype
  if (flags.includes(IMPLICIT_FLAG)) {
    const first = firstImplicit(prototype, rules)
    return parameters.map((_, i) => (first >= 0 && i >= first ? GIVEN : OPEN))
  }
  const hidden = name.endsWith('_impl')
    ? parameters.findIndex((parameter) => parameter.type === 'void *' && parameter.name?.endsWith('__ign'))
    : -1
  return parameters.map((parameter, i) => {
    const isProg = suffixOf(parameter.name ?? '', rules.suffixes) === '__prog'
    return isProg || (hidden >= 0 && i >= hidden) ? filler(parameter.type) : OPEN
  })
}

/**
 * The kernel's text on each parameter, by its name with or without its suffix. Where one text and one parameter are left
 * over, they belong together: the comment then uses another name than the code (@nf_conn for nfct).
 */
function parameterTexts(
  parameters: readonly { readonly name: string | null }[],
  suffixes: readonly Suffix[],
  doc: Doc | null,
): (string | null)[] {
  const left = new Map(Object.entries(doc?.parameters ?? {}))
  const texts = parameters.map(({ name }) => {
    const full = name ?? ''
    const suffix = suffixOf(full, suffixes)
    const key = [full, suffix ? full.slice(0, -suffix.length) : full].find((candidate) => left.has(candidate))
    if (key === undefined) return null
    const text = left.get(key) ?? null
    left.delete(key)
    return text
  })
  const [other] = left.values()
  const open = texts.flatMap((text, i) => (text === null ? [i] : []))
  if (left.size === 1 && open.length === 1 && other !== undefined) texts[open[0] ?? 0] = other
  return texts
}

/** Gives a plain prototype its marks. `doc` is the kernel's text on the kfunc, null when it has none. */
export function describePrototype(
  name: string,
  prototype: PlainPrototype,
  flags: readonly string[],
  rules: ParameterRules,
  doc: Doc | null,
  from: Prototype['from'],
): Prototype {
  const marks = marksOf(name, prototype, flags, rules)
  const texts = parameterTexts(prototype.parameters, rules.suffixes, doc)
  const parameters = prototype.parameters.map((parameter, i): Parameter => {
    const parameterName = parameter.name ?? ''
    const suffix = suffixOf(parameterName, rules.suffixes)
    return { name: parameterName, type: parameter.type, suffix, ...(marks[i] ?? OPEN), doc: texts[i] ?? null }
  })
  return {
    text: prototype.text,
    returns: prototype.returns,
    parameters,
    typedefs: [...prototype.typedefs],
    from,
  }
}

/** The prototype with what `doc` says of each parameter. */
export function withParameterTexts(prototype: Prototype, suffixes: readonly Suffix[], doc: Doc): Prototype {
  const texts = parameterTexts(prototype.parameters, suffixes, doc)
  const parameters = prototype.parameters.map((parameter, i) => ({ ...parameter, doc: texts[i] ?? null }))
  return { ...prototype, parameters }
}

/** Puts a prototype's text together from its parts: "int f(struct a *x, u32 y)". */
export function prototypeText(
  name: string,
  returns: string,
  parameters: PlainPrototype['parameters'],
): string {
  const gap = returns.endsWith('*') ? '' : ' '
  return `${returns}${gap}${name}(${parameters.length === 0 ? 'void' : parameters.map(({ text }) => text).join(', ')})`
}

/** The first `count` parameters of a prototype: what a program declares of one with implicit arguments. */
export function cutPrototype(name: string, prototype: PlainPrototype, count: number): PlainPrototype {
  const parameters = prototype.parameters.slice(0, count)
  const used = parameters.map(({ type }) => type).join(' ')
  const typedefs = prototype.typedefs.filter((text) => new RegExp(`\\b${typedefName(text)}\\b`).test(used))
  return {
    text: prototypeText(name, prototype.returns, parameters),
    returns: prototype.returns,
    parameters,
    typedefs,
  }
}

/** The name that a typedef of a function or function pointer defines. */
export function typedefName(text: string): string {
  return /\(\s*\*?\s*(\w+)\s*\)\s*\(/.exec(text)?.[1] ?? /(\w+)\s*\([^()]*\)$/.exec(text)?.[1] ?? ''
}

/** One spelling for what says the same in source and BTF. */
const comparable = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(/\s*([*(),[\]])\s*/g, '$1')
    .trim()

/** Do two parameters or types say the same? BTF has no names for the parameters of a callback. */
const isSame = (a: string, b: string): boolean => isSameType(comparable(a), comparable(b))

/** Do two prototypes say the same: return type, each parameter's type and name, and the callback typedefs? */
export function saysTheSame(a: PlainPrototype, b: PlainPrototype): boolean {
  return (
    a.parameters.length === b.parameters.length &&
    isSame(a.returns, b.returns) &&
    a.parameters.every((parameter, i) => isSame(parameter.text, b.parameters[i]?.text ?? '')) &&
    a.typedefs.every((text) => {
      const other = b.typedefs.find((candidate) => typedefName(candidate) === typedefName(text))
      return other === undefined || isSame(text, other)
    })
  )
}
