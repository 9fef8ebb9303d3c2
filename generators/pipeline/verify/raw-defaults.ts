import type { PostgresEngine } from '../../engines/postgres/embedded.js'
import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { qualified, sql } from '../../kernel/safe/sql.js'
import type { Entity } from '../../model/entity.js'
import type { Field } from '../../model/field.js'
import { entitiesIn, fieldsIn } from '../../model/lookup.js'
import { type Style, styleOf } from '../../postgres/style.js'
import { createTable } from '../../postgres/table.js'
import { relationalSchema, type Table } from '../../relational/index.js'
import { counted, type Evidence, nothingToProve, type Proven } from './proof.js'
import type { Step, Watch } from './watch.js'

/** The error of a server. */
interface ServerError {
  readonly message: string
  /** The constraint that it is about. */
  readonly constraint?: string
}

const rawDefaultsOf = (entity: Entity): readonly Field[] =>
  fieldsIn(entity, 'postgres').filter(({ postgres, encrypted }) => postgres.default !== null && encrypted === null)

/** A temporary table of some columns of a table, and of the checks that read no others. */
const partOf = (table: Table, fields: readonly Field[]): Table => {
  const names = new Set(fields.map(({ name }) => name))
  return {
    ...table,
    columns: table.columns.filter(({ field }) => field !== null && names.has(field)),
    constraints: table.constraints.filter(
      (one) => one.kind === 'check' && one.columns.length > 0 && one.columns.every((column) => names.has(column)),
    ),
    indexes: [],
    triggers: [],
    partition: null,
  }
}

/** What the server says of a row whose only values are these defaults; null where it takes it. */
const refusalOf = async (engine: PostgresEngine, style: Style, table: Table): Promise<ServerError | null> => {
  await engine.query('BEGIN')
  try {
    await engine.exec(await createTable(style, table))
    await engine.exec(sql`INSERT INTO ${qualified('pg_temp', table.name)} DEFAULT VALUES`)
    return null
  } catch (failure) {
    return failure as ServerError
  } finally {
    await engine.query('ROLLBACK')
  }
}

const findingsOf = async (
  engine: PostgresEngine,
  style: Style,
  table: Table,
  fields: readonly Field[],
): Promise<readonly Diagnostic[]> => {
  const found: Diagnostic[] = []
  const refuse = (field: Field, { message }: ServerError): number =>
    found.push(report('raw-default-refused', field.origin, { field: field.name, message }))
  const sound: Field[] = []
  for (const field of fields) {
    const refusal = await refusalOf(engine, style, partOf(table, [field]))
    if (refusal === null) sound.push(field)
    else refuse(field, refusal)
  }
  const together = sound.length < 2 ? null : await refusalOf(engine, style, partOf(table, sound))
  if (together === null) return found
  const broken = table.constraints.find(({ name }) => name === together.constraint)
  const read = broken?.kind === 'check' ? broken.columns : []
  const blamed = sound.find(({ name }) => read.includes(name)) ?? sound[0]
  if (blamed !== undefined) refuse(blamed, together)
  return found
}

/** Inserts a row of the defaults that are written in SQL: only the server can say whether it takes them itself. */
export const tryRawDefaults = async (evidence: Evidence, engine: PostgresEngine, watch: Watch): Promise<Proven> => {
  const { set } = evidence
  if (set.targets.postgres === null) return nothingToProve
  const schema = relationalSchema(set, set.targets.postgres).value
  const style = { ...styleOf(schema, set.targets.postgres), schema: 'pg_temp', idempotent: false }
  const diagnostics: Diagnostic[] = []
  let tried = 0
  for (const entity of entitiesIn(set, 'postgres')) {
    const fields = rawDefaultsOf(entity)
    const table = schema.tables.find(({ role, entity: name }) => role === 'entity' && name === entity.name)
    if (fields.length === 0 || table === undefined) continue
    tried += fields.length
    const step: Step = {
      key: `${evidence.output} defaults ${entity.name}`,
      what: `the defaults in SQL of ${entity.name}`,
      at: entity.origin,
      share: 1,
    }
    diagnostics.push(
      ...(await watch.step(
        step,
        () => findingsOf(engine, style, table, fields),
        (finding) => [finding],
      )),
    )
  }
  const held = tried === 0 || diagnostics.length > 0 ? null : counted(tried, 'default in SQL', 'defaults in SQL')
  return { held, diagnostics, unproved: [] }
}
