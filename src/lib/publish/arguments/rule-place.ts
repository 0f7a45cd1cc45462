/** What a rule of ours rests on: a function of the kernel, from a release on. */

/** A place in the kernel, from a release on. */
export interface RestsSince {
  readonly since: string
  readonly path: string
  readonly function: string
}

const VERIFIER = 'kernel/bpf/verifier.c'

/** Places in the verifier by the release that first has them there: `verifier('6.1', 'check_kfunc_call')`. */
export function verifier(...pairs: readonly string[]): RestsSince[] {
  const places: RestsSince[] = []
  for (let i = 0; i + 1 < pairs.length; i += 2)
    places.push({ since: pairs[i] ?? '', path: VERIFIER, function: pairs[i + 1] ?? '' })
  return places
}
