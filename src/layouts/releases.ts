import { ask } from '#ask'

/** Ids of the releases of the site that is being built, oldest first. */
export const releases = await ask('releases')

/** The newest of them. */
export const newest = releases.at(-1) ?? ''
