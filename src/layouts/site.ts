/// <reference types="astro/client" />
import { loadReleases } from '#content-fs'
import { makeSite } from '#lib/site/site.ts'

/** The site that is being built: the published releases under the base that Astro was told. */
export const site = makeSite(loadReleases(), import.meta.env.BASE_URL)
