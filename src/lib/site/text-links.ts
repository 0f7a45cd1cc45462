import type { ProseDocument } from '#lib/prose/document.ts'
import type { ProseKind } from '#lib/prose/kinds.ts'
import type { FoundPlace, Library } from '#lib/prose/library.ts'
import type { LinkTo, Printing } from '#lib/prose/render.ts'
import type { Target } from '#lib/prose/target.ts'
import { fileUrl, placeText, sourceUrl } from '#lib/site/links/source-links.ts'
import type { SiteUrls } from '#lib/site/links/urls.ts'
import type { Highlighter } from '#lib/site/render/highlight.ts'
import type { Catalog } from './catalog.ts'

/** What the links and names of hand-written texts lead to. */
export interface TextLinks {
  /** Where a place of the kernel is shown, and how it is called. */
  source(place: FoundPlace): { readonly text: string; readonly href: string }
  /**
   * How a text is printed; document null: words that are no text of their own. On pages of the release `here`, kfuncs lead
   * to their pages in it, where it has them; null: on other pages.
   */
  printing(document: Pick<ProseDocument, 'kind' | 'slug' | 'mentions'> | null, here: string | null): Printing
}

/** Gives the links of the texts of a site. */
export function textLinks(
  catalog: Catalog,
  urls: SiteUrls,
  highlighter: Highlighter,
  library: Library,
): TextLinks {
  const source: TextLinks['source'] = ({ release, path, line: at }) => {
    const { tag } = catalog.release(release).release
    if (at === null) return { text: path, href: fileUrl(tag, path) }
    const place = { path, line: at }
    return { text: placeText(place), href: sourceUrl(tag, place) }
  }
  /** The page of a kfunc in the release if that has it, else its page of all releases; null: there is no such kfunc. */
  const kfuncUrl = (name: string, release: string | null): string | null => {
    if (release !== null && catalog.find(release, name)) return urls.kfunc(release, name)
    return catalog.sightings(name).length > 0 ? urls.kfuncHistory(name) : null
  }
  const link = (target: Target, here: string | null): LinkTo | null => {
    switch (target.to) {
      case 'kernel': {
        const found = library.place(target.place, target.release)
        if (!found) return null
        const { text, href } = source(found)
        return { href, title: `${text} in ${found.release}` }
      }
      case 'text': {
        const { kind, slug, fragment } = target
        const at = fragment === null ? '' : `#${fragment}`
        return library.find(kind, slug) ? { href: `${urls.text(kind, slug)}${at}` } : null
      }
      case 'kfunc': {
        const href = kfuncUrl(target.name, here)
        return href === null ? null : { href }
      }
      case 'release':
        return { href: urls.release(target.id) }
      case 'heading':
        return { href: `#${target.id}` }
      case 'outside':
        return { href: target.url }
      // its words are all there is to print: those of a date are written out before
      case 'date':
      case 'mark':
      case 'unknown':
        return null
    }
  }
  const printing: TextLinks['printing'] = (document, here) => {
    const places = (document?.mentions ?? []).flatMap((mention) =>
      'target' in mention && mention.target.to === 'kernel' ? [mention.target] : [],
    )
    /** What a name in code leads to, of what links of the same text lead to: rather the definition than a line in it. */
    const placeOfName = (name: string): Target | undefined => {
      const own = places.filter(({ place }) => place.name === name)
      return own.find(({ place, release }) => place.text === null && release === null) ?? own[0]
    }
    const isOwn = (kind: ProseKind, slug: string): boolean =>
      document?.kind === kind && document.slug === slug
    const code = (text: string): LinkTo | null => {
      const name = text.replace(/\(\)$/, '')
      const href = kfuncUrl(name, here)
      if (href !== null) return isOwn('kfuncs', name) ? null : { href }
      for (const kind of ['flags', 'suffixes'] as const)
        if (library.find(kind, text)) return isOwn(kind, text) ? null : { href: urls.text(kind, text) }
      const type = /^BPF_PROG_TYPE_(\w+)$/.exec(text)?.[1]?.toLowerCase() ?? ''
      if (library.find('program-types', type))
        return isOwn('program-types', type) ? null : { href: urls.text('program-types', type) }
      const place = text.endsWith('()') ? placeOfName(name) : undefined
      return place ? link(place, here) : null
    }
    const colour: Printing['colour'] = (text, language) =>
      language === 'c' ? highlighter.html(text, (name) => kfuncUrl(name, here)) : null
    return { link: (target) => link(target, here), code, colour }
  }
  return { source, printing }
}
