import { memoised } from '../kernel/memoised.js'
import { docComment, lineComment, propertyName, proseOf } from '../kernel/safe/typescript.js'
import type { Entity } from '../model/entity.js'
import { type Field, isComputed, mayBeLeftOut } from '../model/field.js'
import { entitiesIn, fieldsIn } from '../model/lookup.js'
import type { SchemaSet } from '../model/schema-set.js'
import { type Code, code, joined, property, trusted } from '../script/code.js'
import { importLines, type ModuleKind } from '../script/module.js'
import { entityNames, header } from '../script/names.js'
import { patchFields } from '../script/shapes.js'
import { columnTypes } from './column.js'

const path = 'typescript/database'

/** The interface of an entity's table: `WarningTable`. */
export const tableTypeName = (entity: Entity): string => `${entityNames(entity).row}Table`

const isStoreMade = (field: Field): boolean =>
  isComputed(field) || (field.maintained === 'store' && field.type.kind === 'identity')

const orNull = (type: Code, field: Field): Code =>
  field.nullable && type.text !== 'unknown' ? code`${type} | null` : type

/** An encrypted column is changed by a statement of its own. */
const isChanged = (entity: Entity, field: Field): boolean =>
  field.encrypted === null
    ? patchFields(entity).some((patched) => patched.field === field)
    : !field.immutable && !entity.appendOnly

const columnType = (set: SchemaSet, entity: Entity, field: Field): Code => {
  const types = field.encrypted === null ? columnTypes(set, field.type) : bytea
  const [select, insert] = [orNull(types.select, field), orNull(types.insert, field)]
  if (isStoreMade(field)) return code`Column<${select}, never, never>`
  const changes = isChanged(entity, field)
  const given = mayBeLeftOut(field) && !field.nullable ? code`${insert} | undefined` : insert
  if (!changes) return code`Column<${select}, ${given}, never>`
  return given.text === select.text ? select : code`Column<${select}, ${given}, ${insert}>`
}

const bytea = { select: trusted('Uint8Array'), insert: trusted('Uint8Array') }

const columns = memoised((set: SchemaSet) =>
  memoised((entity: Entity) =>
    fieldsIn(entity, 'postgres').map((field) => code`  ${property(field.name)}: ${columnType(set, entity, field)}`),
  ),
)

/** The head of the file reads the columns of all tables for what they import; each table's part prints its own. */
const columnsOf = (set: SchemaSet, entity: Entity): readonly Code[] => columns(set)(entity)

/** The columns of an entity's table, as a part of the module of the database. */
export const tablePart = (set: SchemaSet, entity: Entity): string => {
  const doc = docComment(proseOf(`The columns of \`${entity.table}\`, as a driver reads and takes them.`))
  return `\n${doc}export interface ${tableTypeName(entity)} {\n${joined(columnsOf(set, entity), '\n').text}\n}\n`
}

const column = `/** A column that is read, inserted and updated as different types: the same as Kysely's \`ColumnType\`. */
export interface Column<Select, Insert = Select, Update = Insert> {
  readonly __select__: Select
  readonly __insert__: Insert
  readonly __update__: Update
}
`

/** What stands above the tables: what the file is, what they import, and what a column is. */
export const databaseHead = (set: SchemaSet, kind: ModuleKind): string => {
  const imports = entitiesIn(set, 'postgres').flatMap((entity) =>
    columnsOf(set, entity).flatMap((column) => column.imports),
  )
  const lines = importLines(path, imports, kind)
  return [lineComment(header(set.name)), '', ...(lines.length === 0 ? [] : [...lines, '']), column].join('\n')
}

const qualified = (set: SchemaSet, entity: Entity): string => {
  const schema = set.targets.postgres?.schema ?? 'public'
  return schema === 'public' ? entity.table : `${schema}.${entity.table}`
}

/** What stands below the tables: all of them by name. */
export const databaseTail = (set: SchemaSet): string => {
  const tables = entitiesIn(set, 'postgres').map(
    (entity) => `  ${propertyName(qualified(set, entity))}: ${tableTypeName(entity)}\n`,
  )
  return `\n/** The tables of the database, for \`new Kysely<Database>(…)\`. */\nexport interface Database {\n${tables.join('')}}\n`
}
