/// <reference types="astro/client" />
import { loadHistory, loadProse, loadReleases } from '#content-fs'
import { dataFiles } from '#lib/site/data-files.ts'
import { type RepositoryLinks, repositoryLinks } from '#lib/site/repository-links.ts'
import { makeSite } from '#lib/site/site.ts'

/** The site that is being built: the published releases and their history under the base that Astro was told. */
export const site = makeSite(loadReleases(), import.meta.env.BASE_URL, loadHistory(), loadProse())

/** The published files of that site. */
export const files = dataFiles(site)

/** Links into the repository of the site, REPOSITORY_URL in the environment; null: whoever builds does not say. */
export const repository: RepositoryLinks | null = process.env.REPOSITORY_URL
  ? repositoryLinks(process.env.REPOSITORY_URL)
  : null
