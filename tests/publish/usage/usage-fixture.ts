/** Kfuncs with prototypes of any kind, for what is said of them. */
import type { Kfunc, Parameter, Prototype } from '#lib/model/published.ts'
import { kfunc } from '../history/history-fixture.ts'

const SUFFIX =
  /__(?:sz|szk|k|ign|alloc|uninit|refcounted_kptr|opt|map|const_map|nullable|str|iter|irq_flag|prog|nonown_allowed|arena|arena__nullable)$/

/** A parameter: "struct task_struct *p", "bool (*less)(int a)". What the verifier gives is said in `given`. */
export function parameter(text: string, given: Partial<Parameter> = {}): Parameter {
  const callback = /^(.*\(\*)(\w+)(\).*)$/.exec(text)
  const [, before = '', name = '', after = ''] = callback ?? /^(.*?)(\w+)()$/.exec(text) ?? []
  const suffix = /__arena__nullable$/.exec(name)?.[0] ?? SUFFIX.exec(name)?.[0] ?? null
  return { name, type: (before + after).trim(), suffix, implicit: false, fixed: null, doc: null, ...given }
}

/** A prototype: what it returns, and its parameters as text or made by `parameter`. */
export function prototype(
  name: string,
  returns: string,
  parameters: readonly (string | Parameter)[],
  typedefs: readonly string[] = [],
): Prototype {
  const made = parameters.map((one) => (typeof one === 'string' ? parameter(one) : one))
  const texts = parameters.map((one) => (typeof one === 'string' ? one : `${one.type} ${one.name}`))
  const inner = texts.length > 0 ? texts.join(', ') : 'void'
  const text = `${returns}${returns.endsWith('*') ? '' : ' '}${name}(${inner})`
  return { text, returns, parameters: made, typedefs: [...typedefs], from: 'btf' }
}

/** A kfunc that returns and takes this; flags without "KF_", in one text. */
export function made(
  name: string,
  returns: string,
  parameters: readonly (string | Parameter)[] = [],
  flags = '',
  given: Partial<Kfunc> = {},
): Kfunc {
  return {
    ...kfunc(name, { prototype: prototype(name, returns, parameters) }),
    flags: flags === '' ? [] : flags.split(' ').map((flag) => `KF_${flag}`),
    registrations: null,
    programTypes: null,
    contextArguments: [],
    gating: null,
    ...given,
  }
}
