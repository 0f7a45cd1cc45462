import { base } from '../site-address.mjs'
import { type Answer, type Ask, type Asked, answer, type Given, type Question } from './questions.ts'
import { readSite } from './read-site.ts'

let asked: Asked | undefined

/** Answers in the thread that asks: while developing, every change of a file is seen at once. */
export const ask: Ask = async <Q extends Question>(question: Q, ...given: Given<Q>) => {
  asked ??= readSite(base)
  return answer(asked, question, given) as Answer<Q>
}
