import type { Connection } from 'mongoose'
import { inject, test } from 'vitest'
import { type Ability, connectedTo, lacking } from './mongo-abilities.js'

export type { Ability } from './mongo-abilities.js'

const known = inject('mongo')

/**
 * The server that tests of stored documents run on. MONGODB_URI names it; tests of the project `second` run on the one
 * that MONGODB_SECOND_URI names.
 */
export const serverUri: string | null = known?.uri ?? null

/** Whether these tests were run on another server before: what they do without Mongo is proved there. */
export const isSecondServer: boolean = known !== null && known.uri === process.env['MONGODB_SECOND_URI']

/** A server, and a database of its own on it for one test file. */
export interface MongoServer {
  readonly connection: Connection
  readonly can: ReadonlySet<Ability>
  readonly close: () => Promise<void>
}

/** Opens the server of these tests; null where there is none. */
export const openServer = async (): Promise<MongoServer | null> => {
  if (known === null) return null
  const connection = await connectedTo(known.uri)
  return {
    connection,
    can: new Set(known.can),
    close: async () => {
      await connection.dropDatabase()
      await connection.close()
    },
  }
}

const reasonsAgainst = (can: readonly Ability[], needs: readonly Ability[]): readonly string[] =>
  needs.filter((ability) => !can.includes(ability)).map((ability) => `the server ${lacking[ability]}`)

const notProved = (what: string, reasons: readonly string[]): string =>
  `not proved here: ${what} (${reasons.join(', ')})`

/**
 * `test`, but named as not proved, with the reason, where the server cannot do what it needs.
 *
 * @param subject what the tests of the file are about, for when there is no server at all
 */
export const testOn = (server: MongoServer | null, subject: string) => {
  const absent = ['MONGODB_URI is not set']
  if (server === null) process.stderr.write(`${notProved(subject, absent)}\n`)
  return (name: string, needs: readonly Ability[], run: (server: MongoServer) => Promise<void>): void => {
    const missing = server === null ? absent : reasonsAgainst([...server.can], needs)
    if (server !== null && missing.length === 0) {
      test(name, () => run(server))
      return
    }
    if (server !== null) process.stderr.write(`${notProved(name, missing)}\n`)
    test.skip(notProved(name, missing), () => undefined)
  }
}
