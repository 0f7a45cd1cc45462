/** What preprocessor conditions ask of the configuration. */
import { describe, expect, it } from 'vitest'
import { conditionsAt } from '#lib/c/conditions.ts'
import { scan } from '#lib/c/scan.ts'
import { waysOf } from '#lib/kbuild/conditions-to-config.ts'
import { requirementsOf } from '#lib/kbuild/requirements.ts'

function needsAt(text: string) {
  const file = scan({ path: 'case.c', text })
  return requirementsOf(waysOf(conditionsAt(file, text.indexOf('HERE'))), new Set())
}

const none = { config: [], off: [], alternatives: [], other: [] }

describe('preprocessor conditions', () => {
  it.each([
    ['#ifdef CONFIG_A\nHERE', { config: ['CONFIG_A'] }],
    ['#if defined(CONFIG_A)\nHERE', { config: ['CONFIG_A'] }],
    ['#if defined CONFIG_A\nHERE', { config: ['CONFIG_A'] }],
    ['#if CONFIG_A\nHERE', { config: ['CONFIG_A'] }],
    ['#if IS_ENABLED(CONFIG_A)\nHERE', { config: ['CONFIG_A'] }],
    ['#if IS_BUILTIN(CONFIG_A)\nHERE', { config: ['CONFIG_A'] }],
    ['#if IS_MODULE( CONFIG_A )\nHERE', { config: ['CONFIG_A'] }],
    ['#if IS_REACHABLE(CONFIG_A)\nHERE', { config: ['CONFIG_A'] }],
    ['#ifdef CONFIG_A_MODULE\nHERE', { config: ['CONFIG_A'] }],
    ['#if defined(CONFIG_A) && defined(CONFIG_B)\nHERE', { config: ['CONFIG_A', 'CONFIG_B'] }],
    ['#ifdef CONFIG_A\n#ifdef CONFIG_B\nHERE', { config: ['CONFIG_A', 'CONFIG_B'] }],
    ['#if defined(CONFIG_A) || defined(CONFIG_B)\nHERE', { alternatives: [['CONFIG_A'], ['CONFIG_B']] }],
    [
      '#if defined(CONFIG_A) || defined(CONFIG_A_MODULE)\nHERE',
      { config: ['CONFIG_A'], alternatives: [['CONFIG_A=y'], ['CONFIG_A=m']] },
    ],
    [
      '#if defined(CONFIG_A) && (defined(CONFIG_B) || IS_ENABLED(CONFIG_C))\nHERE',
      { config: ['CONFIG_A'], alternatives: [['CONFIG_B'], ['CONFIG_C']] },
    ],
    ['#ifndef CONFIG_A\nHERE', { off: ['CONFIG_A'] }],
    ['#if !IS_ENABLED(CONFIG_A)\nHERE', { off: ['CONFIG_A'] }],
    ['#ifdef CONFIG_A\n#else\nHERE', { off: ['CONFIG_A'] }],
    ['#if !(defined(CONFIG_A) || defined(CONFIG_B))\nHERE', { off: ['CONFIG_A', 'CONFIG_B'] }],
    [
      '#if !(defined(CONFIG_A) && defined(CONFIG_B))\nHERE',
      { alternatives: [['CONFIG_A=n'], ['CONFIG_B=n']] },
    ],
    ['#ifdef CONFIG_A\n#elif defined(CONFIG_B)\nHERE', { config: ['CONFIG_B'], off: ['CONFIG_A'] }],
    ['#if defined(CONFIG_A) && BITS > 32\nHERE', { config: ['CONFIG_A'], other: ['BITS > 32'] }],
    ['#if CONFIG_HZ > 100\nHERE', { other: ['CONFIG_HZ > 100'] }],
    [
      '#if (CONFIG_HZ + 1) > 100 && defined(CONFIG_A)\nHERE',
      { config: ['CONFIG_A'], other: ['(CONFIG_HZ + 1) > 100'] },
    ],
    ['#if !(CONFIG_HZ != 100)\nHERE', { other: ['!(CONFIG_HZ != 100)'] }],
    ['#if F(CONFIG_A, 1)\nHERE', { other: ['F(CONFIG_A, 1)'] }],
    ['#if defined(CONFIG_A))\nHERE', { other: ['defined(CONFIG_A))'] }],
    ['#if defined(CONFIG_A) ||\nHERE', { other: ['defined(CONFIG_A) ||'] }],
    ['#ifndef _LINUX_X_H\nHERE', {}],
    ['#ifdef __cplusplus\n#else\nHERE', {}],
    ['HERE', {}],
  ])('%j', (text, expected) => {
    expect(needsAt(text)).toEqual({ ...none, ...expected })
  })

  it('with more alternatives than anyone reads are cut down to what all share', () => {
    const line = (letter: string): string =>
      `#if ${Array.from({ length: 9 }, (_, at) => `defined(CONFIG_${letter}${at})`).join(' || ')}\n`
    expect(needsAt(`#ifdef CONFIG_X\n${line('A')}${line('B')}HERE`)).toEqual({
      ...none,
      config: ['CONFIG_X'],
      other: ['one of 81 combinations of symbols'],
    })
  })
})
