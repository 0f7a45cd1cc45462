import { releaseOrder } from '#lib/model/order.ts'
import type { Kfunc, Release } from '#lib/model/published.ts'
import { identifierUrl } from './source-links.ts'

/** What a program needs to be let call a kfunc, beside being of the right type. */
export interface Need {
  /** One of our sentences. */
  readonly text: string
  /** The kernel function that asks for it, and its address at the tag that was read. */
  readonly by: string
  readonly href: string
}

interface Rule {
  readonly needs: string
  /** The flag that asks for it; null: every kfunc does. */
  readonly flag: string | null
  /** The kernel function in `kernel/bpf/verifier.c` that asks, from a release on; of several, the last that fits. */
  readonly by: readonly (readonly [since: string, name: string])[]
}

/** Read in `kernel/bpf/verifier.c` of every release with source. */
const RULES: readonly Rule[] = [
  {
    needs: 'a licence that is compatible with the GPL, as every kfunc',
    flag: null,
    by: [
      ['6.1', 'add_kfunc_call'],
      ['7.0', 'bpf_add_kfunc_call'],
    ],
  },
  {
    needs: '`CAP_SYS_BOOT` to load the program: `KF_DESTRUCTIVE`',
    flag: 'KF_DESTRUCTIVE',
    by: [['6.1', 'check_kfunc_call']],
  },
  {
    needs: '`CAP_PERFMON` to load the program: `KF_PERFMON`',
    flag: 'KF_PERFMON',
    by: [['7.3', 'check_kfunc_call']],
  },
]

/** What a program needs to call a kfunc in a release. Whether it must be bound to a device is among its answers. */
export function needsOf(release: Release, kfunc: Kfunc): readonly Need[] {
  const { id, tag } = release.release
  const needs = RULES.filter(({ flag }) => flag === null || kfunc.flags.includes(flag)).map(
    ({ needs: text, by }) => {
      const name = by.findLast(([since]) => releaseOrder(since, id) <= 0)?.[1] ?? by[0]?.[1] ?? ''
      return { text, by: name, href: identifierUrl(tag, name) }
    },
  )
  const isBound = kfunc.programTypes?.some(({ when }) => when?.some(({ deviceBound }) => deviceBound))
  if (!isBound) return needs
  const by = 'bpf_dev_bound_kfunc_check'
  return [...needs, { text: 'an XDP program that is bound to a device', by, href: identifierUrl(tag, by) }]
}
