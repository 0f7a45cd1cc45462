/// <reference types="astro/client" />

import { type RepositoryLinks, repositoryLinks } from '#lib/site/links/repository-links.ts'
import { siteUrls } from '#lib/site/links/urls.ts'

/** The addresses of the site that is being built, under the base that Astro was told. */
export const urls = siteUrls(import.meta.env.BASE_URL)

/** Links into the repository of the site, REPOSITORY_URL in the environment; null: whoever builds does not say. */
export const repository: RepositoryLinks | null = process.env.REPOSITORY_URL
  ? repositoryLinks(process.env.REPOSITORY_URL)
  : null
