import { defineConfig } from 'vitest/config'

/** The tests that `npm run mutate` runs against each mutant: those that neither start a program nor look at a built site. */
export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: [
      'tests/browser/**',
      'tests/scripts/**',
      'tests/golden/published.test.ts',
      'tests/site/pages.test.ts',
      'tests/btf/bpftool.test.ts',
      'tests/layers.test.ts',
    ],
    testTimeout: 60_000,
  },
})
