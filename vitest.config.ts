import { defineConfig } from 'vitest/config'

/**
 * Tests of pure functions: their files share a worker's modules, which are read in a third of the time that all of their
 * tests take. Emitted models of Mongoose are no such thing, as models of one name would meet on its default connection.
 */
const pure = ['test/unit/!(mongoose)/**/*.test.ts', 'test/syntax/{hashes,order,syntax}.test.ts']

export default defineConfig({
  test: {
    // By default one processor is left free, which on a machine of two halves the tests' speed.
    maxWorkers: '100%',
    // Engines start in seconds on a busy machine; a test that hangs is found all the same.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Projects run in the order of their names: what takes long begins first, and short files fill both workers at the end.
    projects: [
      { extends: true, test: { name: 'alone', include: ['test/**/*.test.ts'], exclude: ['test/bench/**', ...pure] } },
      { extends: true, test: { name: 'together', include: pure, isolate: false } },
    ],
  },
})
