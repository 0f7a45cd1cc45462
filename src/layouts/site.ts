/// <reference types="astro/client" />

import { ask } from '#ask'
import { type RepositoryLinks, repositoryLinks } from '#lib/site/repository-links.ts'
import { siteUrls } from '#lib/site/urls.ts'

/** The addresses of the site that is being built, under the base that Astro was told. */
export const urls = siteUrls(import.meta.env.BASE_URL)

/** Ids of its releases, oldest first. */
export const releases = await ask('releases')

/** The newest of them. */
export const newest = releases.at(-1) ?? ''

/** Links into the repository of the site, REPOSITORY_URL in the environment; null: whoever builds does not say. */
export const repository: RepositoryLinks | null = process.env.REPOSITORY_URL
  ? repositoryLinks(process.env.REPOSITORY_URL)
  : null
