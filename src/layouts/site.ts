/// <reference types="astro/client" />
import { loadHistory, loadProse, loadReleases } from '#content-fs'
import { dataFiles } from '#lib/site/data-files.ts'
import { makeSite } from '#lib/site/site.ts'

/** The site that is being built: the published releases and their history under the base that Astro was told. */
export const site = makeSite(loadReleases(), import.meta.env.BASE_URL, loadHistory(), loadProse())

/** The published files of that site. */
export const files = dataFiles(site)
