/**
 * What the verifier asks of each kind of argument, and the place in the kernel that each rule rests on. A rule holds in the
 * releases that have its place, and says nothing of others: extraction looks it up in each.
 */
import type { ArgumentKind } from '#lib/publish/arguments/kinds.ts'
import { inBtf, inVerifier, type RuleBasis } from '#lib/publish/rules/basis.ts'

/** A pointer to a kernel object is trusted or it is not; before, KF_TRUSTED_ARGS asked for a reference. */
export const HAS_TRUST: RuleBasis = inVerifier('check_kfunc_args~is_trusted_reg(')

/** Kfuncs that take the context of any program whose kernel form is a struct; their place lists them. */
export const CASTS_ANY: RuleBasis = inVerifier('check_kfunc_args~get_kern_ctx_btf_id(')

/**
 * Structs that hold pointers, as their definitions show, so that memory of a program can never stand for them. What
 * is not listed is described with that reservation; so the list may lag behind the kernel.
 */
export const STRUCTS_WITH_POINTERS: ReadonlySet<string> = new Set([
  'Qdisc',
  'bpf_map',
  'bpf_sk_buff_ptr',
  'cgroup',
  'dentry',
  'io_ring_ctx',
  'linux_binprm',
  'netlink_ext_ack',
  'path',
  'sock',
  'sock_common',
  'socket',
  'tcp_sock',
])

/** What the verifier takes an argument of a kind for. */
export interface ArgumentRule {
  /** What to pass: a noun phrase, in which a name in braces stands for what words.ts puts there. */
  readonly words: string
  /** Is it worth a sentence of its own beside the list of parameters? */
  readonly said: boolean
  readonly by: RuleBasis
}

const KERNEL_OBJECT: ArgumentRule = {
  words: '{object}',
  said: true,
  by: [
    ...inVerifier('process_kf_arg_ptr_to_btf_id'),
    ...inBtf('btf_check_func_arg_match~btf_struct_ids_match('),
  ],
}

/** The words on each kind of argument. */
export const ARGUMENT_RULES: Readonly<Record<ArgumentKind, ArgumentRule>> = {
  given: { words: 'given by the verifier', said: false, by: inVerifier('is_kfunc_arg_implicit') },
  'place-holder': {
    words: 'the place holder `{fixed}`: the verifier puts its own value there',
    said: true,
    by: inVerifier('bpf_fixup_kfunc_call~kptr_struct_meta', 'fixup_kfunc_call~kptr_struct_meta'),
  },
  context: {
    words: 'the context of the program{elsewhere}',
    said: true,
    by: inBtf('btf_is_prog_ctx_type', 'btf_get_prog_ctx_type'),
  },
  'kernel-context': {
    words: "the kernel's own form (`{struct}`) of the program's context",
    said: true,
    by: KERNEL_OBJECT.by,
  },
  'kptr-slot': {
    words: 'the place in a map value that holds a kptr',
    said: true,
    by: [...inVerifier('process_kf_arg_ptr_to_kptr'), ...inBtf('btf_check_func_arg_match~kptr_get')],
  },
  owned: {
    words: 'an object{kept} that the program allocated and owns',
    said: true,
    by: inVerifier('is_kfunc_arg_alloc_obj'),
  },
  refcounted: {
    words: 'an object that the program allocated and whose struct holds a `struct bpf_refcount`',
    said: true,
    by: inVerifier('is_kfunc_arg_refcounted_kptr'),
  },
  dynptr: {
    words: 'an initialised dynptr',
    said: true,
    by: [
      ...inVerifier('check_kfunc_args~KF_ARG_PTR_TO_DYNPTR'),
      ...inBtf('btf_check_func_arg_match~arg_dynptr'),
    ],
  },
  'new-dynptr': {
    words: 'a dynptr on the stack that is not initialised yet; the call makes it one',
    said: true,
    by: inVerifier('check_kfunc_args~is_kfunc_arg_uninit('),
  },
  'new-iterator': {
    words: 'a `{struct}` on the stack that is not initialised yet',
    said: false,
    by: inVerifier('process_iter_arg'),
  },
  iterator: {
    words: 'a `{struct}` on the stack that was initialised before',
    said: false,
    by: inVerifier('process_iter_arg'),
  },
  'list-head': {
    words:
      'a `struct bpf_list_head` in a map value or in an object that the program allocated; the lock beside it must be held',
    said: true,
    by: inVerifier('check_reg_allocation_locked'),
  },
  'list-node': {
    words: 'the `struct bpf_list_node` of an object that the program allocated and owns',
    said: true,
    by: inVerifier('process_kf_arg_ptr_to_list_node'),
  },
  'any-list-node': {
    words:
      'the `struct bpf_list_node` of an object that the program allocated, whether it still owns it or not',
    said: true,
    by: inVerifier('is_kfunc_arg_nonown_allowed'),
  },
  'tree-root': {
    words:
      'a `struct bpf_rb_root` in a map value or in an object that the program allocated; the lock beside it must be held',
    said: true,
    by: inVerifier('check_kfunc_args~KF_ARG_PTR_TO_RB_ROOT'),
  },
  'tree-node': {
    words: 'the `struct bpf_rb_node` of an object that the program allocated',
    said: true,
    by: inVerifier('is_kfunc_arg_rbtree_node'),
  },
  string: {
    words: 'a constant string that ends in NUL, in read-only memory of the program',
    said: true,
    by: inVerifier('check_kfunc_args~KF_ARG_PTR_TO_CONST_STR'),
  },
  'constant-map': {
    words: 'a map of the program, or one that it looked up in a map of maps',
    said: true,
    by: inVerifier('is_kfunc_arg_const_map'),
  },
  map: { words: 'a map', said: true, by: inVerifier('is_kfunc_arg_map') },
  'in-map-value': {
    words: 'a `{struct}` in a map value',
    said: true,
    by: inVerifier('check_map_field_pointer', 'process_wq_func'),
  },
  lock: {
    words: 'a `struct bpf_res_spin_lock` in a map value or in an object that the program allocated',
    said: true,
    by: inVerifier('check_kfunc_args~KF_ARG_PTR_TO_RES_SPIN_LOCK'),
  },
  'irq-flag': {
    words:
      'a variable of 8 bytes on the stack that keeps the state of interrupts between saving and restoring',
    said: true,
    by: inVerifier('process_irq_flag'),
  },
  callback: {
    words: 'a function of the program that takes `({of})`',
    said: true,
    by: inVerifier('is_kfunc_arg_callback'),
  },
  arena: { words: "a pointer into the program's arena", said: true, by: inVerifier('is_kfunc_arg_arena') },
  'arena-or-null': {
    words: "a pointer into the program's arena",
    said: true,
    by: inVerifier('is_kfunc_arg_arena'),
  },
  'unchecked-arena': {
    words: "an address in the program's arena, which the verifier does not check",
    said: true,
    by: inVerifier('is_kfunc_arg_ignore'),
  },
  unchecked: {
    words: 'an address, which the verifier does not check',
    said: true,
    by: inVerifier('is_kfunc_arg_ignore'),
  },
  buffer: {
    words:
      'memory that the verifier knows and that may be read and written (on the stack, in a map value), at least `{size}` bytes of it',
    said: false,
    by: [
      ...inVerifier('check_kfunc_args~check_mem_size_reg(', 'check_kfunc_args~check_kfunc_mem_size_reg('),
      ...inBtf('btf_check_func_arg_match~arg_mem_size'),
    ],
  },
  size: {
    words: 'the size in bytes of what `{buffer}` points to',
    said: true,
    by: [...inVerifier('is_kfunc_arg_mem_size'), ...inBtf('is_kfunc_arg_mem_size')],
  },
  'constant-size': {
    words:
      'the size in bytes of what `{buffer}` points to, as a constant that is known when the program is loaded',
    said: true,
    by: inVerifier('is_kfunc_arg_const_mem_size'),
  },
  constant: {
    words: 'a constant that is known when the program is loaded',
    said: true,
    by: inVerifier('is_kfunc_arg_constant'),
  },
  'returned-size': {
    words:
      'the size in bytes of the memory that the call gives back, as a constant that is known when the program is loaded',
    said: true,
    by: [
      ...inVerifier('is_kfunc_arg_scalar_with_name'),
      ...inBtf('btf_check_func_arg_match~"rdonly_buf_size"'),
    ],
  },
  released: {
    words: 'the reference to a `{struct}` that is to be released',
    said: false,
    by: [
      ...inVerifier('is_kfunc_release'),
      ...inBtf('btf_check_func_arg_match~KF_RELEASE', 'btf_check_func_arg_match~BTF_KFUNC_TYPE_RELEASE'),
    ],
  },
  object: KERNEL_OBJECT,
  variable: {
    words:
      'one `{pointed}` in memory that the verifier knows (on the stack, in a map value) and that may be written',
    said: false,
    by: [
      ...inVerifier('check_kfunc_args~check_mem_reg('),
      ...inBtf('btf_check_func_arg_match~check_mem_reg('),
    ],
  },
  'new-variable': {
    words: 'one `{pointed}` in memory of the program that may be written; it need not be initialised',
    said: false,
    by: inVerifier('bpf_kfunc_stack_access_bytes~is_kfunc_arg_uninit('),
  },
  number: { words: '{number}', said: false, by: [] },
}
