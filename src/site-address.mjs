/**
 * The address that the site is built for, from the environment of whoever builds: SITE_URL, and BASE_PATH where its path
 * is another. Without them the site knows no host and lives at the root. Plain JavaScript: Node reads it before
 * anything is compiled.
 */

/** As a URL; undefined for none. Throws for what is no address of the web. */
export const address = siteAddress(process.env.SITE_URL)

/** The path under which all pages stand. */
export const base = process.env.BASE_PATH ?? address?.pathname ?? '/'

/** The whole address of the home page, with a slash at its end; undefined for none. */
export const home = address && `${address.origin}/${base.replace(/^\/|\/$/g, '')}/`.replace(/\/\/$/, '/')

/**
 * @param {string | undefined} given
 * @returns {URL | undefined}
 */
function siteAddress(given) {
  if (!given) return undefined
  const url = URL.canParse(given) ? new URL(given) : null
  if (url && /^https?:$/.test(url.protocol) && url.search === '' && url.hash === '') return url
  throw new Error(
    `SITE_URL is ${given}; expected an address such as https://kfuncs.example/ or https://user.example/kfunc-atlas/`,
  )
}
