import type { TestProject } from 'vitest/node'
import { type KnownServer, knownServer } from './mongo-abilities.js'

declare module 'vitest' {
  interface ProvidedContext {
    /** The Mongo server of the project's tests; null where the environment names none. */
    readonly mongo: KnownServer | null
  }
}

/** Tries once a run, for all test files of a project, what its Mongo server can do. */
export default async (project: TestProject): Promise<void> => {
  const uri = project.config.env?.['MONGODB_URI'] ?? process.env['MONGODB_URI']
  project.provide('mongo', uri === undefined ? null : await knownServer(uri))
}
