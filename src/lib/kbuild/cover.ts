/** A condition given as a test of values, as the ways in which it holds. */
import { type Formula, textCondition, type Value, type Way, type Ways } from './ways.ts'

const VALUES: readonly Value[] = ['y', 'm', 'n']

/** All choices of values for a symbol; among ways that are as wide, those that limit the first symbol come first. */
const CHOICES = ['y', 'm', 'n', 'ym', 'yn', 'mn', 'ymn']

/** Each more symbol makes seven times as many ways to look at; kernels have conditions on at most three. */
const MOST_SYMBOLS = 4

const product = <T>(choices: readonly T[], count: number): T[][] =>
  count === 0 ? [[]] : product(choices, count - 1).flatMap((left) => choices.map((right) => [...left, right]))

/**
 * The condition on `symbols` that `holds` tests, with as few and as wide ways as possible: "A or B" is two
 * ways, not the eight pairs of values. With too many symbols it is kept as `text`.
 */
export function formulaOf(
  symbols: readonly string[],
  holds: (values: ReadonlyMap<string, Value>) => boolean,
  text: string,
): Formula {
  if (symbols.length > MOST_SYMBOLS) return textCondition(text)
  const points = product(VALUES, symbols.length)
  const isIn = (point: readonly Value[]): boolean =>
    holds(new Map(symbols.map((symbol, index) => [symbol, point[index] ?? 'n'])))
  return {
    when: cover(symbols, points.filter(isIn)),
    otherwise: cover(
      symbols,
      points.filter((point) => !isIn(point)),
    ),
  }
}

/** The widest ways that hold `points` and nothing else. */
function cover(symbols: readonly string[], points: readonly (readonly Value[])[]): Ways {
  const wanted = new Set(points.map((point) => point.join('')))
  const boxes = product(CHOICES, symbols.length)
    .map((box) => ({
      box,
      inside: box.reduce<string[]>(
        (done, choice) => done.flatMap((point) => [...choice].map((value) => point + value)),
        [''],
      ),
    }))
    .filter(({ inside }) => inside.every((point) => wanted.has(point)))
    .sort((a, b) => b.inside.length - a.inside.length)
  const left = new Set(wanted)
  return boxes.flatMap(({ box, inside }) => {
    if (!inside.some((point) => left.has(point))) return []
    for (const point of inside) left.delete(point)
    return [wayOf(symbols, box)]
  })
}

const wayOf = (symbols: readonly string[], box: readonly string[]): Way => ({
  symbols: new Map(
    symbols.flatMap((symbol, index) => {
      const values = box[index] ?? 'ymn'
      return values === 'ymn' ? [] : [[symbol, values] as const]
    }),
  ),
  other: [],
})
