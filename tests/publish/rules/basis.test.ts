/** Which releases have a rule, and what is told of one whose source was not read. */
import { describe, expect, test } from 'vitest'
import type { StoredRule } from '#lib/model/places.ts'
import { hasRule, kfuncsOfRule, placeOfRule } from '#lib/publish/rules/basis.ts'

const table = (...rules: readonly StoredRule[]) => new Map(rules.map((rule) => [rule.of, rule]))
const OLD = table(
  { of: 'v.c#old_name', line: 7, kfuncs: ['bpf_a', 'bpf_b'] },
  { of: 'v.c#new_name~x(', line: null },
  { of: 'v.c#gone', line: 9 },
)
const NEW = table(
  { of: 'v.c#old_name', line: null },
  { of: 'v.c#new_name~x(', path: 'moved.c', line: 3, kfuncs: ['bpf_b', 'bpf_c'] },
  { of: 'v.c#gone', line: null },
)
const BASIS = ['v.c#new_name~x(', 'v.c#old_name']

describe('a rule', () => {
  test('holds by the name that a release has, at its line', () => {
    expect(placeOfRule(BASIS, { rules: [OLD] })).toEqual({ path: 'v.c', line: 7, function: 'old_name' })
    expect(placeOfRule(BASIS, { rules: [NEW] })).toEqual({ path: 'moved.c', line: 3, function: 'new_name' })
  })

  test('does not hold where none of its places is, or none was looked up', () => {
    expect(hasRule(['v.c#gone'], { rules: [OLD] })).toBe(true)
    expect(hasRule(['v.c#gone'], { rules: [NEW] })).toBe(false)
    expect(hasRule(['v.c#other'], { rules: [OLD] })).toBe(false)
  })

  test('holds without source where the releases before and after have it, at no line', () => {
    expect(placeOfRule(BASIS, { rules: [OLD, NEW] })).toEqual({
      path: 'v.c',
      line: null,
      function: 'old_name',
    })
    expect(kfuncsOfRule(BASIS, { rules: [OLD, NEW] })).toEqual(['bpf_b'])
  })

  test('is not told without source where they differ, or one is missing', () => {
    expect(hasRule(['v.c#gone'], { rules: [OLD, NEW] })).toBe(false)
    expect(hasRule(BASIS, { rules: [] })).toBe(false)
    expect(kfuncsOfRule(['v.c#gone'], { rules: [OLD, NEW] })).toEqual([])
  })

  test('without a place holds everywhere', () => {
    expect(hasRule([], { rules: [] })).toBe(true)
    expect(placeOfRule([], { rules: [OLD] })).toBeNull()
  })
})
