import { known } from '../../generators/kernel/bug.js'
import type { PostgresOptions } from '../../generators/model/options.js'
import type { JsonValue } from '../../generators/model/origin.js'
import { insertStatement } from '../../generators/relational/index.js'
import { refusal, type TestDatabase } from './postgres.js'
import { emitted, setOf, viewOf } from './schema-sql.js'

export type RowJson = Readonly<Record<string, JsonValue>>

/** Loads a set into a database, and gives what inserts a row of JSON: the constraint that refuses it, or "accepted". */
export const loadInto = async (database: TestDatabase, yaml: string, options: Partial<PostgresOptions> = {}) => {
  const set = setOf(yaml)
  await database.exec(await emitted(set, options))
  const { schema } = viewOf(set, options)
  return (entity: string, row: RowJson): Promise<string> => {
    const table = known(
      schema.tables.find((each) => each.entity === entity && each.role === 'entity'),
      entity,
    )
    const { text, values } = insertStatement(schema, table, row)
    return refusal(database.query(text, values))
  }
}
