import { expect, test } from 'vitest'
import { printThing, readSubject } from '#lib/model/subject.ts'

/** What is read, printed again. */
const read = (url: string): string | null => {
  const subject = readSubject(url)
  return subject && `${subject.isGone ? 'gone ' : ''}${subject.things.map(printThing).join(' | ')}`
}

test.each([
  ['when:kfunc:bpf_a', 'kfunc:bpf_a'],
  ['when:kfunc:bpf_a/KF_RELEASE', 'kfunc:bpf_a/KF_RELEASE'],
  ['when:gone:flag:KF_A', 'gone flag:KF_A'],
  ['when:suffix:__sz', 'suffix:__sz'],
  ['when:type:cgroup_skb or sleepable:xdp', 'type:cgroup_skb | sleepable:xdp'],
  ['when:hook:BTF_KFUNC_HOOK_TRACING', 'hook:BTF_KFUNC_HOOK_TRACING'],
  ['when:hook:BTF_KFUNC_HOOK_TRACING/tracepoint', 'hook:BTF_KFUNC_HOOK_TRACING/tracepoint'],
  ['when:struct_ops:Qdisc_ops/enqueue', 'struct_ops:Qdisc_ops/enqueue'],
  ['when:filter:bpf_fs_kfuncs_filter', 'filter:bpf_fs_kfuncs_filter'],
  ['when:attach:BPF_TCX_INGRESS', 'attach:BPF_TCX_INGRESS'],
  ['when:kernel:kernel/bpf/token.c', 'kernel:kernel/bpf/token.c'],
  ['when:kernel:a.c#f~x or y or kernel:b.c#f~x', 'kernel:a.c#f~x or y | kernel:b.c#f~x'],
])('%s is read', (url, printed) => {
  expect(read(url)).toBe(printed)
})

test.each([
  'flag:KF_A',
  'when:',
  'when:gone:',
  'when:flag:',
  'when:flag:KF_A/x',
  'when:flag:KF_A or ',
  'when:flag:KF_A or set:x',
  'when:kernel:/absolute.c',
  'when:release:6.12',
])('%s is of no known form', (url) => {
  expect(read(url)).toBeNull()
})
