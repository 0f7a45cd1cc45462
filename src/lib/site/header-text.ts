import { releaseHeader } from '#lib/publish/declaration.ts'
import type { Site } from './site.ts'

/** The C header of a release: the declarations of all its kfuncs. */
export function headerText(site: Site, release: string): string {
  return releaseHeader(site.catalog.release(release))
}
