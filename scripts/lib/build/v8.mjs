/**
 * How V8 shall run what takes long, in all threads that are started later too. Call it before that is imported. What V8
 * must know as it starts stands in package.json: a build, which lives for seconds, collects no old garbage before a
 * thread has 200 MB of it (a tenth of its time, for 100 MB).
 */
import { setFlagsFromString } from 'node:v8'

/** For the build of the site. */
export function tuneForBuild() {
  // two thirds of the memory, and hardly any time
  collectAtGrowth(60)
  // Astro's compiler compiles some thirty files: WebAssembly that is made fast in the background is ready too late.
  setFlagsFromString('--liftoff-only')
  optimizeLater()
}

/** For the extraction of a release. */
export function tuneForExtraction() {
  optimizeLater()
}

/** From when an archive is kept in memory, beside the heap: 600 MB in all instead of 730. */
export function tuneForArchive() {
  collectAtGrowth(40)
}

/**
 * Collects garbage sooner than V8 would: when the heap has grown by so much.
 * @param {number} percent
 */
function collectAtGrowth(percent) {
  setFlagsFromString(`--heap-growing-percent=${percent}`)
}

/**
 * What runs for seconds ends before optimized code has paid for its making, which takes a third of the processors' time:
 * V8 of Node 20 is told to wait. That of Node 22 has a cheaper compiler before that one, and no such flag.
 */
function optimizeLater() {
  if (process.versions.node.startsWith('20.'))
    for (const flag of ['--interrupt-budget=1000000', '--always-sparkplug']) setFlagsFromString(flag)
}
