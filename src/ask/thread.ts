/**
 * The thread that answers while the site is built: one core makes pages, another prints them. ask-thread.mjs starts
 * it. While nobody asks it makes what will be asked for, the pages of kfuncs in the order in which they are printed.
 */
import { parentPort, workerData } from 'node:worker_threads'
import { type Answer, answer, QUESTIONS, type Question } from './questions.ts'
import { readSite } from './read-site.ts'

/** One question with what is given, and the number under which its answer is awaited. */
interface Message {
  readonly number: number
  readonly question: Question
  readonly given: readonly unknown[]
}

/** So many pages are made that nobody asked for yet: some 100 MB. */
const MOST_KEPT = 2000

if (!parentPort) throw new Error('src/ask/thread.ts runs as a thread, which src/ask/ask-thread.mjs starts')
const port = parentPort
const asked = readSite(workerData.base)
/** The pages of kfuncs that are still to be made, and those that are made and not asked for yet. */
const toMake = new Map(QUESTIONS.kfuncs(asked).map(({ id, name }) => [`${id} ${name}`, [id, name] as const]))
const kept = new Map<string, Answer<'kfuncPage'>>()
let isWaiting = false

port.on('message', ({ number, question, given }: Message) => {
  try {
    port.postMessage({ number, answer: take(question, given) })
  } catch (error) {
    port.postMessage({ number, error })
  }
  makeAhead()
})
makeAhead()

function take(question: Question, given: readonly unknown[]): unknown {
  if (question !== 'kfuncPage') return answer(asked, question, given)
  const key = given.join(' ')
  toMake.delete(key)
  const page = kept.get(key)
  kept.delete(key)
  return page ?? answer(asked, question, given)
}

/** Makes one page and lets questions in before the next. A page that cannot be made fails when it is asked for. */
function makeAhead(): void {
  if (isWaiting || kept.size >= MOST_KEPT) return
  isWaiting = true
  setImmediate(() => {
    isWaiting = false
    const [next] = toMake
    if (!next) return
    const [key, given] = next
    toMake.delete(key)
    try {
      kept.set(key, QUESTIONS.kfuncPage(asked, ...given))
    } catch {
      // asked for, it fails again, and is heard
    }
    makeAhead()
  })
}
