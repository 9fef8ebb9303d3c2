import type { PostgresEngine } from '../../../engines/postgres/embedded.js'
import type { SchemaSet } from '../../../model/schema-set.js'
import { inCode } from './in-code.js'
import { inLanguage } from './in-language.js'
import { inMongo } from './in-mongo.js'
import { inPostgres } from './in-postgres.js'
import type { ConditionReader } from './reader.js'

/**
 * Everyone who says which rows of a set meet a condition.
 *
 * @param database one that has the set's schema; null where no Postgres is asked
 */
export const readersOf = (set: SchemaSet, database: PostgresEngine | null): readonly ConditionReader[] => [
  inLanguage(set),
  inCode(set),
  ...(set.stores.includes('mongo') ? inMongo(set) : []),
  ...(database === null ? [] : inPostgres(set, database)),
]
