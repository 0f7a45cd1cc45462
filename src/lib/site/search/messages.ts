/** How well a message of the verifier answers what a reader pasted, names and numbers of theirs included. */
import { searchWords } from './words.ts'

/** The folder, among texts, that messages stand in; they have no page of their own but a place in the guide on messages. */
export const MESSAGES = 'messages'

/** Fewer words than these of a message say too little to tell it from others. */
const FEWEST = 3
/** A message of which less than this was typed is no answer. */
const LEAST = 0.6
/** Between what a name is to the letter and what it is by its words: who pastes a sentence asks for the sentence. */
const MOST = 590
const BASE = 460

/** The words of a message that are the same whenever it is said: what `%s` and the like stand for is left out. */
export function messageWords(message: string): readonly string[] {
  return searchWords(message.replace(/%[-+ #0]*\d*(?:\.\d+)?(?:hh?|ll?|z)?[a-zA-Z]|\\n/g, ' '))
}

/** The score of a message for a query, both as words: 0, no answer; more, the more of it stands in the query in its order. */
export function messageScore(query: readonly string[], message: readonly string[]): number {
  let at = 0
  let found = 0
  for (const word of message) {
    const next = query.indexOf(word, at)
    if (next < 0) continue
    found++
    at = next + 1
  }
  const share = found / Math.max(1, message.length)
  // what was typed beside it: the less, the surer
  const used = found / Math.max(1, query.length)
  if (found < FEWEST || share < LEAST) return 0
  return BASE + (MOST - BASE) * (share * 0.7 + used * 0.3)
}
