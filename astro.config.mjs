import { defineConfig } from 'astro/config'

// SITE_URL and BASE_PATH come from whoever builds: without them the site knows no host and lives at the root.
export default defineConfig({
  output: 'static',
  ...(process.env.SITE_URL ? { site: process.env.SITE_URL } : {}),
  base: process.env.BASE_PATH ?? '/',
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
  devToolbar: { enabled: false },
})
