import { describe, expect, it } from 'vitest'
import { findCalls, matchingClose, splitArguments, textOf } from '#lib/c/match.ts'
import { scan, tokenize } from '#lib/c/scan.ts'

describe('the closing bracket', () => {
  it.each([
    ['(a, [b], {c})', 10],
    ['(a', -1],
    ['(a]', -1],
    ['a', -1],
  ])('of %j is token %i', (text, expected) => {
    expect(matchingClose(tokenize(text), 0)).toBe(expected)
  })
})

describe('arguments', () => {
  it.each([
    ['()', []],
    ['(a)', ['a']],
    ['(a, f(b, c), {d, e})', ['a', 'f(b, c)', '{ d, e }']],
    ['(a,)', ['a', '']],
  ])('of %j', (text, expected) => {
    const tokens = tokenize(text)
    const parts = splitArguments(tokens, 0, tokens.length - 1)
    expect(parts.map((part) => textOf(part))).toEqual(expected)
  })
})

describe('calls', () => {
  const find = (text: string, ...names: string[]) => findCalls(scan({ path: 'case.c', text }), new Set(names))

  it('are found over several lines and inside other expressions', () => {
    const text =
      'int init(void) {\n\tret = ret ?: reg(BPF_PROG_TYPE_XDP,\n\t\t&kset);\n\tif ((ret = reg(A, &b)))\n\t\treturn;\n}'
    const calls = find(text, 'reg')
    expect(calls.map(({ args, depth }) => ({ args, depth }))).toEqual([
      { args: ['BPF_PROG_TYPE_XDP', '&kset'], depth: 1 },
      { args: ['A', '&b'], depth: 1 },
    ])
    expect(text.slice(calls[0]?.start, calls[0]?.end)).toBe('reg(BPF_PROG_TYPE_XDP,\n\t\t&kset)')
  })

  it('at file level are macros, with or without a semicolon', () => {
    const text =
      'BTF_ID_FLAGS(func, f, KF_IMPLICIT_ARGS | KF_RCU);\nBTF_ID_FLAGS(func, g, /* why */ KF_RCU |\n\tKF_SLEEPABLE)\nBTF_ID_FLAGS(func, h)'
    expect(find(text, 'BTF_ID_FLAGS').map(({ args, depth }) => [...args, depth])).toEqual([
      ['func', 'f', 'KF_IMPLICIT_ARGS | KF_RCU', 0],
      ['func', 'g', 'KF_RCU | KF_SLEEPABLE', 0],
      ['func', 'h', 0],
    ])
  })

  it('without a closing parenthesis are left out', () => {
    expect(find('f(a; }', 'f')).toEqual([])
  })

  it('in comments, strings and macro definitions are no calls', () => {
    expect(find('/* f(a) */ "f(a)"\n#define X f(a)\n', 'f')).toEqual([])
  })
})

describe('tokens as text', () => {
  it.each([
    ['KF_ACQUIRE|KF_RCU', 'KF_ACQUIRE | KF_RCU'],
    ['f(a,b)', 'f(a, b)'],
    ['(u32)x*2', '(u32)x * 2'],
    ['a*b-c', 'a * b - c'],
    ['struct   task_struct*task', 'struct task_struct *task'],
    ['const char*const*p', 'const char *const *p'],
    ['f(*p,&q,!x,-1)', 'f(*p, &q, !x, -1)'],
    ['(struct foo*)p', '(struct foo *)p'],
    ['sizeof(struct foo)', 'sizeof(struct foo)'],
    ['a?:b', 'a ?: b'],
    ['x->y.z[1]', 'x->y.z[1]'],
    ['{.a=1,.b={2}}', '{ .a = 1, .b = { 2 } }'],
    ['bool(less)(struct a*b)', 'bool (less)(struct a *b)'],
    ['int(*f)(void)', 'int (*f)(void)'],
    ['if(x)return-EINVAL;', 'if (x) return -EINVAL;'],
    ['(1<<3)|~0', '(1 << 3) | ~0'],
    ['x&&*y', 'x && *y'],
    ['BIT(BPF_PROG_TYPE_MAX-1)', 'BIT(BPF_PROG_TYPE_MAX - 1)'],
  ])('%j is %j', (text, expected) => {
    expect(textOf(tokenize(text))).toBe(expected)
  })
})
