/**
 * The thread that answers while the site is built: one core makes pages, another prints them. ask-thread.mjs starts
 * it. While nobody asks it answers what will be asked.
 */
import { parentPort, workerData } from 'node:worker_threads'
import { questionsInPrintOrder } from './print-order.ts'
import { answerQuestion, type Question } from './questions.ts'
import { readSite } from './read-site.ts'

/** One question with what is given, and the number under which its answer is awaited. */
interface Message {
  readonly number: number
  readonly question: Question
  readonly given: readonly unknown[]
}

/** So much is kept of answers that nobody asked for yet, in signs: some 25 MB, however large the site is. */
const MOST_KEPT = 10_000_000
/** What an answer weighs beside its text. */
const WITHOUT_TEXT = 5_000

if (!parentPort) throw new Error('src/ask/thread.ts runs as a thread, which src/ask/ask-thread.mjs starts')
const port = parentPort
const asked = readSite(workerData.base)
/** What will be asked and is not answered yet, and the answers that nobody asked for yet. */
const coming = new Map(questionsInPrintOrder(asked).map((one) => [one.join(' '), one]))
const kept = new Map<string, unknown>()
let weightKept = 0
let isWaiting = false

port.on('message', ({ number, question, given }: Message) => {
  try {
    port.postMessage({ number, answer: take(question, given) })
  } catch (error) {
    port.postMessage({ number, error })
  }
  workAhead()
})
workAhead()

function take(question: Question, given: readonly unknown[]): unknown {
  const key = [question, ...given].join(' ')
  coming.delete(key)
  const known = kept.get(key)
  if (known === undefined) return answerQuestion(asked, question, given)
  kept.delete(key)
  weightKept -= weightOf(known)
  return known
}

/** Answers one question that will be asked, and lets those that are asked in before the next. */
function workAhead(): void {
  if (isWaiting || coming.size === 0 || weightKept >= MOST_KEPT) return
  isWaiting = true
  setImmediate(() => {
    isWaiting = false
    for (const [key, [question, ...given]] of coming) {
      coming.delete(key)
      try {
        const made = answerQuestion(asked, question, given)
        kept.set(key, made)
        weightKept += weightOf(made)
      } catch {
        // asked for, it fails again, and is heard
      }
      break
    }
    workAhead()
  })
}

/** The signs of an answer: of a text all, of a page those of the texts that it is made of, which are nearly all. */
function weightOf(answer: unknown): number {
  const parts = typeof answer === 'object' && answer !== null ? Object.values(answer) : [answer]
  return parts.reduce<number>((sum, part) => sum + (typeof part === 'string' ? part.length : 0), WITHOUT_TEXT)
}
