import { expect, test } from 'vitest'
import { scan } from '#lib/c/scan.ts'
import { findDemands } from '#lib/kfunc/demands.ts'

const demands = (text: string, path = 'kernel/bpf/verifier.c') => findDemands([scan({ path, text })])
const refusal = (condition: string, message: string) =>
  `static int check_kfunc_call(void)\n{\n\tif (${condition}) {\n\t\tverbose(env, ${message});\n\t\treturn -EACCES;\n\t}\n}\n`

test('a capability that the test of a flag asks for is a demand of that flag', () => {
  const found = demands(
    `static bool is_kfunc_deadly(struct meta *meta)\n{\n\treturn meta->kfunc_flags & KF_DEADLY;\n}\n${refusal(
      'is_kfunc_deadly(&meta) && !capable(CAP_SYS_BOOT)',
      '"deadly kfuncs " "need CAP_SYS_BOOT\\n"',
    )}`,
  )
  expect(found).toEqual([
    {
      flag: 'KF_DEADLY',
      condition: 'is_kfunc_deadly(&meta) && !capable(CAP_SYS_BOOT)',
      message: 'deadly kfuncs need CAP_SYS_BOOT\\n',
      at: { path: 'kernel/bpf/verifier.c', line: 7 },
    },
  ])
})

test('a flag may stand in the condition itself, and the statement without braces', () => {
  const text =
    'if (*kfunc_flags & KF_DEADLY && !ok)\n\tverbose(env, "CAP_SYS_BOOT is needed for %s", name);\n'
  expect(demands(text).map(({ flag, message }) => [flag, message])).toEqual([
    ['KF_DEADLY', 'CAP_SYS_BOOT is needed for %s'],
  ])
})

test('the licence is demanded for every kfunc', () => {
  const text = refusal(
    '!env->prog->gpl_compatible',
    '"cannot call kernel function from non-GPL compatible program\\n"',
  )
  expect(demands(text).map(({ flag }) => flag)).toEqual([null])
})

test('other refusals are none: of helpers, of arguments, of flags without a capability', () => {
  expect(
    demands(
      refusal(
        '!env->prog->gpl_compatible && fn->gpl_only',
        '"cannot call GPL-restricted function from here"',
      ) +
        refusal(
          'is_kfunc_acquire(&meta) && !pointer',
          '"acquire kernel function does not return PTR_TO_BTF_ID"',
        ) +
        refusal('flags & KF_SLEEPABLE && !sleepable', '"program must be sleepable"'),
    ),
  ).toEqual([])
})

test('only the verifier demands', () => {
  const text = refusal('!gpl', '"cannot call kernel function from non-GPL compatible program"')
  expect(demands(text, 'net/core/filter.c')).toEqual([])
})
