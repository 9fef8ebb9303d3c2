import type { PostgresEngine } from '../../../engines/postgres/embedded.js'
import type { EmittedFile } from '../../../engines/script/emitted.js'
import { compareText } from '../../../kernel/order.js'
import { identifier, joinSql, qualified, type Sql, sql } from '../../../kernel/safe/sql.js'
import type { Entity } from '../../../model/entity.js'
import { findEntity } from '../../../model/lookup.js'
import type { TargetId } from '../../../model/options.js'
import type { SchemaSet } from '../../../model/schema-set.js'
import { relationalSchema, type Table } from '../../../relational/index.js'
import type { PostgresState } from '../../migrate/planning.js'
import { targets } from '../../targets.js'
import { loadValidators, type ParsedValue } from '../judges/zod.js'

const needed: readonly TargetId[] = ['typescript', 'zod']

/** Files of a target, made now. */
const emittedBy = async (set: SchemaSet, id: TargetId): Promise<readonly EmittedFile[]> => {
  const options = set.targets[id]
  if (options === null) return []
  const target = await targets[id]()
  const parts = (await Promise.all(target.units(set, options as never).value.map((unit) => unit.emit()))).flatMap(
    ({ value }) => value,
  )
  const texts = new Map<string, string>()
  for (const { path, text } of [...parts].sort((a, b) => a.order - b.order || compareText(a.text, b.text))) {
    texts.set(path, (texts.get(path) ?? '') + text)
  }
  return [...texts].map(([path, text]) => ({ path, text }))
}

/** Times come back as text, as a driver without a parser returns them. */
const returned = ({ columns }: Table): Sql =>
  joinSql(
    columns
      .filter(({ field }) => field !== null)
      .map(({ name, type }) => {
        const column = identifier(name)
        if (!type.name.startsWith('timestamp')) return column
        return type.array ? sql`${column}::text[] AS ${column}` : sql`${column}::text AS ${column}`
      }),
    ', ',
  )

const complaint = ({ error }: ParsedValue): string =>
  (error?.issues ?? []).map(({ message, path }) => `${path.join('.')}: ${message}`).join('; ')

/** What the emitted validators of a set say of stored rows. */
export interface RowJudge {
  /** The columns of a table, as a driver returns them. */
  readonly returned: (table: Table) => Sql
  /** What is wrong with a row; null: nothing. */
  readonly complaint: (entity: Entity, row: unknown) => string | null
}

/** Null where the set emits no validators. */
export const rowJudge = async (set: SchemaSet): Promise<RowJudge | null> => {
  if (set.targets.zod === null) return null
  const files = (await Promise.all(needed.map((id) => emittedBy(set, id)))).flat()
  const validatorOf = await loadValidators({ set, output: '', files })
  return {
    returned,
    complaint: (entity, row) => {
      const read = validatorOf(entity, ({ postgresCodec }) => postgresCodec).safeDecode(row)
      const judged = read.success ? validatorOf(entity, ({ rowSchema }) => rowSchema).safeParse(read.data) : read
      return judged.success ? null : complaint(judged)
    },
  }
}

/** What the validators of a set say of the rows that are stored: a sentence for the first refused one of each table. */
export const refusedRows = async (
  engine: PostgresEngine,
  { options, set }: PostgresState,
  tables: ReadonlySet<string>,
): Promise<{ readonly refused: readonly string[]; readonly unproved: readonly string[] }> => {
  const judge = await rowJudge(set)
  if (judge === null) return { refused: [], unproved: ['the set emits no validators to hold the rows to'] }
  const schema = relationalSchema(set, options).value
  const refused: string[] = []
  for (const table of schema.tables) {
    const entity = table.role === 'entity' ? findEntity(set, table.entity) : undefined
    if (entity === undefined || !tables.has(table.name)) continue
    const rows = await engine.query(sql`SELECT ${returned(table)} FROM ${qualified(schema.schema, table.name)}`)
    const complaints = rows.flatMap((row) => judge.complaint(entity, row) ?? [])
    const [first] = complaints
    if (first !== undefined) {
      refused.push(`the new validators refuse ${complaints.length} of ${rows.length} rows of ${table.name}: ${first}`)
    }
  }
  return { refused, unproved: [] }
}
