/** What stands for what: proposals, confirmed renames, and what is wrong with them. */
import { describe, expect, test } from 'vitest'
import { loadKnowledge, loadReleases } from '#content-fs'
import type { Rename, Renames } from '#lib/model/knowledge.ts'
import type { Kfunc, Release } from '#lib/model/published.ts'
import { proposeRenames } from '#lib/publish/relations/successor-proposals.ts'
import { renameProblems, replacedBy, replacesIn } from '#lib/publish/relations/successors.ts'
import { btfOnly, kfunc, prototypeOf, registered, release } from '../history/history-fixture.ts'

const row = (id: string, ...names: string[]): Release =>
  release(
    id,
    names.map((name) => kfunc(name)),
  )
const rename = (from: string, to: string, since: string): Rename => ({ from, to, in: since, because: 'so' })

describe('proposals', () => {
  const pairs = (...releases: Release[]): string[] =>
    proposeRenames(releases).map(({ from, to, releases }) => `${releases.join('>')} ${from} ${to}`)

  const with_ = (name: string, text: string, given: Partial<Kfunc> = {}): Kfunc =>
    kfunc(name, { prototype: prototypeOf(`int ${name}(${text})`), ...given })

  test('a name that went and one like it that came in the same set', () => {
    expect(pairs(row('6.18', 'bpf_cgroup_flush'), row('6.19', 'bpf_css_flush'))).toEqual([
      '6.18>6.19 bpf_cgroup_flush bpf_css_flush',
    ])
  })

  test('neither set nor file in common: no proposal', () => {
    const other = { registrations: [registered('b_ids', 'XDP')], definition: { path: 'b.c', line: 1 } }
    expect(pairs(row('6.18', 'bpf_x_flush'), release('6.19', [kfunc('bpf_y_flush', other)]))).toEqual([])
  })

  test('neither words nor types in common: no proposal', () => {
    const old = release('6.18', [with_('bpf_task_acquire', 'struct task_struct *task')])
    expect(pairs(old, release('6.19', [with_('scx_now', 'u64 a, u64 b, u32 c')]))).toEqual([])
  })

  test('of several, the best', () => {
    const old = release('6.18', [with_('bpf_skb_drop', 'struct sk_buff *skb')])
    const fresh = release('6.19', [
      with_('bpf_skb_free', 'struct sk_buff *skb'),
      with_('bpf_skb_count', 'struct net *net'),
    ])
    expect(pairs(old, fresh)).toEqual(['6.18>6.19 bpf_skb_drop bpf_skb_free'])
  })

  test.each([
    ['bpf_new_impl', 'bpf_new'],
    ['bpf_new', '__bpf_new'],
    ['bpf_new', 'bpf_new___v2'],
  ])('%s stays as its variant %s comes', (old, fresh) => {
    expect(pairs(row('6.18', old), row('6.19', old, fresh))).toEqual([`6.18>6.19 ${old} ${fresh}`])
  })

  test('images alone are stepped over, kfuncs for tests left out', () => {
    const test_ = release('6.19', [kfunc('bpf_test_b', { kind: 'test-only' })])
    expect(pairs(row('6.12', 'bpf_x_a'), btfOnly('6.16', []), row('6.17', 'bpf_x_b'))).toEqual([
      '6.12>6.17 bpf_x_a bpf_x_b',
    ])
    expect(pairs(row('6.18', 'bpf_test_a'), test_)).toEqual([])
  })
})

describe('what to use instead', () => {
  const releases = [row('6.17', 'bpf_p'), row('6.18', 'bpf_p_impl'), row('7.0', 'bpf_p')]
  const cycle = [rename('bpf_p', 'bpf_p_impl', '6.18'), rename('bpf_p_impl', 'bpf_p', '7.0')]

  test.each([
    ['bpf_p', '6.17', 'bpf_p_impl', []],
    ['bpf_p_impl', '6.18', 'bpf_p', ['bpf_p']],
    ['bpf_p', '7.0', null, ['bpf_p_impl']],
    ['bpf_p_impl', '7.0', 'bpf_p', []],
    ['bpf_q', '7.0', null, []],
  ])('in a circle: %s in %s is replaced by %s and replaces %j', (name, id, by, replaces) => {
    expect(replacedBy(name, id, releases, cycle)).toBe(by)
    expect(replacesIn(name, id, releases, cycle)).toEqual(replaces)
  })

  test('a successor that went gives way to its own', () => {
    const chain = [rename('bpf_a', 'bpf_b', '6.18'), rename('bpf_b', 'bpf_c', '6.19')]
    const row_ = [row('6.17', 'bpf_a'), row('6.18', 'bpf_b'), row('6.19', 'bpf_c')]
    expect(replacedBy('bpf_a', '6.17', row_, chain)).toBe('bpf_b')
    expect(replacedBy('bpf_a', '6.19', row_, chain)).toBe('bpf_c')
  })

  test('of several successors, the first', () => {
    const two = [rename('bpf_a', 'bpf_c', '6.18'), rename('bpf_a', 'bpf_b', '6.18')]
    expect(replacedBy('bpf_a', '6.17', [row('6.17', 'bpf_a'), row('6.18', 'bpf_b', 'bpf_c')], two)).toBe(
      'bpf_c',
    )
  })

  test('a circle of kfuncs that are all gone ends', () => {
    const gone = [row('6.16', 'bpf_p'), row('6.17', 'bpf_p_impl'), row('6.18', 'bpf_p'), row('6.19')]
    const round = [rename('bpf_p', 'bpf_p_impl', '6.17'), rename('bpf_p_impl', 'bpf_p', '6.18')]
    expect(replacedBy('bpf_p_impl', '6.19', gone, round)).toBeNull()
  })
})

describe('what is wrong with renames', () => {
  const releases = [row('6.18', 'bpf_x_a'), row('6.19', 'bpf_x_b')]
  const problems = (renames: Rename[], declined: Renames['declined'] = []): string[] =>
    renameProblems(releases, { about: '', renames, declined }).map(
      ({ rule, message, keys }) => `${keys.join('.')} ${rule} ${message}`,
    )
  const right = rename('bpf_x_a', 'bpf_x_b', '6.19')
  const about = 'renames.0.in rename-date bpf_x_a → bpf_x_b:'

  test.each<[string, Rename[], Renames['declined'], string[]]>([
    ['a proposal that is confirmed', [right], [], []],
    ['a proposal that is declined', [], [{ from: 'bpf_x_a', to: 'bpf_x_b', because: 'no' }], []],
    [
      'a proposal that no one answered',
      [],
      [],
      [
        ' rename-open bpf_x_a may have become bpf_x_b between 6.18 and 6.19; read the sources, then add the pair to "renames" or "declined"',
      ],
    ],
    [
      'an end that does not exist',
      [right, rename('bpf_x_a', 'bpf_c', '6.19')],
      [],
      ['renames.1.to rename-name no release has a kfunc bpf_c; correct the name, or take the pair out'],
    ],
    [
      'a date before the old name',
      [rename('bpf_x_a', 'bpf_x_b', '6.18')],
      [],
      [`${about} no release before 6.18 has bpf_x_a; correct "in"`],
    ],
    [
      'a date after all',
      [rename('bpf_x_a', 'bpf_x_b', '7.0')],
      [],
      [
        `${about} bpf_x_a is gone in 6.19, before 7.0; correct "in"`,
        `${about} no release from 7.0 on has bpf_x_b; the rename has no effect`,
      ],
    ],
    [
      'an answer to what is not asked',
      [right],
      [{ from: 'bpf_x_b', to: 'bpf_x_a', because: 'no' }],
      ['declined.0 rename-idle bpf_x_b → bpf_x_a is not proposed; take it out of "declined"'],
    ],
    [
      'one pair twice',
      [right, right],
      [],
      ['renames.1 rename-twice bpf_x_a → bpf_x_b stands here twice; leave one'],
    ],
    [
      'one pair confirmed and declined',
      [right],
      [{ from: 'bpf_x_a', to: 'bpf_x_b', because: 'no' }],
      ['declined.0 rename-twice bpf_x_a → bpf_x_b stands here twice; leave one'],
    ],
  ])('%s', (_, renames, declined, expected) => {
    expect(problems(renames, declined)).toEqual(expected)
  })
})

describe('content/renames.json', () => {
  const known = loadKnowledge().renames
  const releases = loadReleases()

  test('nothing is wrong with it, and no proposal is left unanswered', () => {
    expect(renameProblems(releases, known)).toEqual([])
  })

  test('every place is in a release that was read', () => {
    const tags = new Set(releases.map(({ release }) => release.tag))
    expect(known.renames.filter(({ at }) => at && !tags.has(at.tag))).toEqual([])
  })

  test.each([
    ['scx_bpf_dispatch', '6.12', 'scx_bpf_dsq_insert'],
    ['bpf_stream_vprintk', '6.17', 'bpf_stream_vprintk_impl'],
    ['bpf_stream_vprintk', '7.3', null],
    ['bpf_wq_set_callback_impl', '6.12', 'bpf_wq_set_callback'],
    ['bpf_obj_new_impl', '7.3', 'bpf_obj_new'],
    ['cgroup_rstat_flush', '6.1', 'css_rstat_flush'],
    ['scx_bpf_cpu_rq', '7.2', 'scx_bpf_locked_rq'],
    ['bpf_task_acquire', '7.3', null],
  ])('%s in %s: use %s', (name, id, successor) => {
    expect(replacedBy(name, id, releases, known.renames)).toBe(successor)
  })
})
