import type { Release } from '#lib/model/published.ts'
import type { ProseFiles } from '#lib/prose/library.ts'
import { type History, historyOf } from '#lib/publish/history/history.ts'
import { type ImplicitStory, implicitStory } from '#lib/publish/history/implicit.ts'
import { type SiteUrls, siteUrls } from '#lib/site/links/urls.ts'
import { type DocText, docText } from '#lib/site/render/doc-text.ts'
import { codeHighlighter, type Highlighter } from '#lib/site/render/highlight.ts'
import { type Catalog, makeCatalog } from './catalog.ts'
import { siteTexts, type Texts } from './texts.ts'

/** What every page is made of: the releases, their history, the addresses, and the two renderers with their memories. */
export interface Site {
  readonly catalog: Catalog
  readonly history: History
  /** Kfuncs with arguments that the verifier passes, by name, with and without `_impl`. */
  readonly implicit: ReadonlyMap<string, ImplicitStory>
  readonly urls: SiteUrls
  readonly doc: DocText
  readonly highlighter: Highlighter
  /** What people wrote. */
  readonly texts: Texts
}

/** Makes a site of releases, which come oldest first, that lives under `base`, with the texts of `files`. */
export function makeSite(
  releases: readonly Release[],
  base: string,
  history: History = historyOf(releases),
  files?: ProseFiles,
): Site {
  const catalog = makeCatalog(releases)
  const urls = siteUrls(base)
  const highlighter = codeHighlighter()
  return {
    catalog,
    history,
    implicit: implicitStories(catalog),
    urls,
    doc: docText(),
    highlighter,
    texts: siteTexts(catalog, urls, highlighter, files),
  }
}

function implicitStories({ names, releases }: Catalog): ReadonlyMap<string, ImplicitStory> {
  const stories = new Map<string, ImplicitStory>()
  for (const name of names) {
    const story = stories.get(name) ?? implicitStory(name, releases)
    if (!story) continue
    stories.set(story.name, story)
    stories.set(story.implName, story)
  }
  return stories
}
