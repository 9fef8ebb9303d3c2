import type { PostgresEngine } from '../../../engines/postgres/embedded.js'
import type { SchemaSet } from '../../../model/schema-set.js'
import { inCode } from './in-code.js'
import { inLanguage } from './in-language.js'
import { inMongo } from './in-mongo.js'
import { inPostgres } from './in-postgres.js'
import type { ConditionReader, Printed } from './reader.js'

/**
 * Everyone who says which rows of a set meet a condition.
 *
 * @param database one that has the set's schema; null where no Postgres is asked
 * @param printed what is read of what is printed for a condition: another text where a test plants a fault
 */
export const readersOf = (
  set: SchemaSet,
  database: PostgresEngine | null,
  printed: Printed = (text) => text,
): readonly ConditionReader[] => [
  inLanguage(set),
  inCode(set, printed),
  ...(set.stores.includes('mongo') ? inMongo(set, printed) : []),
  ...(database === null ? [] : inPostgres(set, database, printed)),
]
