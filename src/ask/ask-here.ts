import { base } from '../site-address.mjs'
import {
  type Ask,
  answerQuestion,
  type Question,
  type QuestionAnswer,
  type QuestionArguments,
  type QuestionedSite,
} from './questions.ts'
import { readSite } from './read-site.ts'

let asked: QuestionedSite | undefined

/** Answers in the thread that asks: while developing, every change of a file is seen at once. */
export const ask: Ask = async <Q extends Question>(question: Q, ...given: QuestionArguments<Q>) => {
  asked ??= readSite(base)
  return answerQuestion(asked, question, given) as QuestionAnswer<Q>
}
