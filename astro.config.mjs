import { fileURLToPath, pathToFileURL } from 'node:url'
import { defineConfig } from 'astro/config'
import { address, base, home } from './src/site-address.mjs'

const ASK_THREAD = new URL('./src/ask/ask-thread.mjs', import.meta.url).href

export default defineConfig({
  output: 'static',
  ...(address ? { site: address.origin } : {}),
  base,
  trailingSlash: 'always',
  compressHTML: true,
  // Pages are made while others are being written.
  build: { format: 'directory', inlineStylesheets: 'never', concurrency: 8 },
  // Scripts and pictures stay files of their own, so that a strict content policy needs no exception.
  vite: {
    build: { assetsInlineLimit: 0, reportCompressedSize: false, modulePreload: false },
    plugins: [
      // A build asks a thread, which the building program shares with the pages: it is left out of their bundle.
      {
        name: 'atlas:ask-thread',
        apply: 'build',
        enforce: 'pre',
        resolveId: (id) => (id === '#ask' ? { id: ASK_THREAD, external: true } : undefined),
      },
      // Astro's own modules are loaded as they are, for it runs them anyhow: they are half of what would be bundled.
      {
        name: 'atlas:astro-as-it-is',
        apply: 'build',
        enforce: 'pre',
        async resolveId(id, importer, { ssr }) {
          if (!ssr || !id.startsWith('astro/')) return
          const found = await this.resolve(id, importer, { skipSelf: true })
          return found && { id: pathToFileURL(found.id).href, external: true }
        },
      },
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
        'astro:build:done': async ({ dir }) => {
          if (!home) return
          // imported here: TypeScript at the top of this file makes Astro start a server only to read it
          const { tsImport } = await import('tsx/esm/api')
          const { writeSitemap } = await tsImport('./scripts/lib/build/write-sitemap.ts', import.meta.url)
          writeSitemap(fileURLToPath(dir), home)
        },
      },
    },
  ],
  devToolbar: { enabled: false },
})
