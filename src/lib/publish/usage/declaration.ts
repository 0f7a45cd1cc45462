/** The C by which a BPF program declares a kfunc, and the header of a whole release. */
import { typedefName } from '#lib/kfunc/prototypes.ts'
import { memoisePerObject } from '#lib/model/memoise.ts'
import { byteOrder } from '#lib/model/order.ts'
import type { Kfunc, Prototype, Release } from '#lib/model/published.ts'
import { isArena } from '#lib/publish/arguments/kinds.ts'
import { splitAtCommas } from '#lib/text/commas.ts'

/** What a program pastes to call a kfunc; every text is whole lines of C without a newline at the end. */
export interface KfuncDeclaration {
  /** Callback typedefs, which must stand before; most vmlinux.h have them too, which does no harm. */
  readonly typedefs: readonly string[]
  /** Macros that the declaration uses, each in its guard. */
  readonly macros: readonly string[]
  /** Loading fails in a kernel that has not got the kfunc. */
  readonly strong: string
  /** The address is NULL there: ask bpf_ksym_exists() before the call. */
  readonly weak: string
  /** Sentences on what else its types need. */
  readonly notes: readonly string[]
}

/** Attributes that older compilers do not know, spelt as the headers of libbpf and of the kernel's selftests spell them. */
const MACROS: readonly { readonly name: string; readonly lines: readonly string[] }[] = [
  {
    name: '__arena',
    lines: [
      '#ifndef __arena',
      '#ifdef __BPF_FEATURE_ADDR_SPACE_CAST',
      '#define __arena __attribute__((address_space(1)))',
      '#else',
      '#define __arena',
      '#endif',
      '#endif',
    ],
  },
  {
    name: '__bpf_fastcall',
    lines: [
      '#ifndef __bpf_fastcall',
      '#if __has_attribute(bpf_fastcall)',
      '#define __bpf_fastcall __attribute__((bpf_fastcall))',
      '#else',
      '#define __bpf_fastcall',
      '#endif',
      '#endif',
    ],
  },
]

/** The declaration of a kfunc in a release; null: its prototype is not known. */
export function declarationOf(kfunc: Kfunc, release: Release): KfuncDeclaration | null {
  if (!kfunc.prototype) return null
  const text = declaredText(kfunc.name, kfunc.prototype, kfunc.flags)
  return {
    typedefs: kfunc.prototype.typedefs.map((typedef) => `${typedef};`),
    macros: macrosIn(text),
    strong: `extern ${text} __ksym;`,
    weak: `extern ${text} __weak __ksym;`,
    notes: [...flavourNotes(kfunc.name), ...moduleNotes(kfunc, release)],
  }
}

/** The definitions of the macros that declarations use, each in its guard. */
export function macrosIn(text: string): string[] {
  return MACROS.filter(({ name }) => text.includes(`${name} `)).map(({ lines }) => lines.join('\n'))
}

/** The prototype with attributes and the address space of what points into an arena. Names keep their suffixes, which do no harm. */
export function declaredText(name: string, prototype: Prototype, flags: readonly string[]): string {
  const { text } = prototype
  const open = text.indexOf(`${name}(`) + name.length
  const head = flags.includes('KF_ARENA_RET') ? inArena(text.slice(0, open)) : text.slice(0, open)
  const inner = text.slice(open + 1, text.lastIndexOf(')'))
  const parameters = splitAtCommas(inner).map((parameter, index) => {
    const suffix = prototype.parameters[index]?.suffix ?? ''
    return suffix.startsWith('__arena') || isArena({ flags: [...flags] }, index)
      ? inArena(parameter)
      : parameter
  })
  const attribute = flags.includes('KF_FASTCALL') ? '__bpf_fastcall ' : ''
  return `${attribute}${head.slice(0, -name.length)}${declaredName(name)}(${parameters.join(', ')})`
}

/** Does libbpf take the end of a kfunc's own name for a flavour, and look for what stands before? */
const hasOwnFlavour = (name: string): boolean => /\w___[^_]/.test(name)

/** The name to declare a kfunc by: libbpf cuts one flavour off, so a name that looks as if it had one gets another. */
export const declaredName = (name: string): string => (hasOwnFlavour(name) ? `${name}___kfunc` : name)

function flavourNotes(name: string): string[] {
  if (!hasOwnFlavour(name)) return []
  return [
    `libbpf cuts the last \`___…\` off a name before it looks for it (tools/lib/bpf/libbpf.c, bpf_core_essential_name_len()), and this kfunc's own name has one: declare and call it as \`${declaredName(name)}\`.`,
  ]
}

/** "void *x" → "void __arena *x", at the last `*`: the pointer itself lies where it lies. */
function inArena(text: string): string {
  const at = text.lastIndexOf('*')
  return at < 0 ? text : `${text.slice(0, at)}__arena ${text.slice(at)}`
}

/** Structs that are named in the kfuncs of one module only may be missing from a vmlinux.h of the kernel alone. */
function moduleNotes({ object, prototype }: Kfunc, release: Release): string[] {
  if (!prototype || object === null || object === 'vmlinux') return []
  const objects = objectsNaming(release)
  const own = tagsOf(prototype).filter((tag) => objects.get(tag)?.size === 1)
  const [first] = own
  if (!first) return []
  const named = own.map((tag) => `\`${tag}\``).join(', ')
  return [
    `The kfunc is part of the module ${object}. Types that only the BTF of that module has are missing from a vmlinux.h made of the kernel alone: ${named} may be such. Define each of these with the fields that you use, under its name or with a flavour (\`${first}___local\`), and name it so in the declaration. To declare it only is not enough: libbpf compares kinds of types, and then takes a weak kfunc for missing (tools/lib/bpf/relo_core.c, __bpf_core_types_are_compat()).`,
  ]
}

/** By release: for each struct, union or enum that a prototype names, the objects of the kfuncs that name it. */
const objectsNaming = memoisePerObject(
  (release: Release): ReadonlyMap<string, ReadonlySet<string | null>> => {
    const objects = new Map<string, Set<string | null>>()
    for (const { object, prototype } of release.kfuncs)
      for (const tag of tagsOf(prototype)) objects.set(tag, (objects.get(tag) ?? new Set()).add(object))
    return objects
  },
)

/** The structs, unions and enums that a prototype names: "struct nf_conn". */
function tagsOf(prototype: Prototype | null): string[] {
  return tagsIn([prototype?.text ?? '', ...(prototype?.typedefs ?? [])].join(' '))
}

/** The structs, unions and enums that a text of C names, each once. */
export function tagsIn(text: string): string[] {
  return [...new Set(text.match(/\b(?:struct|union|enum) \w+/g))]
}

/**
 * A C header of all kfuncs of a release that programs may declare, by name; test-only ones and those that exist in BTF
 * only are left out. All are weak. It is to be included after vmlinux.h and bpf/bpf_helpers.h, and ends in a newline.
 */
export function releaseHeader(release: Release): string {
  const { id, version } = release.release
  const kfuncs = release.kfuncs
    .filter(({ kind, prototype }) => kind === 'callable' && prototype !== null)
    .sort((a, b) => byteOrder(a.name, b.name))
  const declarations = kfuncs.flatMap((kfunc) => declarationOf(kfunc, release) ?? [])
  const tags = new Set(kfuncs.flatMap(({ prototype }) => tagsOf(prototype)))
  const typedefs = new Map(
    kfuncs
      .flatMap(({ prototype }) => prototype?.typedefs ?? [])
      .map((text) => [typedefName(text), `${text};`]),
  )
  const guard = `__KFUNCS_${id.replace('.', '_')}_H__`
  const macros = new Set(declarations.flatMap((one) => one.macros))
  return `${[
    `/* The kfuncs of Linux ${version}. Include it after vmlinux.h and <bpf/bpf_helpers.h>. */`,
    `#ifndef ${guard}`,
    `#define ${guard}`,
    '',
    ...[...macros].flatMap((macro) => [macro, '']),
    '/* A type that vmlinux.h does not define has to be defined before a call: libbpf does not match one that is only declared. */',
    ...[...tags].sort(byteOrder).map((tag) => `${tag};`),
    '',
    ...[...typedefs.values()].sort(byteOrder),
    ...(typedefs.size > 0 ? [''] : []),
    ...declarations.map(({ weak }) => weak),
    '',
    `#endif`,
  ].join('\n')}\n`
}
