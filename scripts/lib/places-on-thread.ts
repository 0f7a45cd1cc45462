/** Looks places up on another thread: of all that extraction does with one processor, this needs nothing of the rest. */
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { FoundPlaces, findPlacesIn } from '#lib/places/find.ts'
import { compiled } from '../../src/compiled.mjs'

/** Looks up as findPlacesIn() does. Rejects with what it threw. */
export type PlacesFinder = (...given: Parameters<typeof findPlacesIn>) => Promise<FoundPlaces>

/** Compiles what the thread runs, while there is nothing to look up yet; the thread starts when it is asked. */
export function placesFinder(): PlacesFinder {
  const entry = compiled(new URL('places-thread.ts', import.meta.url), 'places-thread')
  entry.catch(() => {})
  return async (files, wanted) => {
    const thread = new Worker(await entry, { workerData: { files, wanted }, execArgv: [] })
    const [found] = await once(thread, 'message')
    return found
  }
}
