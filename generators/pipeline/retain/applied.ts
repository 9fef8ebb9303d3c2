import { known, unreachable } from '../../kernel/bug.js'
import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { retainedIn } from '../../script/retention.js'
import type { Database, MongoDatabase, PostgresDatabase } from './database.js'
import { type RetainedSet, sqlFileOf } from './prepare.js'

/** A function as `retention.sql` makes it. */
interface Routine {
  readonly name: string
  readonly body: string
}

const identifier = String.raw`(?:"(?:[^"]|"")+"|[\w$]+)`

const routinePattern = new RegExp(
  String.raw`^CREATE OR REPLACE (?:FUNCTION|PROCEDURE) (?:${identifier}\.)?(${identifier})\(.*?\bAS (\$\w*\$)(.*?)\2`,
  'gms',
)

const unquoted = (name: string): string => (name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name)

/** A file that was applied on Windows may have got other line ends. */
const oneLineEnd = (text: string): string => text.replaceAll('\r\n', '\n')

const routinesIn = (sql: string): readonly Routine[] =>
  [...oneLineEnd(sql).matchAll(routinePattern)].map(([, name = '', , body = '']) => ({ name: unquoted(name), body }))

const installed = `
SELECT p.proname AS name, p.prosrc AS body
FROM pg_catalog.pg_proc AS p
JOIN pg_catalog.pg_namespace AS n ON n.oid = p.pronamespace
WHERE n.nspname = $1 AND p.proname IN (SELECT json_array_elements_text($2))`

const some = (noun: string, [first = '', ...others]: readonly string[]): string =>
  `${noun} \`${first}\`${others.length === 0 ? '' : ` and ${others.length} more`}`

const refusal = (retained: RetainedSet, problem: 'missing' | 'older', what: string): readonly Diagnostic[] => [
  report('retention-not-applied', null, { store: retained.store, problem, what, file: sqlFileOf(retained) }),
]

/** Functions that the database lacks, or has in another form than the set makes them. */
const unappliedSql = async (retained: RetainedSet, { client }: PostgresDatabase): Promise<readonly Diagnostic[]> => {
  const wanted = routinesIn(retained.sql ?? '')
  const schema = known(retained.set.targets.postgres, 'the target postgres').schema
  const { rows } = await client.query(installed, [schema, JSON.stringify(wanted.map(({ name }) => name))])
  const found = rows as readonly Routine[]
  const namesOf = (isFound: (wanted: Routine, found: Routine) => boolean): readonly string[] =>
    wanted.filter((one) => !found.some((other) => isFound(one, other))).map(({ name }) => name)
  const missing = namesOf((one, other) => one.name === other.name)
  if (missing.length > 0) return refusal(retained, 'missing', some('function', missing))
  const older = namesOf((one, other) => one.name === other.name && one.body === oneLineEnd(other.body))
  return older.length === 0 ? [] : refusal(retained, 'older', some('the function', older))
}

/** A database with none of the collections is another one than is meant; one without some is a bot that began today. */
const unknownCollections = async (
  retained: RetainedSet,
  { connection }: MongoDatabase,
): Promise<readonly Diagnostic[]> => {
  const wanted = retainedIn(retained.set, 'mongo').map(({ collection }) => collection)
  const listed = await known(connection.db, 'an open connection').listCollections({}, { nameOnly: true }).toArray()
  return listed.some(({ name }) => wanted.includes(name))
    ? []
    : refusal(retained, 'missing', some('collection', wanted))
}

/** What a database lacks of what the retention of a set needs; nothing may be planned or done before it is there. */
export const unapplied = (retained: RetainedSet, database: Database): Promise<readonly Diagnostic[]> => {
  switch (database.store) {
    case 'postgres':
      return unappliedSql(retained, database)
    case 'mongo':
      return unknownCollections(retained, database)
    default:
      return unreachable(database)
  }
}
