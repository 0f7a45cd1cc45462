import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    // Browsers and whole extractions wait more than they work, so two files at a time even where there are two processors.
    maxWorkers: 2,
    testTimeout: 60_000,
  },
})
