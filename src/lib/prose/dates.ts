/**
 * Dates in texts: `[since](when:flag:KF_RCU)`. The text says what the date is about; the date is printed from the data,
 * so that it is right, and stays right when more releases are read.
 */
import { endText, type Lifespan, lifespanText } from '#lib/model/lifespan.ts'
import { printThing, readSubject, type Subject, THING_FORMS, type Thing } from '#lib/model/subject.ts'

/** When releases had what dates are about. */
export interface Dates {
  /** The times at which it was there, oldest first; []: no release is known to have it. */
  lifespans(subject: Subject): readonly Lifespan[]
}

/** A date, or what is wrong with it. */
export type DateWords = { readonly words: string } | { readonly wrong: string }

/** Gives the words for the times of something; `name` is how a complaint calls it. */
type Form = (spans: readonly Lifespan[], name: string) => DateWords

const FORMS: ReadonlyMap<string, Form> = new Map([
  [
    'since',
    (spans, name) =>
      spans.at(-1)?.last === null
        ? { words: listText(spans) }
        : {
            wrong: `${name} is there ${listText(spans)}, and no longer: write [until] or [in] instead of [since]`,
          },
  ],
  [
    'until',
    (spans, name) => {
      const end = spans.at(-1)
      if (!end || end.last === null)
        return { wrong: `${name} is there ${listText(spans)}: write [since] or [before] instead of [until]` }
      return { words: spans.length > 1 ? listText(spans) : `until ${endText(end.last, end.isLast)}` }
    },
  ],
  [
    'before',
    (spans, name) => {
      const [start, ...more] = spans
      if (!start || more.length > 0)
        return { wrong: `${name} is there ${listText(spans)}: write [in] instead of [before]` }
      if (start.isFirst) return { words: `before ${start.first}` }
      return {
        words:
          start.absentIn === null ? `before ${start.first} or earlier` : `until ${start.absentIn} or later`,
      }
    },
  ],
  ['in', (spans) => ({ words: listText(spans) })],
])

/** The words that a link `[written](url)` stands for, where the url says what a date is about. */
export function dateWords(url: string, written: string, dates: Dates): DateWords {
  const form = FORMS.get(written.toLowerCase())
  if (!form)
    return {
      wrong: `saw [${written}](when:…); expected ${[...FORMS.keys()].map((one) => `[${one}]`).join(', ')}`,
    }
  const subject = readSubject(url)
  if (!subject) return { wrong: `saw (${url}); expected when: or when:gone: before ${THING_FORMS}` }
  const unknown = subject.things.find(
    (thing) => dates.lifespans({ things: [thing], isGone: false }).length === 0,
  )
  if (unknown) return { wrong: `${printThing(unknown)} is known of no release: ${cureFor(unknown)}` }
  const name = subject.things.map(printThing).join(' or ')
  const spans = dates.lifespans(subject)
  if (spans.length === 0) return { wrong: `${name} is still there: leave out gone:` }
  const made = form(spans, name)
  return 'wrong' in made || /^[a-z]/.test(written) ? made : { words: capitalised(made.words) }
}

const cureFor = ({ is }: Thing): string =>
  is === 'kernel' ? 'run npm run extract -- --only places, and if it is still not, correct it' : 'correct it'

const capitalised = (words: string): string => `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`

/** "since 6.3", "from 6.2 to 6.3 and since 7.1". */
function listText(spans: readonly Lifespan[]): string {
  const texts = spans.map(lifespanText)
  const last = texts.pop() ?? ''
  return texts.length === 0 ? last : `${texts.join(', ')} and ${last}`
}
