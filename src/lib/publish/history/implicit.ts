/**
 * The story of a kfunc with arguments that the verifier passes. Until 6.19 a program passed a place holder for them,
 * often to a kfunc `X_impl`; since 7.0 it calls `X` and leaves them out, and resolve_btfids adds to BTF a twin
 * `X_impl` with the whole prototype, which no program can call.
 */
import type { Kfunc, Prototype, Release } from '#lib/model/published.ts'
import { sightingIn } from '#lib/publish/history/presence.ts'

/** Why a program does not load. */
export interface Refusal {
  readonly by: 'libbpf' | 'verifier'
  readonly says: string
  /** What it says instead where the program declares the kfunc weak; null: the same. */
  readonly saysIfWeak: string | null
  /** The message as its source spells it: `content/messages.json` has it, and extraction where each release says it. */
  readonly message: string
}

/** One way to call the kfunc, and the releases that want it so, oldest first. */
export interface CallForm {
  readonly name: string
  readonly prototype: Prototype
  readonly releases: readonly string[]
}

/** What one release has. */
export interface ImplicitRow {
  readonly release: string
  /** The form to call; null: it has none, or none is known. */
  readonly calls: CallForm | null
  /** What must be passed for parameters that the verifier fills: "NULL". */
  readonly passes: readonly { readonly parameter: string; readonly value: string }[]
  /** The C function's parameters that no program sees; null: only BTF was read. */
  readonly hidden: readonly string[] | null
  /** `X_impl`: a kfunc, a twin in BTF only, not there, or not known. */
  readonly impl: 'real' | 'generated' | 'absent' | 'unknown'
  /** What a program meets that was built for another form; no refusals: it loads as before. */
  readonly meets: readonly { readonly form: CallForm; readonly refusals: readonly Refusal[] | null }[]
}

/** A kfunc with implicit arguments in some release. */
export interface ImplicitStory {
  readonly name: string
  readonly implName: string
  readonly forms: readonly CallForm[]
  /** One for each release since the first that has it, oldest first. */
  readonly rows: readonly ImplicitRow[]
}

const IMPL = '_impl'

/** The story of `name`, with or without `_impl`; null when no release has an implicit argument for it. */
export function implicitStory(name: string, releases: readonly Release[]): ImplicitStory | null {
  const publicName = name.endsWith(IMPL) ? name.slice(0, -IMPL.length) : name
  const implName = publicName + IMPL
  const all = releases.flatMap(({ kfuncs }) =>
    kfuncs.filter((kfunc) => kfunc.name === publicName || kfunc.name === implName),
  )
  if (!all.some(hasImplicit)) return null
  const wanted = releases.map((release) => wantedIn(release, publicName, implName))
  const forms = formsOf(wanted, releases)
  const first = Math.max(wanted.findIndex(Boolean), 0)
  const rows = releases.slice(first).map((release, i): ImplicitRow => {
    const kfunc = wanted[first + i] ?? null
    const calls = forms.find((form) => kfunc && form.name === kfunc.name && isSameText(form, kfunc)) ?? null
    return {
      release: release.release.id,
      calls,
      passes: (kfunc?.prototype?.parameters ?? []).flatMap(({ name: parameter, fixed }) =>
        fixed === null ? [] : [{ parameter, value: fixed }],
      ),
      hidden: hiddenOf(kfunc),
      impl: implIn(release, implName),
      meets: forms
        .filter((form) => form !== calls)
        .map((form) => ({ form, refusals: refusalsOf(form, release) })),
    }
  })
  return { name: publicName, implName, forms, rows }
}

function hasImplicit({ flags, prototype, kernelPrototype }: Kfunc): boolean {
  const parameters = [...(prototype?.parameters ?? []), ...(kernelPrototype?.parameters ?? [])]
  return flags.includes('KF_IMPLICIT_ARGS') || parameters.some(({ implicit }) => implicit)
}

/** The kfunc that a program is to call: the plain name where there is one. */
function wantedIn(release: Release, publicName: string, implName: string): Kfunc | null {
  return sightingIn(release, publicName).kfunc ?? sightingIn(release, implName).kfunc
}

function formsOf(wanted: readonly (Kfunc | null)[], releases: readonly Release[]): CallForm[] {
  const forms: CallForm[] = []
  for (const [i, kfunc] of wanted.entries()) {
    const id = releases[i]?.release.id
    if (!kfunc?.prototype || id === undefined) continue
    const at = forms.findIndex((form) => form.name === kfunc.name && isSameText(form, kfunc))
    const known = forms[at]
    if (known) forms[at] = { ...known, releases: [...known.releases, id] }
    else forms.push({ name: kfunc.name, prototype: kfunc.prototype, releases: [id] })
  }
  return forms
}

/** Whether a call reads the same: names of parameters do not count, their number and types do. */
function isSameText({ prototype: form }: CallForm, { prototype }: Kfunc): boolean {
  return prototype !== null && fits(form, prototype) && form.parameters.length === prototype.parameters.length
}

function hiddenOf(kfunc: Kfunc | null): string[] | null {
  if (!kfunc?.kernelPrototype || !kfunc.prototype) return null
  const seen = kfunc.prototype.parameters.length
  return kfunc.kernelPrototype.parameters.slice(seen).map(({ name }) => name)
}

function implIn(release: Release, implName: string): ImplicitRow['impl'] {
  const { presence } = sightingIn(release, implName)
  if (presence === 'there') return 'real'
  const isTwin = release.kfuncs.some(({ name, kind }) => name === implName && kind === 'generated')
  if (isTwin) return 'generated'
  const { kfunc } = sightingIn(release, implName.slice(0, -IMPL.length))
  const isInNoImage = kfunc?.object === null && kfunc.flags.includes('KF_IMPLICIT_ARGS')
  return isInNoImage ? 'unknown' : presence
}

/** What a program built for a form meets on a release, first to last; null: not known. */
function refusalsOf({ name, prototype }: CallForm, release: Release): Refusal[] | null {
  const target = release.kfuncs.find((kfunc) => kfunc.name === name)
  if (!target) return sightingIn(release, name).presence === 'unknown' ? null : [notFound(name)]
  const isTwin = target.kind === 'generated'
  const isRefused = target.prototype !== null && !fits(prototype, target.prototype)
  return [...(isRefused ? [incompatible(name, target.object)] : []), ...(isTwin ? [noAddress(name)] : [])]
}

const unresolved = (name: string): string => `kfunc '${name}' is referenced but wasn't resolved`

const notFound = (name: string): Refusal => ({
  by: 'libbpf',
  says: `extern (func ksym) '${name}': not found in kernel or module BTFs`,
  saysIfWeak: unresolved(name),
  message: "extern (func ksym) '%s': not found in kernel or module BTFs\\n",
})

const incompatible = (name: string, object: string | null): Refusal => ({
  by: 'libbpf',
  says: `extern (func ksym) '${name}': func_proto […] incompatible with ${object ?? 'vmlinux'} […]`,
  saysIfWeak: unresolved(name),
  message: "extern (func ksym) '%s': func_proto [%d] incompatible with %s [%d]\\n",
})

const noAddress = (name: string): Refusal => ({
  by: 'verifier',
  says: `cannot find address for kernel function ${name}`,
  saysIfWeak: null,
  message: 'cannot find address for kernel function %s\\n',
})

/**
 * Whether libbpf takes a program's declaration for the kernel's function, as far as prototypes in C tell:
 * the number of parameters is the same, and none is a pointer to void in one and to a struct in the other
 * (__bpf_core_types_are_compat() in tools/lib/bpf/relo_core.c).
 */
function fits(declared: Prototype, kernel: Prototype): boolean {
  const types = ({ parameters, returns }: Prototype): string[] => [
    returns,
    ...parameters.map(({ type }) => type),
  ]
  const wanted = types(kernel)
  const given = types(declared)
  return given.length === wanted.length && given.every((type, i) => mayBeSame(type, wanted[i] ?? type))
}

function mayBeSame(a: string, b: string): boolean {
  const [left, right] = [shapeOf(a), shapeOf(b)]
  if (left.base === 'other' || right.base === 'other') return left.base !== 'void' && right.base !== 'void'
  return left.base === right.base && left.pointers === right.pointers
}

/** How many pointers to what: a typedef may stand for anything but void. */
function shapeOf(type: string): { base: 'void' | 'struct' | 'other'; pointers: number } {
  const pointers = type.split('*').length - 1
  if (type.includes('(')) return { base: 'other', pointers }
  const [word] = type
    .replace(/\b(?:const|volatile)\b/g, '')
    .trim()
    .split(/[\s*]+/)
  return { base: word === 'void' || word === 'struct' ? word : 'other', pointers }
}
