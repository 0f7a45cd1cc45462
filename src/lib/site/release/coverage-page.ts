import type { ReleaseHead } from '#lib/model/published.ts'
import { type CoverageCounts, coverageOf } from '#lib/publish/coverage.ts'

import { kernelDocStub, type MissingDoc, missingDoc } from '#lib/publish/usage/kernel-doc-stub.ts'
import { placeText, sourceUrl } from '#lib/site/links/source-links.ts'
import { coverageText, factsText, type MenuEntry, releaseMenu } from '#lib/site/release-menu.ts'
import type { Site } from '#lib/site/site.ts'
import { groupBySubsystem, subsystemsOf } from '#lib/site/subsystem.ts'

export type { CoverageCounts }

/** A kfunc whose comment lacks something. */
interface Undocumented {
  readonly name: string
  readonly href: string
  /** "no comment", or the parts that it lacks. */
  readonly lacks: string
  readonly place: { readonly text: string; readonly href: string } | null
  readonly stub: string
}

/** All that the page shows of how much of a release is told. */
export interface CoveragePage {
  readonly head: ReleaseHead
  readonly menu: readonly MenuEntry[]
  /** Why comments, examples and gaps are not known; null where they are. */
  readonly unknown: string | null
  readonly compiler: string | null
  readonly all: CoverageCounts
  readonly groups: readonly (CoverageCounts & { readonly name: string })[]
  readonly withoutExample: readonly { readonly name: string; readonly href: string }[]
  readonly undocumented: readonly Undocumented[]
}

/** Computes the page of a release. */
export function coveragePage(site: Site, id: string): CoveragePage {
  const { catalog, urls } = site
  const release = catalog.release(id)
  const kfuncs = release.kfuncs.filter(({ kind }) => kind === 'callable')
  const at = catalog.releases.indexOf(release)
  const link = ({ name }: { name: string }) => ({ name, href: urls.kfunc(id, name) })
  return {
    head: release.release,
    menu: releaseMenu(site, id, (head) => urls.coverage(head.id)),
    unknown:
      release.release.coverage === 'btf-only' ? coverageText(release.release) : factsText(release.release),
    compiler: release.compiler,
    all: coverageOf(release, kfuncs),
    groups: groupBySubsystem(kfuncs, subsystemsOf(catalog.releases, at)).map(([name, own]) => ({
      name,
      ...coverageOf(release, own),
    })),
    withoutExample: kfuncs.filter(({ examples }) => examples.length === 0).map(link),
    undocumented: kfuncs.flatMap((kfunc): Undocumented[] => {
      const missing = missingDoc(kfunc)
      const { definition } = kfunc
      if (!missing) return []
      return [
        {
          ...link(kfunc),
          lacks: lacksText(missing),
          place: definition && {
            text: placeText(definition),
            href: sourceUrl(release.release.tag, definition),
          },
          stub: kernelDocStub(kfunc, release),
        },
      ]
    }),
  }
}

function lacksText({ summary, parameters, returns }: MissingDoc): string {
  const parts = [
    ...(summary ? ['what it does'] : []),
    ...parameters.map((name) => `\`${name}\``),
    ...(returns ? ['what it returns'] : []),
  ]
  return parts.join(', ')
}
