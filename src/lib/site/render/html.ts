/** HTML as values: text is escaped wherever it enters, so that no page has to think of it. */

/** HTML that is printed as it stands. */
export interface Html {
  readonly html: string
}

/** What may stand in a template: text is escaped, HTML is not, lists are joined, and nothing prints nothing. */
export type HtmlValue = Html | string | number | false | null | undefined | readonly HtmlValue[]

/** The tag of a template whose values are escaped: html`<b>${name}</b>`. */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  let out = strings[0] ?? ''
  for (let i = 0; i < values.length; i++) out += print(values[i]) + (strings[i + 1] ?? '')
  return { html: out }
}

/** HTML that was made elsewhere, and is known to be HTML. */
export function raw(text: string): Html {
  return { html: text }
}

/** Values one after another with text between them. */
export function joined(values: readonly HtmlValue[], between = ', '): Html {
  return { html: values.map(print).join(escapeHtml(between)) }
}

function print(value: HtmlValue): string {
  if (typeof value === 'string') return escapeHtml(value)
  if (typeof value === 'number') return String(value)
  if (value === null || value === undefined || value === false) return ''
  if ('html' in value) return value.html
  let out = ''
  for (const one of value) out += print(one)
  return out
}

/** A kernel name that may go on in the next line behind each underscore, and nowhere else; copying it is unharmed. */
export function breakableName(name: string): Html {
  return { html: escapeHtml(name).replaceAll('_', '_<wbr>') }
}

const SPECIAL = /[&<>"]/
const ALL_SPECIAL = /[&<>"]/g
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Writes text so that HTML reads it as text, in content and in quoted attributes. */
export function escapeHtml(text: string): string {
  return SPECIAL.test(text) ? text.replace(ALL_SPECIAL, (sign) => ENTITIES[sign] ?? sign) : text
}

const CODE = /`([^`]+)`/g

/** One of our own sentences as HTML: what stands between backticks is code. */
export function sentenceHtml(sentence: string): string {
  let out = ''
  let end = 0
  for (const { 0: whole, 1: code = '', index } of sentence.matchAll(CODE)) {
    out += `${escapeHtml(sentence.slice(end, index))}<code>${escapeHtml(code)}</code>`
    end = index + whole.length
  }
  return out + escapeHtml(sentence.slice(end))
}

/** The same, as a value for a template. */
export function sentence(text: string): Html {
  return { html: sentenceHtml(text) }
}
