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
    if (isTagged(code, offset)) return identifierUrl(tag, identifier)
    return place?.parameter.name === identifier ? `#${parameterAnchor(identifier)}` : null
  }
  return highlighter.html(code, link, marks)
}

/** Any C in colour, with the types that say `struct`, `union` or `enum` linked to the source at `tag`. */
export function linkedTypesHtml(highlighter: Highlighter, code: string, tag: string): string {
  const link: IdentifierLink = (identifier, offset) =>
    isTagged(code, offset) ? identifierUrl(tag, identifier) : null
  // thousands of parameters are of a few hundred types
  return highlighter.once(`types ${tag} ${code}`, () => highlighter.html(code, link))
}

function isTagged(code: string, offset: number): boolean {
  return /\b(?:struct|union|enum) $/.test(code.slice(0, offset))
}
