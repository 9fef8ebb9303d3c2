import { fileURLToPath } from 'node:url'
import { type Ask, type Difference, type Facts, readFacts } from '../../generators/evolution/index.js'
import { known } from '../../generators/kernel/bug.js'
import type { SchemaSet } from '../../generators/model/schema-set.js'
import { emittedSql } from '../../generators/pipeline/drift/wanted.js'
import { compileFolder } from '../support/compile.js'
import { openOn, type TestDatabase } from '../support/postgres.js'
import { withDefaults } from '../support/schema-sql.js'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** The sets of this repository that are kept in Postgres and need no extension that the embedded engine lacks. */
export const setNames = [
  'schemas/amina',
  'schemas/community',
  'schemas/companion',
  'schemas/discord',
  'schemas/starter',
  'schemas/tomori',
  'test/fixtures/everything',
  'test/fixtures/everything-else',
  'test/fixtures/enforced',
  'test/fixtures/extended',
] as const

export const setNamed = (name: string): SchemaSet => known(compileFolder(`${root}${name}`).value, name).set

export const askOf =
  (database: Pick<TestDatabase, 'query'>): Ask =>
  (text, values) =>
    database.query(text, values)

/** The SQL of a set for a server: it says what an older one can. */
export const sqlFor = (set: SchemaSet, version: number): Promise<string> => {
  const options = withDefaults({ ...set.targets.postgres })
  return emittedSql(set, { ...options, version: Math.min(version, options.version) })
}

/** What an empty database holds once a script ran in it. */
export const factsAfter = async (database: TestDatabase, sql: string, schema: string): Promise<Facts> => {
  await database.reset()
  await database.exec(sql)
  return readFacts(askOf(database), schema)
}

/** Servers of other versions, whose URLs POSTGRES_SERVERS names with spaces between them. */
export const openServers = (): Promise<readonly (readonly [driver: string, database: TestDatabase])[]> =>
  Promise.all(
    (process.env['POSTGRES_SERVERS'] ?? '')
      .split(/\s+/)
      .filter((url) => url !== '')
      .map(async (url) => {
        const database = await openOn(url)
        return [`Postgres ${database.version}`, database] as const
      }),
  )

/** A difference in a line. */
export const shortly = (difference: Difference): string => {
  const { kind, object } = difference
  if (kind === 'different') return `different ${object.id}: ${difference.changes.map(({ property }) => property)}`
  if (kind === 'unfit') return `unfit ${object.id}: ${difference.state}`
  return kind === 'missing'
    ? ['missing', object.id, ...difference.alongside.map(({ id }) => id)].join(' ')
    : `extra ${object.id}`
}
