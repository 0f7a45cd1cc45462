import { describe, expect, test } from 'vitest'
import { byteOrder } from '#lib/model/order.ts'
import { readPlace } from '#lib/model/places.ts'
import { findPlaces } from '#lib/places/find.ts'
import { memoryTree } from '../support/memory-tree.ts'

const VERIFIER = `#define LIMIT(x) \\
	verbose(env, "limit " \\
		"%d\\n", x)
extern struct aux aux; enum kind {
	KIND_A,
	KIND_B = 3,
};
struct aux {
	int used;
};
typedef int (*callback_t)(void *);
static int later(int a);
static const struct aux table[] = { { 1 }, };
BTF_KFUNCS_START(the_ids)
BTF_ID_FLAGS(func, bpf_x)
BTF_KFUNCS_END(the_ids)

static int early(struct aux *aux)
{
	later(KIND_A);
	return 0;
}

/* later is described */
static int later(int a)
{
	if (a)
		verbose(env, "saw %d, "
			     "expected none\\n", a);
	return early(NULL);
}
EXPORT_SYMBOL_GPL(later);
`
const tree = memoryTree({
  'kernel/v.c': VERIFIER,
  'Documentation/x.rst': 'KF_RCU_PROTECTED\n\nKF_RCU says\n',
  'tools/lib/bpf/h.h': '/* one */\n#if defined(odd_word)\n#endif\n',
})

const linesOf = async (written: readonly string[]) => {
  const places = written.flatMap((one) => readPlace(one) ?? [])
  return (await findPlaces(tree, { places, messages: [], rules: [] })).places.map(({ of, line }) => [
    of,
    line,
  ])
}

describe('a place is the line of', () => {
  const cases: [what: string, of: string, line: number | null][] = [
    ['a file, which has none', 'kernel/v.c', null],
    ['a function, not of its declaration', 'kernel/v.c#later', 25],
    ['a macro', 'kernel/v.c#LIMIT', 1],
    ['a constant of an enum', 'kernel/v.c#KIND_A', 5],
    ['the last constant, with its value', 'kernel/v.c#KIND_B', 6],
    ['an enum', 'kernel/v.c#kind', 4],
    ['a struct', 'kernel/v.c#aux', 8],
    ['a typedef of a callback', 'kernel/v.c#callback_t', 11],
    ['a table', 'kernel/v.c#table', 13],
    ['an id set', 'kernel/v.c#the_ids', 14],
    ['a text at or after a definition', 'kernel/v.c#early~later(', 20],
    ['a text of the whole file', 'kernel/v.c~verbose', 2],
    ['a word of a text that is no C', 'Documentation/x.rst#KF_RCU', 3],
    ['a word of a header of the tools', 'tools/lib/bpf/h.h#odd_word', 2],
  ]
  test.each(cases)('%s', async (_, of, line) => expect(await linesOf([of])).toEqual([[of, line]]))
})

test('what a file lacks is absent, and so is what only stands in it', async () => {
  const lacking = [
    'kernel/none.c',
    'kernel/v.c#none',
    'kernel/v.c#bpf_x',
    'kernel/v.c#used',
    'kernel/v.c#later~struct aux',
    'kernel/v.c#early~expected none',
  ]
  expect(await linesOf(lacking)).toEqual([])
  const places = lacking.flatMap((one) => readPlace(one) ?? [])
  const { absent } = await findPlaces(tree, { places: [...places, ...places], messages: [], rules: [] })
  expect(absent).toEqual([...lacking].sort(byteOrder))
})

test('places come once each, in byte order', async () => {
  const given = ['kernel/v.c#later', 'kernel/v.c#early', 'kernel/v.c#later']
  expect(await linesOf(given)).toEqual([
    ['kernel/v.c#early', 18],
    ['kernel/v.c#later', 25],
  ])
})

test('a message is found by its joined literals: in its function, else wherever the file says it', async () => {
  const ask = (message: string, name: string) => ({ message, of: `kernel/v.c#${name}` })
  const wanted = [
    ask('saw %d, expected none\\n', 'later'),
    ask('saw %d, expected none\\n', 'gone'),
    ask('limit %d\\n', 'LIMIT'),
    ask('saw %d, ', 'later'),
  ]
  const { messages } = await findPlaces(tree, { places: [], messages: wanted, rules: [] })
  expect(messages).toEqual([
    { message: 'limit %d\\n', of: 'kernel/v.c#LIMIT', function: 'LIMIT', line: 2 },
    { message: 'saw %d, expected none\\n', of: 'kernel/v.c#gone', function: 'later', line: 28 },
    { message: 'saw %d, expected none\\n', of: 'kernel/v.c#later', function: 'later', line: 28 },
  ])
})

test('a message that its file does not say is looked for in the files of C beside it', async () => {
  const moved = memoryTree({
    'kernel/a.c': 'int a(void)\n{\n\treturn say("moved");\n}\n',
    'kernel/a.h': '#define H "kept"\n',
    'kernel/deep/b.c': 'const char *b = "deep";\n',
    'kernel/v.c': 'const char *v = "stays";\n',
  })
  const messages = ['moved', 'stays', 'kept', 'deep'].map((message) => ({ message, of: 'kernel/v.c#v' }))
  expect((await findPlaces(moved, { places: [], messages, rules: [] })).messages).toEqual([
    { message: 'moved', of: 'kernel/v.c#v', path: 'kernel/a.c', function: 'a', line: 3 },
    { message: 'stays', of: 'kernel/v.c#v', function: 'v', line: 1 },
  ])
})
