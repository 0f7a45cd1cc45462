/** What the configuration must have for any kfunc, so that no kfunc is told to need it. */

/**
 * Without BPF_SYSCALL no set is registered (register_btf_kfunc_id_set() of include/linux/btf.h is empty); without
 * DEBUG_INFO_BTF there is nothing to register it in.
 */
export const ALWAYS_NEEDED: readonly string[] = ['CONFIG_BPF_SYSCALL', 'CONFIG_DEBUG_INFO_BTF']

/** Without it the verifier refuses each call: "JIT is required for calling kernel function". */
export const NEEDED_TO_CALL = 'CONFIG_BPF_JIT'

/** Is it among what every kfunc needs, or selected by that: by BPF_SYSCALL, BPF? */
export function isAlwaysNeeded(symbol: string): boolean {
  return symbol === 'CONFIG_BPF' || ALWAYS_NEEDED.includes(symbol)
}
