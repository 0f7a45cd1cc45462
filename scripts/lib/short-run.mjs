/** How V8 shall run a program that ends within seconds, in all threads that are started later too. */
import { setFlagsFromString } from 'node:v8'

/**
 * A short run ends before optimized code has paid for its making, which takes a third of the processors' time: V8 of
 * Node 20 is told to wait. That of Node 22 has a cheaper compiler before that one, and no such flag.
 */
export function optimizeLater() {
  if (process.versions.node.startsWith('20.'))
    for (const flag of ['--interrupt-budget=1000000', '--always-sparkplug']) setFlagsFromString(flag)
}
