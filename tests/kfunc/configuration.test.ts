/** What must be configured for a kfunc, and for one registration of it. */
import { expect, test } from 'vitest'
import { factsWith, setOf } from '../support/kernel-fixture.ts'

const kset = 'static const struct btf_kfunc_id_set kset = { .owner = THIS_MODULE, .set = &a_ids };'
const kfunc = '__bpf_kfunc int bpf_a(void)\n{\n\treturn 0;\n}\n'

async function configOf(text: string, makefile: string) {
  const { kfuncs, diagnostics } = await factsWith({ 'kernel/a/a.c': text, 'kernel/a/Makefile': makefile })
  const found = kfuncs.find(({ name }) => name === 'bpf_a')
  return {
    config: found?.gating?.config,
    registrations: found?.registrations.map(({ programType, config }) => [
      programType.replace('BPF_PROG_TYPE_', ''),
      config,
    ]),
    complaints: diagnostics.map(({ rule }) => rule),
  }
}

const body = (registrations: string) =>
  `${setOf('a_ids', 'bpf_a')}${kfunc}${kset}\nstatic int __init a_init(void)\n{\n\tint ret = 0;\n${registrations}\n}\n`

test('the Makefile and the #if around a set are asked together', async () => {
  const text = `#ifdef CONFIG_NET\n${body('\treturn register_btf_kfunc_id_set(BPF_PROG_TYPE_XDP, &kset);')}#endif\n`
  expect(await configOf(text, 'obj-$(CONFIG_BPF_LSM) += a.o\n')).toEqual({
    config: ['CONFIG_BPF_LSM', 'CONFIG_NET'],
    registrations: [['XDP', []]],
    complaints: [],
  })
})

test('a registration behind IS_ENABLED() asks for more than the others', async () => {
  const early = `
	ret = register_btf_kfunc_id_set(BPF_PROG_TYPE_LSM, &kset);
	if (ret || !IS_ENABLED(CONFIG_BINFMT_MISC_BPF))
		return ret;
	return register_btf_kfunc_id_set(BPF_PROG_TYPE_STRUCT_OPS, &kset);`
  const around = `
	ret = register_btf_kfunc_id_set(BPF_PROG_TYPE_LSM, &kset);
	if (!ret && IS_ENABLED(CONFIG_BINFMT_MISC_BPF)) {
		ret = register_btf_kfunc_id_set(BPF_PROG_TYPE_STRUCT_OPS, &kset);
	}
	return ret;`
  for (const registrations of [early, around])
    expect(await configOf(body(registrations), 'obj-y += a.o\n')).toEqual({
      config: [],
      registrations: [
        ['LSM', []],
        ['STRUCT_OPS', ['CONFIG_BINFMT_MISC_BPF']],
      ],
      complaints: [],
    })
})

test('an #if is no gate where its #else defines the kfunc as well, unless the entry stands in it too', async () => {
  const stub = kfunc.replace('return 0', 'return -EOPNOTSUPP')
  const register = '\treturn register_btf_kfunc_id_set(BPF_PROG_TYPE_XDP, &kset);'
  const defined = (code: string, entry = 'BTF_ID_FLAGS(func, bpf_a)'): string =>
    body(register).replace(kfunc, code).replace('BTF_ID_FLAGS(func, bpf_a)', entry)
  const configured = async (text: string) => (await configOf(text, 'obj-$(CONFIG_BPF) += a.o\n')).config
  const both = `#ifdef CONFIG_SUB\n${kfunc}#else\n${stub}#endif\n`
  expect(await configured(defined(both))).toEqual(['CONFIG_BPF'])
  expect(await configured(defined(both.replace('#else', '#elif defined(CONFIG_B)')))).toEqual([
    'CONFIG_BPF',
    'CONFIG_SUB',
  ])
  expect(await configured(defined(`#ifdef CONFIG_SUB\n${kfunc}#endif\n`))).toEqual([
    'CONFIG_BPF',
    'CONFIG_SUB',
  ])
  const entry = '#ifdef CONFIG_SUB\nBTF_ID_FLAGS(func, bpf_a)\n#endif'
  expect(await configured(defined(both, entry))).toEqual(['CONFIG_BPF', 'CONFIG_SUB'])
})

test('a file that no Makefile names is reported, and its configuration is not known', async () => {
  const text = body('\treturn register_btf_kfunc_id_set(BPF_PROG_TYPE_XDP, &kset);')
  expect(await configOf(text, 'obj-y += b.o\n')).toEqual({
    config: undefined,
    registrations: [['XDP', null]],
    complaints: ['config-unread'],
  })
})
