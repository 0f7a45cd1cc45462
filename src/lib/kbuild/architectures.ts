/** The architectures that something exists on. */
import { byteOrder } from '#lib/model/order.ts'
import { architectureIn, type Kconfig } from './kconfig.ts'
import type { Way, Ways } from './ways.ts'

/**
 * The architectures ("s390") that a file is for by its path or that `ways` ask for by the symbols of one
 * architecture alone, sorted; null when there is no such limit.
 */
export async function architecturesOf(path: string, ways: Ways, kconfig: Kconfig): Promise<string[] | null> {
  const ofPath = architectureIn(path)
  if (ofPath !== null) return [ofPath]
  const found = await Promise.all(ways.map((way) => architectureOfWay(way, kconfig)))
  const named = found.flatMap((architecture) => architecture ?? [])
  return named.length === 0 || named.length < found.length ? null : [...new Set(named)].sort(byteOrder)
}

async function architectureOfWay(way: Way, kconfig: Kconfig): Promise<string | null> {
  for (const [symbol, values] of way.symbols) {
    if (values.includes('n')) continue
    for (const it of [symbol, ...(await kconfig.impliedBy(symbol))]) {
      const architecture = await kconfig.architectureOf(it)
      if (architecture !== null) return architecture
    }
  }
  return null
}
