import { describe, expect, test } from 'vitest'
import { printPrototype, printType } from '#lib/btf/print.ts'
import { BtfBuilder, type NameAndType } from '../support/btf-bytes.ts'

/** The types that the tables below speak of. */
function vocabulary(b: BtfBuilder) {
  const int = b.int('int', { encoding: 1 })
  const char = b.int('char', { size: 1 })
  const ulong = b.int('long unsigned int', { size: 8 })
  const task = b.struct('task_struct')
  return { int, char, ulong, task, u32: b.typedef('u32', int) }
}
type Words = ReturnType<typeof vocabulary>

describe('a type is printed as C declares it', () => {
  const cases: [text: string, name: string, make: (b: BtfBuilder, w: Words) => number][] = [
    ['void', '', () => 0],
    ['void *p', 'p', (b) => b.ptr(0)],
    ['int', '', (_, w) => w.int],
    ['unsigned long x', 'x', (_, w) => w.ulong],
    ['bool ok', 'ok', (b) => b.int('_Bool', { size: 1, encoding: 4 })],
    ['unsigned short', '', (b) => b.int('short unsigned int', { size: 2 })],
    ['long long', '', (b) => b.int('long long int', { size: 8 })],
    ['unsigned long long', '', (b) => b.int('long long unsigned int', { size: 8 })],
    ['unsigned __int128', '', (b) => b.int('__int128 unsigned', { size: 16 })],
    ['double d', 'd', (b) => b.float('double', 8)],
    ['u32 x', 'x', (_, w) => w.u32],
    ['struct task_struct *', '', (b, w) => b.ptr(w.task)],
    ['struct task_struct **p', 'p', (b, w) => b.ptr(b.ptr(w.task))],
    ['const char *', '', (b, w) => b.ptr(b.const(w.char))],
    ['char *const p', 'p', (b, w) => b.const(b.ptr(w.char))],
    ['char *const', '', (b, w) => b.const(b.ptr(w.char))],
    ['const char *const *p', 'p', (b, w) => b.ptr(b.const(b.ptr(b.const(w.char))))],
    ['const volatile int x', 'x', (b, w) => b.const(b.volatile(w.int))],
    ['const int x', 'x', (b, w) => b.const(b.const(w.int))],
    ['char *restrict s', 's', (b, w) => b.restrict(b.ptr(w.char))],
    ['const void *', '', (b) => b.ptr(b.const(0))],
    ['char comm[16]', 'comm', (b, w) => b.array(w.char, 16)],
    ['char[16]', '', (b, w) => b.array(w.char, 16)],
    ['int m[2][3]', 'm', (b, w) => b.array(b.array(w.int, 3), 2)],
    ['const int a[3]', 'a', (b, w) => b.const(b.array(w.int, 3))],
    ['char (*p)[16]', 'p', (b, w) => b.ptr(b.array(w.char, 16))],
    ['char *p[16]', 'p', (b, w) => b.array(b.ptr(w.char), 16)],
    ['union u x', 'x', (b) => b.union('u')],
    ['enum e x', 'x', (b) => b.enum('e')],
    ['enum big x', 'x', (b) => b.enum64('big')],
    ['struct later *', '', (b) => b.ptr(b.fwd('later', 'struct'))],
    ['union later *', '', (b) => b.ptr(b.fwd('later', 'union'))],
    ['struct { ... } *p', 'p', (b) => b.ptr(b.struct(''))],
    ['enum { ... }', '', (b) => b.enum('')],
    ['struct task_struct *p', 'p', (b, w) => b.ptr(b.typeTag('rcu', w.task))],
    ['const char *p', 'p', (b, w) => b.ptr(b.const(b.typeTag('user', w.char)))],
    ['int (*)(void *)', '', (b, w) => b.ptr(b.funcProto(w.int, [['', b.ptr(0)]]))],
    ['int (*cb)(void *ctx)', 'cb', (b, w) => b.ptr(b.funcProto(w.int, [['ctx', b.ptr(0)]]))],
    ['int (*const cb)(void)', 'cb', (b, w) => b.const(b.ptr(b.funcProto(w.int)))],
    ['int (*cb)(void)', 'cb', (b, w) => b.ptr(b.typeTag('rcu', b.funcProto(w.int)))],
    ['int (*ops[4])(int)', 'ops', (b, w) => b.array(b.ptr(b.funcProto(w.int, [['', w.int]])), 4)],
    [
      'int (*(*f)(int))(void)',
      'f',
      (b, w) => {
        const inner = b.ptr(b.funcProto(w.int))
        return b.ptr(b.funcProto(inner, [['', w.int]]))
      },
    ],
  ]
  test.each(cases)('%s', (text, name, make) => {
    const builder = new BtfBuilder()
    const id = make(builder, vocabulary(builder))
    expect(printType(builder.parse(), id, name)).toBe(text)
  })
})

describe('a prototype', () => {
  function print(make: (b: BtfBuilder, w: Words) => { returns: number; parameters: NameAndType[] }) {
    const builder = new BtfBuilder()
    const { returns, parameters } = make(builder, vocabulary(builder))
    const func = builder.func('bpf_x', builder.funcProto(returns, parameters))
    return printPrototype(builder.parse(), func)
  }

  test('with no parameters says void', () => {
    expect(print(() => ({ returns: 0, parameters: [] }))).toEqual({
      text: 'void bpf_x(void)',
      returns: 'void',
      parameters: [],
      typedefs: [],
    })
  })

  test('puts the star of its return type against the name', () => {
    const { text, returns } = print((b, w) => ({
      returns: b.ptr(w.task),
      parameters: [['p', b.ptr(w.task)]],
    }))
    expect([text, returns]).toEqual([
      'struct task_struct *bpf_x(struct task_struct *p)',
      'struct task_struct *',
    ])
  })

  test('ends with dots when it is variadic', () => {
    const { text, parameters } = print((_, w) => ({
      returns: 0,
      parameters: [
        ['a', w.int],
        ['', 0],
      ],
    }))
    expect([text, parameters]).toEqual([
      'void bpf_x(int a, ...)',
      [{ name: 'a', type: 'int', text: 'int a' }],
    ])
  })

  test('spells a callback with and without its name', () => {
    const { text, parameters } = print((b, w) => {
      const callback = b.funcProto(w.int, [
        ['', b.ptr(0)],
        ['', b.ptr(w.int)],
        ['', b.ptr(0)],
      ])
      return { returns: w.int, parameters: [['callback_fn', b.ptr(callback)]] }
    })
    expect(text).toBe('int bpf_x(int (*callback_fn)(void *, int *, void *))')
    expect(parameters).toEqual([
      {
        name: 'callback_fn',
        type: 'int (*)(void *, int *, void *)',
        text: 'int (*callback_fn)(void *, int *, void *)',
      },
    ])
  })

  test('lists the callback typedefs it names once each, in order, and those that they name', () => {
    const { text, typedefs } = print((b, w) => {
      const inner = b.typedef('inner_t', b.ptr(b.funcProto(0)))
      const first = b.typedef(
        'first_t',
        b.ptr(
          b.funcProto(w.int, [
            ['key', b.ptr(0)],
            ['next', inner],
          ]),
        ),
      )
      const second = b.typedef('second_t', b.funcProto(0, [['x', w.u32]]))
      return {
        returns: w.int,
        parameters: [
          ['a', second],
          ['b', first],
          ['c', b.ptr(second)],
        ],
      }
    })
    expect(text).toBe('int bpf_x(second_t a, first_t b, second_t *c)')
    expect(typedefs).toEqual([
      'typedef void second_t(u32 x)',
      'typedef int (*first_t)(void *key, inner_t next)',
      'typedef void (*inner_t)(void)',
    ])
  })
})

describe('what cannot be printed is refused', () => {
  test.each<[string, string, (b: BtfBuilder) => number]>([
    ['a pointer to itself', 'goes in circles', (b) => b.ptr(b.nextId)],
    ['a const of itself', 'goes in circles', (b) => b.const(b.nextId)],
    [
      'a function that takes itself, twice',
      'goes in circles',
      (b) => {
        return b.funcProto(0, [
          ['', b.nextId],
          ['', b.nextId],
        ])
      },
    ],
    ['a pointer to a const of itself', 'go in circles', (b) => b.ptr(b.const(b.nextId))],
    ['a variable', 'type 1 is a VAR, which C cannot spell as a type', (b) => b.var('x', 0)],
    ['a type that is not there', 'BTF type 99: no such type', (b) => b.ptr(99)],
  ])('%s', (_, message, make) => {
    const builder = new BtfBuilder()
    const id = make(builder)
    expect(() => printType(builder.parse(), id)).toThrow(message)
  })

  test('the prototype of something that is no function', () => {
    const builder = new BtfBuilder()
    builder.func('bpf_x', builder.int('int'))
    const btf = builder.parse('vmlinux')
    expect(() => printPrototype(btf, 1)).toThrow('vmlinux: prototype of BTF type 1: a INT, FUNC expected')
    expect(() => printPrototype(btf, 2)).toThrow('its type is a INT, FUNC_PROTO expected')
  })
})
