import { fileURLToPath } from 'node:url'
import { defineConfig } from 'astro/config'
import { writeSitemap } from './scripts/lib/write-sitemap.ts'

// SITE_URL comes from whoever builds: without it the site knows no host and lives at the root, or under BASE_PATH.
const address = siteAddress(process.env.SITE_URL)

/** The address that the site is built for, as a URL; undefined for none. Throws for what is no address of the web. */
function siteAddress(given) {
  if (!given) return undefined
  const url = URL.canParse(given) ? new URL(given) : null
  if (url && /^https?:$/.test(url.protocol) && url.search === '' && url.hash === '') return url
  throw new Error(
    `SITE_URL is ${given}; expected an address such as https://kfuncs.example/ or https://user.example/kfunc-atlas/`,
  )
}

/** The whole address of the site, with a slash at its end. */
function home({ origin, pathname }) {
  const base = process.env.BASE_PATH ?? pathname
  return `${origin}/${base.replace(/^\/|\/$/g, '')}/`.replace(/\/\/$/, '/')
}

export default defineConfig({
  output: 'static',
  ...(address ? { site: address.origin } : {}),
  base: process.env.BASE_PATH ?? address?.pathname ?? '/',
  trailingSlash: 'always',
  compressHTML: true,
  // Pages are made while others are being written.
  build: { format: 'directory', inlineStylesheets: 'never', concurrency: 8 },
  // Scripts and pictures stay files of their own, so that a strict content policy needs no exception.
  vite: {
    build: { assetsInlineLimit: 0, reportCompressedSize: false, modulePreload: false },
    plugins: [
      // What only makes the pages is thrown away after the build: it need not be small.
      {
        name: 'atlas:fast-server-build',
        config: (_, { isSsrBuild }) =>
          isSsrBuild ? { build: { minify: false, rollupOptions: { treeshake: false } } } : {},
      },
    ],
  },
  integrations: [
    {
      name: 'atlas:sitemap',
      hooks: {
        'astro:build:done': ({ dir }) => {
          if (address) writeSitemap(fileURLToPath(dir), home(address))
        },
      },
    },
  ],
  devToolbar: { enabled: false },
})
