/**
 * How the kernel spells what concerns kfuncs: the table to extend when a release spells it anew.
 * Everything that searches a tree takes its words from here.
 */

/** Macros that open an id set, the macro that closes it, that of its entries, and the releases that have them. */
export const SET_MACROS = [
  { start: 'BTF_KFUNCS_START', end: 'BTF_KFUNCS_END', entry: 'BTF_ID_FLAGS', since: '6.9', until: null },
  // up to 6.8 kfunc sets are written with it; later it opens sets of other things, told apart by what registers them
  { start: 'BTF_SET8_START', end: 'BTF_SET8_END', entry: 'BTF_ID_FLAGS', since: '6.0', until: null },
  // up to 5.19 kfunc sets are written with it; it opens tables of other things as well, and from 6.0 on these alone
  { start: 'BTF_SET_START', end: 'BTF_SET_END', entry: 'BTF_ID', since: '5.13', until: null },
] as const

/** The macro that puts a function with flags into a set: BTF_ID_FLAGS(func, name[, flags]). */
export const FLAGS_ENTRY = 'BTF_ID_FLAGS'

/** Registers a set for a program type: its kfuncs may be called (5.18 on). */
export const REGISTER = 'register_btf_kfunc_id_set'

/** Registers a set of attach points for fmod_ret programs: these are never called. */
export const REGISTER_FMODRET = 'register_btf_fmodret_id_set'

/** The struct that joins a set, its filter and its owner, and the members that name the set of what may be called. */
export const KSET_STRUCT = 'btf_kfunc_id_set'
export const KSET_MEMBERS = [
  { member: 'set', since: '6.0', until: null },
  { member: 'check_set', since: '5.18', until: '5.19' },
] as const

/**
 * The members of that struct that name sets of what 6.0 made flags of entries: a kfunc in such a set has the flag. In the
 * order of the flags' bits in 6.0.
 */
export const FLAG_SETS = [
  { member: 'acquire_set', flag: 'KF_ACQUIRE', since: '5.18', until: '5.19' },
  { member: 'release_set', flag: 'KF_RELEASE', since: '5.18', until: '5.19' },
  { member: 'ret_null_set', flag: 'KF_RET_NULL', since: '5.18', until: '5.19' },
  { member: 'kptr_acquire_set', flag: 'KF_KPTR_GET', since: '5.19', until: '5.19' },
] as const

/**
 * Up to 5.17 the verifier asks the operations of a program's type: the struct of operations, what its name ends in, its
 * member that names the function to ask, and what that function asks: id sets of its own and (5.16 on) lists of modules.
 */
export const CHECK_STRUCT = 'bpf_verifier_ops'
export const CHECK_STRUCT_SUFFIX = '_verifier_ops'
export const CHECK_MEMBER = 'check_kfunc_call'
export const CHECK_SET = 'btf_id_set_contains'
export const CHECK_LIST = 'bpf_check_mod_kfunc_call'

/** How a module adds a set to such a list (5.16, 5.17): the struct, the macro that defines one of a set, the function that adds it. */
export const LIST_KSET_STRUCT = 'kfunc_btf_id_set'
export const LIST_KSET_MACRO = 'DEFINE_KFUNC_BTF_ID_SET'
export const REGISTER_IN_LIST = 'register_kfunc_btf_id_set'

/** The struct of a struct_ops type, and the type of its programs. */
export const STRUCT_OPS_STRUCT = 'bpf_struct_ops'
export const STRUCT_OPS = 'BPF_PROG_TYPE_STRUCT_OPS'

/** The struct that joins a type and the function that releases what a map keeps of it, and the macros of id lists. */
export const DESTRUCTOR_STRUCT = 'btf_id_dtor_kfunc'
export const ID_LIST_MACROS = ['BTF_ID_LIST', 'BTF_ID_LIST_SINGLE', 'BTF_ID'] as const

/** Marks a definition; absent before 6.3, where definitions are found by the names in the sets. */
export const DEFINITION_MARK = '__bpf_kfunc'

/** The function that maps a program type to its hook (5.18 on), and the hook every program type shares (6.2 on). */
export const HOOK_FUNCTION = 'bpf_prog_type_to_kfunc_hook'
export const COMMON_HOOK = 'BTF_KFUNC_HOOK_COMMON'

/** The enumeration of program types, and the two that no program has of itself. */
export const PROGRAM_TYPE_ENUM = 'bpf_prog_type'
export const UNSPEC = 'BPF_PROG_TYPE_UNSPEC'
export const EXT = 'BPF_PROG_TYPE_EXT'

/** The verifier's predicate for types that may sleep (6.2 on); before, one condition in the function named second. */
export const SLEEPABLE_FUNCTION = 'can_be_sleepable'
export const SLEEPABLE_CHECK = 'check_attach_btf_id'

/** What that function says of a program whose type must always sleep, and which does not (5.14 on). */
export const ALWAYS_SLEEPABLE = 'can only be sleepable'

/** resolve_btfids' predicate for implicit arguments (7.0 on). */
export const IMPLICIT_FUNCTION = 'is_kf_implicit_arg'

/** Functions of the verifier that test a kfunc's flag begin so (6.2 on), and the function that tells the user why it refuses. */
export const FLAG_TEST_PREFIX = 'is_kfunc_'
export const COMPLAIN = 'verbose'

/** Functions of the verifier that test a parameter's name begin so. */
export const SUFFIX_TEST_PREFIX = 'is_kfunc_arg_'

/**
 * Checks on a call that stand in the verifier and that no set names: the function, those that belong to it, and the set
 * whose kfuncs it looks at. Where a release registers the set and lacks the function, its cells say so.
 */
export const VERIFIER_CHECKS = [
  // XDP metadata kfuncs (6.3 on) need a program that is bound to a device
  {
    name: 'bpf_dev_bound_kfunc_check',
    parts: ['bpf_dev_bound_kfunc_id', 'bpf_prog_is_dev_bound', 'bpf_prog_is_offloaded'],
    set: 'xdp_metadata_kfunc_ids',
  },
] as const

/** Where each program type's context is declared, and what says which kernel struct may stand for one. */
export const CONTEXTS_FILE = 'include/linux/bpf_types.h'
export const PROJECTION_FUNCTION = 'btf_is_projection_of'

/** Where the LSM hooks are declared. */
export const LSM_HOOKS_FILE = 'include/linux/lsm_hook_defs.h'

/**
 * The words that mark every file worth reading. Every file that has one of the spellings above has the first or
 * second of them; searching for three words instead of fifteen keeps the search of a whole tree short.
 */
export const SEARCH_WORDS: readonly string[] = [
  'kfunc',
  `enum ${PROGRAM_TYPE_ENUM} {`,
  'struct bpf_struct_ops ',
]

/**
 * Is this a file in which a kernel declares kfuncs? Tests and samples below `tools` register kfuncs of their
 * own, which no kernel has; of `tools` only what builds the kernel's BTF counts.
 */
export function isKernelSource(path: string): boolean {
  if (path.startsWith('tools/')) return path.startsWith('tools/bpf/resolve_btfids/') && path.endsWith('.c')
  if (path.startsWith('Documentation/') || path.startsWith('samples/')) return false
  return /\.[ch]$/.test(path)
}

/** Does this file hold only tests? Its kfuncs ship in kernels and are marked "test-only". */
export function isTestFile(path: string): boolean {
  return /(^|\/)(selftests|tests?)\/|(^|\/)test_[^/]*$|[_-]test\.[ch]$/.test(path)
}
