import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/bench/**'],
    // By default one processor is left free, which on a machine of two halves the tests' speed.
    maxWorkers: '100%',
    // Engines start in seconds on a busy machine; a test that hangs is found all the same.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
