/**
 * Words that the field uses for the same thing: the first of a row is a word of names, the others are what people type who
 * mean it. Only what is really said of BPF and the kernel stands here; a pair that suits one question alone does not.
 */
const ROWS = [
  'skb packet',
  'xdp packet',
  'ct conntrack',
  'css cgroup',
  'mem_cgroup memcg',
  'iter walk loop',
  'wq workqueue work queue',
  'dsq dispatch queue',
  'scx sched_ext scheduler',
  'new allocate create alloc',
  'create allocate alloc',
  'release drop put free',
  'put release drop free',
  'drop release free put',
  'destroy close kill',
  'acquire get reference',
  'from get find lookup',
  'lookup find get',
  'ancestor parent',
  'task process thread',
  'irq interrupts interrupt',
  'now time clock',
  'rdwr write writable',
  'rdonly read_only readonly',
  'exe executable',
  'num numbers',
  'kmem slab',
  'throw exception',
  'digest hash',
  'xfrm ipsec',
  'kick wakeup wake',
  'add insert enqueue',
  'insert add enqueue',
  'remove delete',
  'del delete remove',
  'res resilient',
  'vprintk print printf printk',
  'reenq requeue',
  'str string',
  'percpu per_cpu',
  'ksock socket',
  'sock socket',
  'sk socket',
  'ctx context',
  'prog program',
  'dfl default',
  'init initialize',
  'addr address',
] as const

const MEANINGS = new Map<string, readonly string[]>()
for (const row of ROWS) {
  const [name = '', ...typed] = row.split(' ')
  for (const word of typed) MEANINGS.set(word, [...(MEANINGS.get(word) ?? []), name])
}

/** The words of names that a typed word may mean; several are joined by `_` where a name has them all. */
export function synonymsOf(typed: string): readonly string[] {
  return MEANINGS.get(typed) ?? []
}
