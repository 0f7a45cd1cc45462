import { describe, expect, it } from 'vitest'
import { findInitialisers } from '#lib/c/initialisers.ts'
import { scan } from '#lib/c/scan.ts'

const find = (text: string) =>
  findInitialisers(scan({ path: 'case.c', text }), 'btf_kfunc_id_set').map(({ name, fields }) => [
    name,
    Object.fromEntries(fields),
  ])

describe('initialisers of one struct', () => {
  it.each([
    [
      'with alignment and a trailing comma',
      'static const struct btf_kfunc_id_set k = {\n\t.owner\t= THIS_MODULE,\n\t.set\t= &s,\n\t.filter\t= f,\n};',
      [['k', { owner: 'THIS_MODULE', set: '&s', filter: 'f' }]],
    ],
    [
      'on one line, inside a function',
      'int f(void) { struct btf_kfunc_id_set const k = { .set = &s }; }',
      [['k', { set: '&s' }]],
    ],
    [
      'with a directive between the fields',
      'struct btf_kfunc_id_set k __initdata = {\n#ifdef A\n.set = &s,\n#endif\n};',
      [['k', { set: '&s' }]],
    ],
    [
      'as an array',
      'static struct btf_kfunc_id_set arr[] = { { .set = &a }, { .set = &b } };',
      [['arr', {}]],
    ],
  ])('%s', (_title, text, expected) => {
    expect(find(text)).toEqual(expected)
  })

  it('are no declarations, parameters or other structs', () => {
    const text =
      'struct btf_kfunc_id_set { int a; };\nextern struct btf_kfunc_id_set k;\nint f(const struct btf_kfunc_id_set *k) { }\nstruct other k = { .set = 1 };\nstruct btf_kfunc_id_set k = {'
    expect(find(text)).toEqual([])
  })

  it('span the whole declaration', () => {
    const text = 'int a; static const struct btf_kfunc_id_set k = { .set = &s };'
    const [found] = findInitialisers(scan({ path: 'case.c', text }), 'btf_kfunc_id_set')
    expect(text.slice(found?.start, found?.end)).toBe(
      'static const struct btf_kfunc_id_set k = { .set = &s }',
    )
  })
})
