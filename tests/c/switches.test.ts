import { describe, expect, it } from 'vitest'
import { tokenize } from '#lib/c/scan.ts'
import { readSwitch } from '#lib/c/switches.ts'

describe('the arms of a switch', () => {
  it.each([
    [
      '{ switch (t) { case A: return X; case B: case C: return f(Y, 1); default: return Z; } }',
      [
        ['A', 'X'],
        ['B', 'C', 'f(Y, 1)'],
        ['default', 'Z'],
      ],
    ],
    [
      'switch (t) { case A ... B: { return X; } case C: break; case D: y = 1; return Y; }',
      [
        ['A ... B', 'X'],
        ['C', null],
        ['D', null],
      ],
    ],
    [
      'switch (t) { case A: switch (u) { case B: return 1; } fallthrough; default: return X; }',
      [
        ['A', null],
        ['default', 'X'],
      ],
    ],
    ['switch (t) { case A: return;', [['A', '']]],
    ['return X;', []],
    ['switch (t', []],
  ])('of %j', (text, expected) => {
    expect(readSwitch(tokenize(text)).map(({ labels, returns }) => [...labels, returns])).toEqual(expected)
  })
})
