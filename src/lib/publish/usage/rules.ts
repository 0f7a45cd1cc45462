/**
 * The rules by which the usage of a kfunc that nobody described is told: what each flag, section and iterator means to a
 * caller, and the place in the kernel that each rests on. Arguments have theirs in arguments/rules.ts.
 *
 * A rule holds in the releases that have its place, and says nothing of others: extraction looks it up in each.
 */
import { inBtf, inVerifier, type RuleBasis } from '#lib/publish/rules/basis.ts'

/** What a caller must know besides its arguments. */
export type CallRuleName =
  | 'passes'
  | 'program-types'
  | 'acquires'
  | 'acquires-node'
  | 'may-be-null'
  | 'lock-result'
  | 'borrowed-node'
  | 'arena-result'
  | 'releases'
  | 'ends-dynptr'
  | 'lock-maps'
  | 'queue-maps'
  | 'operations'
  | 'opens'
  | 'closes'
  | 'iterator-new'
  | 'iterator-next'
  | 'iterated-rcu'
  | 'iterator-destroy'
  | 'rcu-protected'
  | 'sleepable'
  | 'may-be-null-argument'
  | 'left-out'
  | 'callback-compares'
  | 'callback-later'
  | 'destructive'
  | 'perfmon'
  | 'fastcall'
  | 'under-spin-lock'
  | 'device-bound'
  | 'module'
  | 'config'

/** A sentence of `say`, where names in braces are filled in, and what it rests on. */
export interface CallRule {
  readonly say: string
  readonly by: RuleBasis
}

/** Kfuncs of sched_ext that ask, when they are called, which operation of the scheduler calls; their places list them. */
export const ASKS_OPERATION = 'kernel/sched/ext.c#scx_kf_allowed'

/** What opens a section, and what closes it: the verifier knows the kfuncs by name and keeps count. */
export const SECTIONS: readonly { readonly opens: RuleBasis; readonly closes: RuleBasis }[] = [
  {
    opens: inVerifier('is_kfunc_bpf_rcu_read_lock'),
    closes: inVerifier('is_kfunc_bpf_rcu_read_unlock'),
  },
  {
    opens: inVerifier('is_kfunc_bpf_preempt_disable'),
    closes: inVerifier('is_kfunc_bpf_preempt_enable'),
  },
  {
    opens: inVerifier('process_irq_flag~irq_save = true'),
    closes: inVerifier('process_irq_flag~irq_save = false'),
  },
  {
    opens: inVerifier('check_kfunc_args~flags |= PROCESS_SPIN_LOCK'),
    closes: inVerifier('is_bpf_res_spin_lock_kfunc'),
  },
]

/** What the verifier asks of callers of kfuncs that it knows by name, beside the rules for all. */
export const NAMED_RULES: readonly CallRule[] = [
  {
    say: 'Of these, only LSM programs, iterators (`BPF_TRACE_ITER`) and sleepable programs may begin it.',
    by: inVerifier('check_kfunc_args~check_css_task_iter_allowlist('),
  },
  {
    say: 'Of these, only programs that may write to packets may call it.',
    by: inVerifier(
      'check_special_kfunc~may_access_direct_pkt_data(',
      'check_kfunc_call~may_access_direct_pkt_data(',
    ),
  },
  {
    say: 'The JIT of the machine must support exceptions.',
    by: inVerifier('check_kfunc_call~bpf_jit_supports_exceptions('),
  },
]

/** Where a kfunc that may sleep may not be called, though the program may sleep: behind "under", "with". */
export const NO_SLEEP = {
  rcu: inVerifier(
    'non_sleepable_context_description~"rcu_read_lock region"',
    'check_kfunc_call~"kernel func %s is sleepable within rcu_read_lock region\\n"',
  ),
  lock: inVerifier(
    'do_check_insn~"function calls are not allowed while holding a lock\\n"',
    'do_check~"function calls are not allowed while holding a lock\\n"',
  ),
  preemption: inVerifier(
    'non_sleepable_context_description~"non-preemptible region"',
    'check_kfunc_call~"kernel func %s is sleepable within non-preemptible region\\n"',
  ),
  interrupts: inVerifier(
    'non_sleepable_context_description~"IRQ-disabled region"',
    'check_kfunc_call~"kernel func %s is sleepable within IRQ-disabled region\\n"',
  ),
} as const satisfies Readonly<Record<string, RuleBasis>>

/** Structs whose callbacks may sleep, whatever the program that started them. */
export const SLEEPING_CALLBACKS: readonly { readonly struct: string; readonly by: RuleBasis }[] = [
  {
    struct: 'bpf_wq',
    by: inVerifier(
      'is_async_cb_sleepable~is_bpf_wq_set_callback_kfunc(',
      'is_async_cb_sleepable~is_bpf_wq_set_callback_impl_kfunc(',
      'push_callback_call~is_bpf_wq_set_callback_impl_kfunc(insn->imm))',
    ),
  },
  { struct: 'bpf_task_work', by: inVerifier('is_async_cb_sleepable~is_task_work_add_kfunc(') },
]

/** What counts as an RCU read section, beside one that is opened, and a lock. */
export const ATOMIC_IS_RCU: RuleBasis = inVerifier('in_rcu_cs~active_preempt_locks')

const ACQUIRES = inVerifier(
  'check_kfunc_call~is_kfunc_acquire(',
  'check_kfunc_call~KF_ACQUIRE',
  'check_kfunc_call~BTF_KFUNC_TYPE_ACQUIRE',
)

/** The sentences about the call as a whole. One without a basis says what its own line or prototype shows. */
export const CALL_RULES: Readonly<Record<CallRuleName, CallRule>> = {
  passes: { say: 'Takes {takes} and returns {returns}.', by: [] },
  'program-types': {
    say: '{who} may call it{conditions}{context}.',
    by: [
      ...inBtf('btf_kfunc_is_allowed', 'btf_kfunc_id_set_contains'),
      ...inVerifier('check_kfunc_call~env->ops->check_kfunc_call('),
    ],
  },
  acquires: {
    say: 'What it returns is a reference: the program must release it, or hand it on, on every path{how}.',
    by: ACQUIRES,
  },
  'acquires-node': {
    say: 'What it returns belongs to an object that the program owns from then on: it must be released, or added again, on every path{how}.',
    by: ACQUIRES,
  },
  'may-be-null': {
    say: 'It may return NULL: the program must compare the result with NULL before it uses it{unless}.',
    by: inVerifier(
      'is_kfunc_ret_null',
      'check_kfunc_call~KF_RET_NULL',
      'check_kfunc_call~BTF_KFUNC_TYPE_RET_NULL',
    ),
  },
  'lock-result': {
    say: 'It can fail: the lock is held only where the program has seen that the result is 0.',
    by: inVerifier('check_kfunc_call~special_kfunc_list[KF_bpf_res_spin_lock]'),
  },
  'borrowed-node': {
    say: 'What it returns still belongs to the {holder}: it may be used only while the lock is held.',
    by: inVerifier('ref_set_non_owning'),
  },
  'arena-result': {
    say: "What it returns is an address in the program's arena.",
    by: ['tools/bpf/resolve_btfids/main.c#add_arena_tagged_proto', 'include/linux/btf.h#KF_ARENA_RET'],
  },
  releases: {
    say: 'It releases the reference in `{argument}`{such}; the program may not use it afterwards.',
    by: inVerifier('is_kfunc_release', 'check_kfunc_call~release_reference('),
  },
  'ends-dynptr': {
    say: 'It ends the dynptr in `{argument}`; the program may not use it afterwards.',
    by: inVerifier('check_kfunc_args~DYNPTR_TYPE_FILE | OBJ_RELEASE'),
  },
  'lock-maps': {
    say: 'KPROBE, TRACEPOINT, PERF_EVENT, RAW_TRACEPOINT and RAW_TRACEPOINT_WRITABLE programs may not use maps that hold a list, a tree or a `bpf_spin_lock`.',
    by: inVerifier('check_map_prog_compatibility~BPF_LIST_HEAD'),
  },
  'queue-maps': {
    say: 'KPROBE, TRACEPOINT, PERF_EVENT, RAW_TRACEPOINT and RAW_TRACEPOINT_WRITABLE programs may not use maps that hold a `bpf_wq`, and so cannot call it.',
    by: inVerifier('check_map_prog_compatibility~BPF_WORKQUEUE'),
  },
  operations: {
    say: 'It is meant for some operations of the scheduler only, those of {sets}. The verifier of this release does not look at that; the kernel does when it is called, and ends the scheduler with an error if another operation calls.',
    by: [ASKS_OPERATION],
  },
  opens: {
    say: 'It opens what {other}() closes: the verifier refuses a program that can end with it open.',
    by: inVerifier('check_resource_leak', 'do_check~"bpf_rcu_read_unlock is missing\\n"'),
  },
  closes: {
    say: 'It closes what {other}() opened: the verifier refuses the call where nothing is open.',
    by: inVerifier('check_kfunc_call~rcu_unlock'),
  },
  'iterator-new': {
    say: 'It begins an iteration: {next}() then gives the elements one by one, and {destroy}() must follow, even where it failed. {macro} of `bpf/bpf_helpers.h` writes all three.',
    by: inVerifier('process_iter_arg'),
  },
  'iterator-next': {
    say: 'It gives the next element of an iteration that {new}() began, and NULL at the end: the program must compare with NULL. {macro} of `bpf/bpf_helpers.h` writes the loop.',
    by: inVerifier('process_iter_next_call'),
  },
  'iterated-rcu': {
    say: 'What it gives is protected by RCU alone: it holds until the RCU read section ends that the iteration began in; a program that keeps it longer has to acquire it.',
    by: inVerifier('mark_stack_slots_iter~is_kfunc_rcu_protected('),
  },
  'iterator-destroy': {
    say: 'It ends an iteration that {new}() began, on every path. {macro} of `bpf/bpf_helpers.h` calls it by itself.',
    by: inVerifier('process_iter_arg'),
  },
  'rcu-protected': {
    say: 'A sleepable program must be in an RCU read section around the call{result}{alike}.',
    by: inVerifier('is_kfunc_rcu_protected'),
  },
  sleepable: {
    say: 'It may sleep: only sleepable programs{callbacks} may call it{where}.',
    by: [
      ...inVerifier('check_kfunc_call~"program must be sleepable to call sleepable kfunc %s\\n"'),
      ...inBtf('btf_check_func_arg_match~"kernel function %s is sleepable but the program is not\\n"'),
    ],
  },
  'may-be-null-argument': {
    say: '{arguments} may be NULL.',
    by: inVerifier('is_kfunc_arg_nullable', 'is_kfunc_arg_optional'),
  },
  'left-out': {
    say: "The kernel's own function takes {arguments} too: the verifier passes {them}, and the program leaves {them} out.",
    by: ['tools/bpf/resolve_btfids/main.c#process_kfunc_with_implicit_args'],
  },
  'callback-compares': {
    say: '`{argument}` is called during the call, with the lock held, and returns whether its first node comes before the second.',
    by: inVerifier('set_rbtree_add_callback_state'),
  },
  'callback-later': {
    say: '`{argument}` runs later, outside of this program, and may sleep; it is given the map, the key and the value that hold the `{struct}`.',
    by: SLEEPING_CALLBACKS.flatMap(({ by }) => by),
  },
  destructive: {
    say: 'It can bring the system down: loading a program that calls it needs `CAP_SYS_BOOT`.',
    by: inVerifier('is_kfunc_destructive', 'check_kfunc_call~KF_DESTRUCTIVE'),
  },
  perfmon: {
    say: 'Loading a program that calls it needs `CAP_PERFMON` or `CAP_SYS_ADMIN`.',
    by: inVerifier('is_kfunc_perfmon'),
  },
  fastcall: {
    say: 'It follows the `bpf_fastcall` convention: around the call a compiler need not save registers that the call leaves alone.',
    by: inVerifier(
      'bpf_get_call_summary~KF_FASTCALL',
      'get_call_summary~KF_FASTCALL',
      'is_fastcall_kfunc_call~KF_FASTCALL',
    ),
  },
  'under-spin-lock': {
    say: 'It may be called while a `bpf_spin_lock` or a `bpf_res_spin_lock` is held.',
    by: inVerifier('kfunc_spin_allowed~KF_SPINLOCK_SAFE'),
  },
  'device-bound': {
    say: 'The program must be bound to a network device.',
    by: ['kernel/bpf/offload.c#bpf_dev_bound_kfunc_check'],
  },
  module: {
    say: 'In the kernel that was read it is part of the module `{module}`, which must be loaded before the program.',
    by: inVerifier('__find_kfunc_desc_btf'),
  },
  config: { say: 'It is there only in kernels built with {symbols}.', by: [] },
}
