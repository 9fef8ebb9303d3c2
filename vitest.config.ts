import { defineConfig } from 'vitest/config'
import { mongoTestFiles } from './test/support/leading-to.js'

/**
 * Tests of pure functions: their files share a worker's modules, which are read in a third of the time that all of their
 * tests take. Emitted models of Mongoose are no such thing, as models of one name would meet on its default connection.
 */
const pure = ['test/unit/!(mongoose)/**/*.test.ts', 'test/syntax/{hashes,order,syntax}.test.ts']

/** A second Mongo server has other abilities than the first: every test that a Mongo server runs is run on it as well. */
const second = process.env['MONGODB_SECOND_URI']

const onSecondServer = (uri: string) => ({
  extends: true as const,
  test: {
    name: 'second',
    include: [...mongoTestFiles()],
    env: { MONGODB_URI: uri },
    globalSetup: 'test/support/probe-mongo.ts',
    // SecantusDB compares each id of a command with each document: a thousand ids take it seconds.
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
})

/**
 * Mongoose 8 is supported beside 9: what is proved on it are the guards, changes in place, references, two sets side by side,
 * the functions of every entity, and the judgements of models.
 */
const onMongoose8 = {
  extends: true as const,
  test: {
    name: 'mongoose-8',
    include: [
      'test/access/{mongo,mongo-writes}.test.ts',
      'test/unit/mongoose/{guarded,own-id,populate,rules,side-by-side,tracking,values,version}.test.ts',
    ],
    env: { MONGOOSE_MAJOR: '8' },
    alias: [{ find: /^mongoose$/, replacement: 'mongoose-8' }],
    setupFiles: 'test/support/on-mongoose-8.ts',
    globalSetup: 'test/support/probe-mongo.ts',
  },
}

export default defineConfig({
  test: {
    // By default one processor is left free, which on a machine of two halves the tests' speed.
    maxWorkers: '100%',
    // Engines start in seconds on a busy machine; a test that hangs is found all the same.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Projects run in the order of their names: what takes long begins first, and short files fill both workers at the end.
    projects: [
      {
        extends: true,
        test: {
          name: 'alone',
          include: ['test/**/*.test.ts'],
          exclude: ['test/bench/**', ...pure],
          globalSetup: 'test/support/probe-mongo.ts',
        },
      },
      onMongoose8,
      ...(second === undefined ? [] : [onSecondServer(second)]),
      { extends: true, test: { name: 'together', include: pure, isolate: false } },
    ],
  },
})
