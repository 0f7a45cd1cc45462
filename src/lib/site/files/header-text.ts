import { releaseHeader } from '#lib/publish/usage/declaration.ts'
import type { Site } from '#lib/site/site.ts'

/** The C header of a release: the declarations of all its kfuncs. */
export function headerText(site: Site, release: string): string {
  return releaseHeader(site.catalog.release(release))
}
