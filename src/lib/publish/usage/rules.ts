/**
 * The rules by which the usage of a kfunc that nobody described is told: what each flag, section and iterator means to a
 * caller, and the kernel function that each rests on. Arguments have theirs in argument-rules.ts.
 *
 * Read in the sources of every release with source. `by` lists where the rule stands, from a release on; of several
 * the last that fits holds. A rule says nothing of a release that is older than its first place.
 */
import { type RestsSince, verifier } from '#lib/publish/arguments/rule-place.ts'

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

const CALL = verifier('6.1', 'check_kfunc_call')

/** A sentence of `say`, where names in braces are filled in, and what it rests on. */
export interface CallRule {
  readonly say: string
  readonly by: readonly RestsSince[]
  /** The last release that it holds in; left out: it still does. */
  readonly until?: string
}

/**
 * The sets of sched_ext whose kfuncs ask, when they are called, which operation of the scheduler calls; and the one by which
 * a kfunc of them may be called outside of operations, too. Kfuncs of these sets that only note what a later move does
 * (…_set_slice, …_set_vtime) do not ask.
 */
export const OPERATION_SETS = /^scx_kfunc_ids_(?:select_cpu|enqueue_dispatch|dispatch|cpu_release)$/
export const OUTSIDE_SET = 'scx_kfunc_ids_unlocked'
export const ASKS_NO_OPERATION = /_set_(?:slice|vtime)$/

/** Kfuncs that open a section, with those that close it: the verifier knows them by name and keeps count. */
export const SECTIONS: Readonly<Record<string, string>> = {
  bpf_rcu_read_lock: 'bpf_rcu_read_unlock',
  bpf_preempt_disable: 'bpf_preempt_enable',
  bpf_local_irq_save: 'bpf_local_irq_restore',
  bpf_res_spin_lock: 'bpf_res_spin_unlock',
  bpf_res_spin_lock_irqsave: 'bpf_res_spin_unlock_irqrestore',
}

/** What the verifier asks of callers of kfuncs that it knows by name, beside the rules for all. */
export const NAMED_RULES: Readonly<Record<string, CallRule>> = {
  bpf_iter_css_task_new: {
    say: 'Of these, only LSM programs, iterators (`BPF_TRACE_ITER`) and sleepable programs may begin it.',
    by: verifier('6.12', 'check_css_task_iter_allowlist'),
  },
  bpf_dynptr_slice_rdwr: {
    say: 'Of these, only programs that may write to packets may call it.',
    by: verifier('6.12', 'may_access_direct_pkt_data'),
  },
  bpf_throw: {
    say: 'The JIT of the machine must support exceptions.',
    by: verifier('6.12', 'check_kfunc_call'),
  },
}

/** The sentences about the call as a whole. */
export const CALL_RULES: Readonly<Record<CallRuleName, CallRule>> = {
  passes: { say: 'Takes {takes} and returns {returns}.', by: CALL },
  'program-types': {
    say: '{who} may call it{conditions}{context}.',
    by: [
      { since: '6.1', path: 'kernel/bpf/btf.c', function: 'btf_kfunc_id_set_contains' },
      { since: '7.1', path: 'kernel/bpf/btf.c', function: 'btf_kfunc_is_allowed' },
    ],
  },
  acquires: {
    say: 'What it returns is a reference: the program must release it, or hand it on, on every path{how}.',
    by: CALL,
  },
  'acquires-node': {
    say: 'What it returns belongs to an object that the program owns from then on: it must be released, or added again, on every path{how}.',
    by: CALL,
  },
  'may-be-null': {
    say: 'It may return NULL: the program must compare the result with NULL before it uses it{unless}.',
    by: verifier('6.1', 'check_kfunc_call', '6.12', 'is_kfunc_ret_null'),
  },
  'lock-result': {
    say: 'It can fail: the lock is held only where the program has seen that the result is 0.',
    by: CALL,
  },
  'borrowed-node': {
    say: 'What it returns still belongs to the {holder}: it may be used only while the lock is held.',
    by: verifier('6.12', 'ref_set_non_owning'),
  },
  'arena-result': {
    say: "What it returns is an address in the program's arena.",
    by: [
      { since: '6.16', path: 'include/linux/btf.h', function: 'KF_ARENA_RET' },
      { since: '7.3', path: 'tools/bpf/resolve_btfids/main.c', function: 'add_arena_tagged_proto' },
    ],
  },
  releases: {
    say: 'It releases the reference in `{argument}`{such}; the program may not use it afterwards.',
    by: verifier('6.1', 'check_kfunc_call', '6.12', 'is_kfunc_release'),
  },
  'ends-dynptr': {
    say: 'It ends the dynptr in `{argument}`; the program may not use it afterwards.',
    by: verifier('6.12', 'is_kfunc_release'),
  },
  'lock-maps': {
    say: 'KPROBE, TRACEPOINT, PERF_EVENT, RAW_TRACEPOINT and RAW_TRACEPOINT_WRITABLE programs may not use maps that hold a list, a tree or a `bpf_spin_lock`.',
    by: verifier('6.12', 'check_map_prog_compatibility'),
  },
  'queue-maps': {
    say: 'KPROBE, TRACEPOINT, PERF_EVENT, RAW_TRACEPOINT and RAW_TRACEPOINT_WRITABLE programs may not use maps that hold a `bpf_wq`, and so cannot call it.',
    by: verifier('6.12', 'check_map_prog_compatibility'),
    until: '6.19',
  },
  operations: {
    say: 'It is meant for some operations of the scheduler only, those of {sets}. The verifier of this release does not look at that; the kernel does when it is called, and ends the scheduler with an error if another operation calls.',
    by: [{ since: '6.12', path: 'kernel/sched/ext.c', function: 'scx_kf_allowed' }],
    until: '6.19',
  },
  opens: {
    say: 'It opens what {other}() closes: the verifier refuses a program that can end with it open.',
    by: verifier('6.12', 'check_resource_leak'),
  },
  closes: {
    say: 'It closes what {other}() opened: the verifier refuses the call where nothing is open.',
    by: verifier('6.12', 'check_kfunc_call'),
  },
  'iterator-new': {
    say: 'It begins an iteration: {next}() then gives the elements one by one, and {destroy}() must follow, even where it failed. {macro} of `bpf/bpf_helpers.h` writes all three.',
    by: [...verifier('6.12', 'process_iter_arg')],
  },
  'iterator-next': {
    say: 'It gives the next element of an iteration that {new}() began, and NULL at the end: the program must compare with NULL. {macro} of `bpf/bpf_helpers.h` writes the loop.',
    by: verifier('6.12', 'process_iter_next_call'),
  },
  'iterated-rcu': {
    say: 'What it gives is protected by RCU alone: it holds until the RCU read section ends that the iteration began in; a program that keeps it longer has to acquire it.',
    by: verifier('6.12', 'mark_stack_slots_iter'),
  },
  'iterator-destroy': {
    say: 'It ends an iteration that {new}() began, on every path. {macro} of `bpf/bpf_helpers.h` calls it by itself.',
    by: verifier('6.12', 'process_iter_arg'),
  },
  'rcu-protected': {
    say: 'A sleepable program must be in an RCU read section around the call{result}{alike}.',
    by: verifier('6.12', 'is_kfunc_rcu_protected'),
  },
  sleepable: {
    say: 'It may sleep: only sleepable programs{callbacks} may call it{where}.',
    by: [
      { since: '6.1', path: 'kernel/bpf/btf.c', function: 'btf_check_func_arg_match' },
      ...verifier('6.12', 'check_kfunc_call'),
    ],
  },
  'may-be-null-argument': {
    say: '{arguments} may be NULL.',
    by: [...verifier('6.12', 'is_kfunc_arg_nullable')],
  },
  'left-out': {
    say: "The kernel's own function takes {arguments} too: the verifier passes {them}, and the program leaves {them} out.",
    by: [
      { since: '7.0', path: 'tools/bpf/resolve_btfids/main.c', function: 'process_kfunc_with_implicit_args' },
    ],
  },
  'callback-compares': {
    say: '`{argument}` is called during the call, with the lock held, and returns whether its first node comes before the second.',
    by: verifier('6.12', 'set_rbtree_add_callback_state'),
  },
  'callback-later': {
    say: '`{argument}` runs later, outside of this program, and may sleep; it is given the map, the key and the value that hold the `{struct}`.',
    by: verifier('6.12', 'set_timer_callback_state', '6.18', 'is_async_cb_sleepable'),
  },
  destructive: {
    say: 'It can bring the system down: loading a program that calls it needs `CAP_SYS_BOOT`.',
    by: verifier('6.1', 'check_kfunc_call', '6.12', 'is_kfunc_destructive'),
  },
  perfmon: {
    say: 'Loading a program that calls it needs `CAP_PERFMON` or `CAP_SYS_ADMIN`.',
    by: verifier('7.3', 'is_kfunc_perfmon'),
  },
  fastcall: {
    say: 'It follows the `bpf_fastcall` convention: around the call a compiler need not save registers that the call leaves alone.',
    by: verifier('6.16', 'mark_fastcall_pattern_for_call'),
  },
  'under-spin-lock': {
    say: 'It may be called while a `bpf_spin_lock` or a `bpf_res_spin_lock` is held.',
    by: verifier('7.3', 'kfunc_spin_allowed'),
  },
  'device-bound': {
    say: 'The program must be bound to a network device.',
    by: [{ since: '6.12', path: 'kernel/bpf/offload.c', function: 'bpf_dev_bound_kfunc_check' }],
  },
  module: {
    say: 'In the kernel that was read it is part of the module `{module}`, which must be loaded before the program.',
    by: verifier('6.1', '__find_kfunc_desc_btf'),
  },
  config: { say: 'It is there only in kernels built with {symbols}.', by: [] },
}
