import type { Prototype } from '#lib/model/published.ts'
import { identifierUrl } from '#lib/site/links/source-links.ts'
import { parameterAnchor } from '#lib/site/links/urls.ts'
import type { Highlighter, IdentifierLink, Mark } from './highlight.ts'
import { layoutPrototype } from './prototype-layout.ts'

/**
 * A prototype in colour: types lead to the source at `tag`, parameters to their blocks on the page,
 * implicit parameters stand in a `<span class="implicit">`.
 */
export function prototypeHtml(highlighter: Highlighter, prototype: Prototype, tag: string): string {
  const { text, parameters } = prototype
  const key = `${text}\n${parameters.map(({ name, implicit }) => `${name}${implicit ? '!' : ''}`).join()}`
  return highlighter.once(key, () => drawPrototype(highlighter, prototype)).replaceAll(ANY_TAG, tag)
}

/** Stands for the tag in what is drawn once for all releases. */
const ANY_TAG = '{tag}'

function drawPrototype(highlighter: Highlighter, prototype: Prototype): string {
  const { code, parameters } = layoutPrototype(prototype.text)
  const places = prototype.parameters.map((parameter, i) => ({
    parameter,
    ...(parameters[i] ?? { start: -1, end: -1 }),
  }))
  const marks: Mark[] = places
    .filter(({ parameter }) => parameter.implicit)
    .map(({ start, end }) => ({ start, end, className: 'implicit' }))
  const link: IdentifierLink = (identifier, offset) => {
    const place = places.find((one) => one.start <= offset && offset < one.end)
    if (isTagged(code, offset)) return identifierUrl(ANY_TAG, identifier)
    return place?.parameter.name === identifier ? `#${parameterAnchor(identifier)}` : null
  }
  return highlighter.html(code, link, marks)
}

/** Any C in colour, with the types that say `struct`, `union` or `enum` linked to the source at `tag`. */
export function typesHtml(highlighter: Highlighter, code: string, tag: string): string {
  const link: IdentifierLink = (identifier, offset) =>
    isTagged(code, offset) ? identifierUrl(ANY_TAG, identifier) : null
  return highlighter.once(`types ${code}`, () => highlighter.html(code, link)).replaceAll(ANY_TAG, tag)
}

function isTagged(code: string, offset: number): boolean {
  return /\b(?:struct|union|enum) $/.test(code.slice(0, offset))
}
