/** The configuration that code asks for as it runs, before it comes to a place. */
import { expect, test } from 'vitest'
import { scan } from '#lib/c/scan.ts'
import { enabledAt } from '#lib/kfunc/enabled.ts'

/** The conditions at HERE, in the body of a function. */
function conditions(body: string): string[] {
  const file = scan({
    path: 'a.c',
    text: `int before(void)\n{\n\tif (!IS_ENABLED(CONFIG_Z))\n\t\treturn 0;\n}\nint f(void)\n{\n${body}\n}\n`,
  })
  const index = file.tokens.findIndex(({ text }) => text === 'HERE')
  return enabledAt(file, index).map(({ text, negated }) => `${negated ? '!' : ''}${text}`)
}

const A = 'IS_ENABLED(CONFIG_A)'
test.each([
  ['a return before it', 'if (!IS_ENABLED(CONFIG_A)) return 0; HERE();', [A]],
  ['a return in a block before it', 'if (!IS_ENABLED(CONFIG_A)) { return 0; } HERE();', [A]],
  ['a return for one of several reasons', 'if (ret || !IS_ENABLED(CONFIG_A)) return ret; HERE();', [A]],
  ['an if around it', 'if (IS_ENABLED(CONFIG_A)) HERE();', [A]],
  ['an if with a block around it', 'if (IS_ENABLED(CONFIG_A)) { x(); HERE(); }', [A]],
  ['one of several conditions around it', 'if (!ret && IS_ENABLED(CONFIG_A)) { HERE(); }', [A]],
  [
    'both',
    'if (!IS_ENABLED(CONFIG_A)) return 0; if (IS_ENABLED(CONFIG_B)) HERE();',
    [A, 'IS_ENABLED(CONFIG_B)'],
  ],
  [
    'a return for one reason of which all must hold',
    'if (ret && !IS_ENABLED(CONFIG_A)) return 0; HERE();',
    [],
  ],
  ['an if around it of which one must hold', 'if (ret || IS_ENABLED(CONFIG_A)) HERE();', []],
  ['an if before it that goes on', 'if (!IS_ENABLED(CONFIG_A)) x(); HERE();', []],
  ['an if with a block before it that goes on', 'if (!IS_ENABLED(CONFIG_A)) { x(); return 0; } HERE();', []],
  ['an if that asks for the opposite and returns', 'if (IS_ENABLED(CONFIG_A)) return 0; HERE();', []],
  ['an if that asks for the opposite around it', 'if (!IS_ENABLED(CONFIG_A)) HERE();', []],
  ['an if behind it', 'HERE(); if (!IS_ENABLED(CONFIG_A)) return 0;', []],
  ['the condition of an if itself', 'if (IS_ENABLED(CONFIG_A) && HERE()) return 0;', []],
])('%s', (_, body, expected) => {
  expect(conditions(body)).toEqual(expected)
})
