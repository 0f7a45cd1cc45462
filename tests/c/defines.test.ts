import { describe, expect, it } from 'vitest'
import { type Define, defineBefore, expandMacros, findDefines } from '#lib/c/defines.ts'
import { textOf } from '#lib/c/match.ts'
import { scan, tokenize } from '#lib/c/scan.ts'

const definesOf = (text: string) => findDefines(scan({ path: 'case.c', text }))

function expanded(text: string): string {
  const file = scan({ path: 'case.c', text })
  const defines = findDefines(file)
  return textOf(expandMacros(file.tokens, (name, offset) => defineBefore(defines, name, offset)))
}

describe('macro definitions', () => {
  it('have a name, parameters and a body on one line', () => {
    const text =
      '#define A (1 << 0) /* a */\n#define B(x, y...) \\\n\tf(x)\n#define C\n# define D() d\n#define E (x)'
    expect(definesOf(text).map(({ name, params, body }) => [name, params, body])).toEqual([
      ['A', null, '(1 << 0)'],
      ['B', ['x', 'y...'], 'f(x)'],
      ['C', null, ''],
      ['D', [], 'd'],
      ['E', null, '(x)'],
    ])
  })
})

describe('expansion', () => {
  it.each([
    ['#define A 1 + B\n#define B 2\nA', '1 + 2'],
    ['#define F(x) g(x, x)\nF(a); F', 'g(a, a); F'],
    ['#define A A + B\n#define B A\nA', 'A + A'],
    ['#define F(x, ...) g(x, __VA_ARGS__)\nF(1, 2, 3)', 'g(1, 2, 3)'],
    ['#define F(x, rest...) g(rest)\nF(1, 2, 3)', 'g(2, 3)'],
    ['#define NAME(x) bpf_##x##_id\nNAME(map)', 'bpf_map_id'],
    ['#define F(f, ...) E(func, f, ##__VA_ARGS__)\nF(bpf_x, KF_A | KF_B)', 'E(func, bpf_x, KF_A | KF_B)'],
    ['#define F(f, rest...) E(func, f, ##rest)\nF(bpf_x)', 'E(func, bpf_x)'],
    ['#define S(x) #x\nS(a b)', '"a b"'],
    ['#define F(x) x\nF(', 'F('],
    ['#define A 1\nA\n#define A 2\nA', '1 2'],
    ['#define NONE()\nNONE() a', 'a'],
  ])('of %j', (text, expected) => {
    expect(expanded(text)).toBe(expected)
  })

  it('reads the list of XDP metadata kfuncs, which a header writes as a list of macro calls', () => {
    const header = definesOf(
      '#define XDP_METADATA_KFUNC_xxx\t\\\n\tXDP_METADATA_KFUNC(XDP_METADATA_KFUNC_RX_HASH, \\\n\t\t\t   NETDEV_XDP_RX_METADATA_HASH, \\\n\t\t\t   bpf_xdp_metadata_rx_hash, \\\n\t\t\t   xmo_rx_hash) \\\n\n',
    )
    const file = scan({
      path: 'net/core/xdp.c',
      text: 'BTF_KFUNCS_START(ids)\n#define XDP_METADATA_KFUNC(_, __, name, ___) BTF_ID_FLAGS(func, name, KF_TRUSTED_ARGS)\nXDP_METADATA_KFUNC_xxx\n#undef XDP_METADATA_KFUNC\nBTF_KFUNCS_END(ids)',
    })
    const own = findDefines(file)
    const lookup = (name: string, offset: number) =>
      defineBefore(own, name, offset) ?? defineBefore(header, name, Number.POSITIVE_INFINITY)
    const tokens = expandMacros(file.tokens, lookup)
    expect(textOf(tokens)).toBe(
      'BTF_KFUNCS_START(ids) BTF_ID_FLAGS(func, bpf_xdp_metadata_rx_hash, KF_TRUSTED_ARGS) BTF_KFUNCS_END(ids)',
    )
    const name = tokens.find(({ text }) => text === 'bpf_xdp_metadata_rx_hash')
    expect(file.source.text.slice(name?.start, name?.end)).toBe('XDP_METADATA_KFUNC_xxx')
  })

  it('ends for macros that double with every level', () => {
    const nest: Define[] = Array.from({ length: 60 }, (_, level) => ({
      name: `A${level}`,
      params: null,
      body: `A${level + 1} A${level + 1}`,
      start: 0,
    }))
    const tokens = expandMacros(tokenize('A0'), (name) => nest.find((define) => define.name === name) ?? null)
    expect(tokens.length).toBeGreaterThan(1000)
  })
})
