/** A release that nobody has seen: what is new in it is read, and what a person must read is a gap. No line of code changes. */
import { beforeAll, describe, expect, test } from 'vitest'
import { joinRelease } from '#lib/kfunc/release.ts'
import type { Extracted } from '#lib/model/extracted.ts'
import type { FilterReadings } from '#lib/model/filter-reading.ts'
import type { Release } from '#lib/model/published.ts'
import { publish } from '#lib/publish/release.ts'
import { checkReadings } from '#scripts/lib/rules/filter-readings.ts'
import { type Files, factsWith, kernelFiles, registers, setOf } from '../../support/kernel-fixture.ts'
import { NO_KNOWLEDGE } from '../extracted-fixture.ts'

const filtered = (refusal: string) => `
${setOf('lsm_ids', 'bpf_guarded')}
__bpf_kfunc int bpf_guarded(void)
{
	return 0;
}
static int lsm_filter(const struct bpf_prog *prog, u32 kfunc_id)
{
	/* a comment does not count */
	return btf_id_set8_contains(&lsm_ids, kfunc_id) && ${refusal} ? -EACCES : 0;
}
static const struct btf_kfunc_id_set lsm_kset = { .owner = THIS_MODULE, .set = &lsm_ids, .filter = lsm_filter };
static int __init lsm_init(void)
{
	return register_btf_kfunc_id_set(BPF_PROG_TYPE_LSM, &lsm_kset);
}`
const cgroup = `${setOf('cgroup_ids', 'bpf_cgroup_thing')}${registers('cgroup_ids', 'BPF_PROG_TYPE_CGROUP_SKB')}
__bpf_kfunc int bpf_cgroup_thing(const void *data__fresh)
{
	return 0;
}`
const OLD: Files = { 'kernel/lsm.c': filtered('prog->type != BPF_PROG_TYPE_LSM'), 'kernel/cgroup.c': cgroup }
const frame = kernelFiles({})
const changed = (path: string, from: string, to: string): Files => ({
  [path]: (frame[path] ?? '').replace(from, to),
})
const NEW: Files = {
  'kernel/cgroup.c': cgroup.replace('bpf_cgroup_thing)', 'bpf_cgroup_thing, KF_NEW)'),
  'kernel/lsm.c': filtered('prog->type == BPF_PROG_TYPE_XDP'),
  ...changed(
    'include/linux/btf.h',
    '#define KF_RCU',
    '#define KF_NEW	(1 << 20) /* is new */\n#define KF_RCU',
  ),
  ...changed('kernel/bpf/btf.c', '	case BPF_PROG_TYPE_SOCK_OPS:\n', ''),
  ...changed(
    'kernel/bpf/verifier.c',
    'static bool is_kfunc_arg_ignore',
    'static bool is_kfunc_arg_fresh(const struct btf *btf, const struct btf_param *arg)\n{\n\treturn btf_param_match_suffix(btf, arg, "__fresh");\n}\n\nstatic bool is_kfunc_arg_ignore',
  ),
}

async function extract(id: string, files: Files): Promise<Extracted> {
  const version = `${id}.0`
  const head = {
    id,
    version,
    tag: `v${id}`,
    texts: 'own' as const,
    sources: [],
    images: [],
    otherModules: null,
    coverage: 'source-only' as const,
  }
  return joinRelease(head, await factsWith(files), [], [])
}

let extracted: Extracted[]
let readings: FilterReadings[]
let before: Release
let after: Release
const answer = (release: Release, kfunc: string, type: string) =>
  release.kfuncs
    .find(({ name }) => name === kfunc)
    ?.programTypes?.find(({ programType }) => programType === `BPF_PROG_TYPE_${type}`)

beforeAll(async () => {
  extracted = [await extract('9.2', OLD), await extract('9.3', NEW)]
  const sha256 = extracted[0]?.filters[0]?.sha256 ?? ''
  const allows = [{ programTypes: ['BPF_PROG_TYPE_LSM'] }]
  const sentence = 'lets only LSM programs through'
  readings = [
    { name: 'lsm_filter', readings: [{ pins: { '9.2': sha256 }, sentence, governs: ['lsm_ids'], allows }] },
  ]
  const [first, second] = publish(extracted, { filters: readings, ...NO_KNOWLEDGE })
  if (!first || !second) throw new Error('two releases were expected')
  before = first
  after = second
})

describe('a filter whose source changed', () => {
  test('is read as before where it did not', () => {
    expect(answer(before, 'bpf_guarded', 'LSM')?.callable).toBe('always')
    expect(answer(before, 'bpf_guarded', 'TRACING')).toMatchObject({
      callable: 'never',
      conditions: ['refused: `lsm_filter` lets only LSM programs through'],
    })
  })
  test('is a gap of the new release, and its cells say what they depend on', () => {
    expect(after.gaps.map(({ rule }) => rule)).toEqual(['filter-unread'])
    expect(answer(after, 'bpf_guarded', 'TRACING')).toMatchObject({
      callable: 'sometimes',
      conditions: ['depends on `lsm_filter` (not yet read)'],
      when: [{ unread: 'lsm_filter' }],
    })
  })
  test('fails the check, which names the file and the pin to write', () => {
    const file = { path: 'content/filters/lsm_filter.json', text: '', value: null }
    const problems = checkReadings(
      extracted,
      readings.map((data) => ({ file, data })),
      'content/filters',
    )
    const sha256 = extracted[1]?.filters[0]?.sha256
    expect(problems.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([
      `filter-unread: lsm_filter() of 9.3 (kernel/lsm.c:10) is not as any reading has it: read it and what it asks (lsm_ids), then write in content/filters/lsm_filter.json a reading with "pins": { "9.3": "${sha256}" }`,
    ])
  })
})

test('a comment in a filter changes nothing', async () => {
  const path = 'kernel/lsm.c'
  const commented = { ...OLD, [path]: (OLD[path] ?? '').replace('a comment does not count', 'another one') }
  expect((await extract('9.2', commented)).filters).toEqual(extracted[0]?.filters)
})

test('a program type that left a hook has its answer from the switch of that release', () => {
  expect(answer(before, 'bpf_cgroup_thing', 'SOCK_OPS')?.callable).toBe('always')
  expect(answer(after, 'bpf_cgroup_thing', 'SOCK_OPS')?.callable).toBe('never')
})

test('a new flag is known with its bit and comment', () => {
  expect(after.flags.find(({ name }) => name === 'KF_NEW')).toMatchObject({ bit: 20, comment: 'is new' })
  expect(after.kfuncs.find(({ name }) => name === 'bpf_cgroup_thing')?.flags).toEqual(['KF_NEW'])
})

test('a new suffix is known from the test for it', () => {
  const suffixes = [before, after].map(
    ({ kfuncs }) => kfuncs.find(({ name }) => name === 'bpf_cgroup_thing')?.prototype?.parameters[0]?.suffix,
  )
  expect(suffixes).toEqual([null, '__fresh'])
})
