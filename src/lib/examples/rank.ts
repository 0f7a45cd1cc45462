/** Which of many programs shows a kfunc best. */

/** What is known of a candidate when it is ranked. */
export interface Merits {
  /** The words of the kfunc's, the file's and the program's name, as `topicWords` gives them. */
  readonly words: { readonly kfunc: TopicWords; readonly file: TopicWords; readonly program: TopicWords }
  /** The rank of the file's folder, 0 the best. */
  readonly rootRank: number
  readonly name: string
  readonly isMeantToFail: boolean
  /** In assembly, through a function of a header, or as a bare name: it shows little of the call. */
  readonly isPoor: boolean
  /** Whether programs of its type may call the kfunc; null: not known. */
  readonly mayCall: boolean | null
  readonly lines: number
  readonly helpers: number
  readonly hasComment: boolean
  readonly isDirect: boolean
  /** Whether it shows what a user without privileges may do. */
  readonly isAboutPrivileges: boolean
  /** Whether its section leaves open what it is attached to, where it could say so. */
  readonly lacksTarget: boolean
  /** Whether the call is made with an empty string, or with a loop that does nothing: that shows little. */
  readonly isTrivial: boolean
  /** Steps from the program to the function that calls. */
  readonly distance: number
}

/** Words that say nothing of what a kfunc or a file is about. */
const COMMON_WORDS = new Set(
  'bpf scx kfunc kfuncs impl test verifier success prog c bstr new get common'.split(' '),
)
const SPELLINGS: Readonly<Record<string, string>> = { cgrp: 'cgroup', iters: 'iter', res: 'rqspinlock' }

/** The words of a name that tell what it is about. */
export type TopicWords = readonly string[]

/** Takes a name apart: "bpf_cgrp_storage.c" is about "cgroup" and "storage". */
export const topicWords = (name: string): TopicWords =>
  name
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .flatMap((word) => word.split('_'))
    .filter((word) => word !== '' && !COMMON_WORDS.has(word))
    .map((word) => SPELLINGS[word] ?? word)

/** How much of one name is in another, from 0 to 1. */
export function similarity(wanted: TopicWords, words: TopicWords): number {
  const isIn = (word: string): boolean =>
    words.some(
      (one) =>
        one === word || (one.length > 3 && word.startsWith(one)) || (word.length > 3 && one.startsWith(word)),
    )
  return wanted.length === 0 ? 0 : wanted.filter(isIn).length / wanted.length
}

const MOST_LINES = 80
/** Programs named so show what happens when something is wrong, or under load. */
const ODD =
  /(?:^|_)(?:invalid|null|bad|wrong|fault|err|error|overflow|leak|race|stress|exhaust|unsafe|missing|negative|infinite|invalidate|recursion|no|without)(?:_|$)/

/** A number for a candidate; the lowest is the best. Programs meant to fail come after all others, poor ones
 *  after all that show the call. */
export function costOf(merits: Merits): number {
  return (
    (merits.isMeantToFail ? 10_000 : 0) +
    (merits.isPoor ? 1000 : 0) +
    (merits.mayCall === false ? 40 : 0) +
    merits.rootRank * 3 -
    similarity(merits.words.kfunc, merits.words.file) * 30 -
    similarity(merits.words.kfunc, merits.words.program) * 15 +
    Math.min(merits.lines, MOST_LINES) * 0.4 +
    (merits.lines > MOST_LINES ? 150 + Math.min(merits.lines - MOST_LINES, 400) * 0.2 : 0) +
    Math.min(merits.helpers, 20) * 3 +
    (ODD.test(merits.name) ? 25 : 0) +
    merits.distance * 8 -
    (merits.hasComment ? 6 : 0) +
    (merits.isAboutPrivileges ? 30 : 0) +
    (merits.lacksTarget ? 15 : 0) +
    (merits.isTrivial ? 15 : 0) +
    (merits.isDirect ? 0 : 10)
  )
}
