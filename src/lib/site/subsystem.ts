import type { Kfunc, Release } from '#lib/model/published.ts'

/** Path prefixes and the part of the kernel they stand for; the first that fits wins, so longer ones come first. */
const SUBSYSTEMS: readonly (readonly [prefix: string, name: string])[] = [
  ['kernel/sched/', 'sched_ext'],
  ['kernel/bpf/cpumask', 'BPF CPU masks'],
  ['kernel/bpf/crypto', 'BPF crypto'],
  ['kernel/bpf/arena', 'BPF arenas'],
  ['kernel/bpf/', 'BPF core'],
  ['kernel/trace/', 'Tracing'],
  ['kernel/cgroup/', 'Control groups'],
  ['kernel/', 'Core kernel'],
  ['mm/', 'Memory management'],
  ['fs/', 'File systems'],
  ['io_uring/', 'io_uring'],
  ['crypto/', 'Crypto'],
  ['security/', 'Security'],
  ['net/netfilter/', 'Netfilter'],
  ['net/sched/', 'Queueing disciplines'],
  ['net/xfrm/', 'IPsec (xfrm)'],
  ['net/ipv4/tcp', 'TCP congestion control'],
  ['net/ipv4/bpf_tcp_ca', 'TCP congestion control'],
  ['net/ipv4/fou', 'Tunnels'],
  ['net/bpf/', 'Test run'],
  ['net/', 'Networking core'],
  ['drivers/hid/', 'HID'],
  ['drivers/base/power/', 'Power management'],
  ['arch/s390/', 's390'],
]

/** Where a kfunc stands that no release with source defines. */
export const UNKNOWN_SUBSYSTEM = 'Not known'

/** The part of the kernel that a file belongs to; by its first two folders where no rule knows it. */
export function subsystemOf(path: string): string {
  const rule = SUBSYSTEMS.find(([prefix]) => path.startsWith(prefix))
  return rule?.[1] ?? path.split('/').slice(0, 2).join('/')
}

/**
 * The part of the kernel of each kfunc of `releases[at]`, by name. A kfunc whose own release does not say
 * where it is defined takes the answer of the nearest release that does, of two as near the newer.
 */
export function subsystemsOf(releases: readonly Release[], at: number): ReadonlyMap<string, string> {
  const nearest = releases
    .map((release, index) => ({ release, index, distance: Math.abs(index - at) }))
    .sort((a, b) => a.distance - b.distance || b.index - a.index)
  const result = new Map<string, string>()
  for (const { release } of nearest)
    for (const kfunc of release.kfuncs)
      if (kfunc.definition && !result.has(kfunc.name))
        result.set(kfunc.name, subsystemOf(kfunc.definition.path))
  return result
}

/** Groups kfuncs by the part of the kernel they belong to: groups by name, the unknown last, order inside kept. */
export function groupBySubsystem(
  kfuncs: readonly Kfunc[],
  subsystems: ReadonlyMap<string, string>,
): readonly (readonly [subsystem: string, kfuncs: readonly Kfunc[]])[] {
  const groups = new Map<string, Kfunc[]>()
  for (const kfunc of kfuncs) {
    const name = subsystems.get(kfunc.name) ?? UNKNOWN_SUBSYSTEM
    groups.set(name, [...(groups.get(name) ?? []), kfunc])
  }
  return [...groups].sort(([a], [b]) => rank(a) - rank(b) || (a.toLowerCase() < b.toLowerCase() ? -1 : 1))
}

/** The fragment of a group of kfuncs on a page: "File systems" is "file-systems". */
export function subsystemAnchor(subsystem: string): string {
  return subsystem
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
}

function rank(subsystem: string): number {
  if (subsystem === UNKNOWN_SUBSYSTEM) return 2
  return subsystem === 'BPF core' ? 0 : 1
}
