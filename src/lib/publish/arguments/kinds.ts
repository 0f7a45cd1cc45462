/** What the verifier takes an argument for: the order of its own questions, asked of names and types. */
import type { Kfunc, Parameter } from '#lib/model/published.ts'

export type ArgumentKind =
  /** Given by the verifier, left out by the program. */
  | 'given'
  /** Overwritten by the verifier; the program passes `fixed`. */
  | 'place-holder'
  | 'context'
  | 'kernel-context'
  | 'kptr-slot'
  | 'owned'
  | 'refcounted'
  | 'dynptr'
  | 'new-dynptr'
  | 'new-iterator'
  | 'iterator'
  | 'list-head'
  | 'list-node'
  | 'any-list-node'
  | 'tree-root'
  | 'tree-node'
  | 'string'
  | 'constant-map'
  | 'map'
  | 'in-map-value'
  | 'lock'
  | 'irq-flag'
  | 'callback'
  | 'arena'
  | 'arena-or-null'
  | 'unchecked-arena'
  | 'unchecked'
  | 'buffer'
  | 'size'
  | 'constant-size'
  | 'constant'
  | 'returned-size'
  | 'released'
  | 'object'
  | 'variable'
  | 'new-variable'
  | 'number'

/** One argument of a kfunc, and what the verifier takes it for. */
export interface Argument {
  readonly parameter: Parameter
  readonly kind: ArgumentKind
  /** The parameter before it, which it gives the size of; after a buffer, the one that gives its size. */
  readonly partner: Parameter | null
  /** May NULL be passed? */
  readonly nullable: boolean
}

const BY_SUFFIX: Readonly<Record<string, ArgumentKind>> = {
  __alloc: 'owned',
  __refcounted_kptr: 'refcounted',
  __iter: 'iterator',
  __str: 'string',
  __const_map: 'constant-map',
  __map: 'map',
  __irq_flag: 'irq-flag',
  __arena: 'arena',
  __arena__nullable: 'arena-or-null',
  __nonown_allowed: 'any-list-node',
  __szk: 'constant-size',
  __sz: 'size',
  __k: 'constant',
}

const BY_STRUCT: Readonly<Record<string, ArgumentKind>> = {
  bpf_dynptr: 'dynptr',
  bpf_dynptr_kern: 'dynptr',
  bpf_list_head: 'list-head',
  bpf_list_node: 'list-node',
  bpf_rb_root: 'tree-root',
  bpf_rb_node: 'tree-node',
  bpf_wq: 'in-map-value',
  bpf_timer: 'in-map-value',
  bpf_task_work: 'in-map-value',
  bpf_res_spin_lock: 'lock',
}

const SIZES: readonly ArgumentKind[] = ['size', 'constant-size']
const NULLABLE: readonly string[] = ['__nullable', '__opt', '__arena__nullable']

/** The name of the struct or union that a type points to; null: it is no such pointer. */
export function structOf(type: string): string | null {
  return /^(?:const )?(?:struct|union) (\w+) \*$/.exec(type)?.[1] ?? null
}

/** The arguments of a kfunc as a program passes them; what it leaves out is not among them. */
export function argumentsOf(kfunc: Kfunc): Argument[] {
  const parameters = kfunc.prototype?.parameters ?? []
  const kinds = parameters.map((_, index) => kindOf(kfunc, parameters, index))
  return parameters.map((parameter, index) => {
    const kind = kinds[index] ?? 'number'
    const partner = SIZES.includes(kind) ? parameters[index - 1] : undefined
    const size = kind === 'buffer' ? parameters[index + 1] : undefined
    return {
      parameter,
      kind,
      partner: partner ?? size ?? null,
      nullable: NULLABLE.includes(parameter.suffix ?? ''),
    }
  })
}

/** What the verifier takes one parameter for, by the order in which get_kfunc_arg_type() asks. */
function kindOf(kfunc: Kfunc, parameters: readonly Parameter[], index: number): ArgumentKind {
  const parameter = parameters[index]
  if (!parameter) return 'number'
  const { type, suffix } = parameter
  if (parameter.implicit) return parameter.fixed === null ? 'given' : 'place-holder'
  if (suffix === '__ign') return isArena(kfunc, index) ? 'unchecked-arena' : 'unchecked'
  const context = contextKind(kfunc, parameter)
  if (context) return context
  if (kfunc.flags.includes('KF_KPTR_GET') && index === 0) return 'kptr-slot'
  const bySuffix = BY_SUFFIX[suffix ?? '']
  if (bySuffix) return bySuffix
  if (type.includes('(') || type.endsWith('_callback_t')) return 'callback'
  if (!type.endsWith('*')) return /^rd(?:only|wr)_buf_size$/.test(parameter.name) ? 'returned-size' : 'number'
  const struct = structOf(type)
  const byStruct = BY_STRUCT[struct ?? '']
  if (byStruct === 'dynptr' && suffix === '__uninit') return 'new-dynptr'
  if (byStruct) return byStruct
  const role = kfunc.flags.find((flag) => flag.startsWith('KF_ITER_'))
  if (role && index === 0) return role === 'KF_ITER_NEW' ? 'new-iterator' : 'iterator'
  const isSized = /^__szk?$/.test(parameters[index + 1]?.suffix ?? '')
  if (isSized) return 'buffer'
  // the verifier refuses a bare `void *` unless it asks for the context
  if (/^(?:const )?void \*$/.test(type)) return 'context'
  if (struct === null) return suffix === '__uninit' ? 'new-variable' : 'variable'
  return kfunc.flags.includes('KF_RELEASE') && index === 0 ? 'released' : 'object'
}

/** The context structs of programs that kfuncs take, for releases of which no source was read. */
const CONTEXTS: readonly string[] = ['__sk_buff', 'xdp_md']

/** Is it the context of a program, or the kernel's form of it? null: neither. */
function contextKind({ contextArguments }: Kfunc, { name, type }: Parameter): ArgumentKind | null {
  if (contextArguments) {
    const by = contextArguments.find(({ parameter }) => parameter === name)?.by
    return by === undefined ? null : by === 'cast' ? 'kernel-context' : 'context'
  }
  const struct = structOf(type) ?? ''
  if (CONTEXTS.includes(struct)) return 'context'
  return /^bpf_sock_\w+_kern$/.test(struct) ? 'kernel-context' : null
}

/** Is it an arena pointer? The flags count arguments from 1; the return value has a flag of its own. */
export function isArena({ flags }: Pick<Kfunc, 'flags'>, index: number): boolean {
  return flags.includes(`KF_ARENA_ARG${index + 1}`)
}
