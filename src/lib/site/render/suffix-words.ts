/**
 * What a parameter's suffix asks of the caller, for what a browser prints too: the summaries of content/suffixes, which a test
 * holds it to. Keyed by the suffix as the verifier spells it.
 */
export const SUFFIX_WORDS: Readonly<Record<string, string>> = {
  __sz: 'the size in bytes of the memory that the parameter before it points to',
  __szk: 'the size in bytes of the memory before it, as a constant known when the program is loaded',
  __k: 'a constant that is known when the program is loaded',
  __ign: 'not checked by the verifier: any value may be passed',
  __alloc: 'an object that the program itself allocated, and owns',
  __uninit: 'memory or an object that the call itself fills',
  __refcounted_kptr: 'an object that the program allocated and whose struct holds a struct bpf_refcount',
  __opt: 'a buffer that may be NULL',
  __map: 'a map of the program',
  __const_map: 'a map of the program, which the verifier relates to other arguments',
  __nullable: 'a pointer that may be NULL',
  __str: 'a constant string that ends in NUL',
  __iter: 'an iterator that was begun before',
  __irq_flag: 'a place of 8 bytes on the stack that keeps the state of interrupts',
  __prog: 'the verifier passes the calling program: a program passes NULL',
  __nonown_allowed: 'a list node of the program, which it need not own',
  __arena: 'a pointer into the arena of the program',
  __arena__nullable: 'a pointer into the arena of the program, or NULL',
}
