/** Where a build keeps what the next one can use. Plain JavaScript: Node reads it before anything is compiled. */
import { join } from 'node:path'

/** Everything in it can be made again. */
export const CACHE = join(process.cwd(), 'node_modules', '.cache', 'kfunc-atlas')
