import { known } from '../kernel/bug.js'
import { type Diagnostic, report } from '../kernel/diagnostic.js'
import { memoised } from '../kernel/memoised.js'
import { type Result, withDiagnostics } from '../kernel/result.js'
import { archivesOf } from '../model/archive.js'
import type { Entity } from '../model/entity.js'
import { entitiesIn } from '../model/lookup.js'
import type { PostgresOptions } from '../model/options.js'
import type { SchemaSet } from '../model/schema-set.js'
import { summariesOf } from '../model/summary.js'
import { checksOf } from './checks.js'
import { columnsOf } from './columns.js'
import { counterTablesOf } from './counters.js'
import { enumTypesOf } from './enums.js'
import { extensionsOf } from './extensions.js'
import { commentOf } from './forms.js'
import { FunctionBook } from './function-book.js'
import { indexesOf } from './indexes.js'
import { foreignKeysOf, primaryKeyOf, uniquesOf } from './keys.js'
import { tableOrder } from './order.js'
import { partitionFunctions, partitioningOf } from './partitions.js'
import { retentionFunctions } from './retention/functions.js'
import { Scope } from './scope.js'
import type { TableContext } from './table-context.js'
import { TableNames } from './table-names.js'
import type { RelationalSchema, SchemaFunction, Table } from './tables.js'
import { refuseAppendOnly, refuseChange, triggersOf } from './triggers.js'

export { type Arbiter, arbitersOf, conflictTarget } from './arbiters.js'
export { columnType, withoutModifier } from './column-type.js'
export { expressionSql } from './expression.js'
export { type ExtensionNames, extensionNames } from './extension-names.js'
export { type Context, defaultOptions, hasComments, instantFormOf, isArray, isNumericEnum } from './forms.js'
export { insertStatement, parameterText } from './insert.js'
export { jsonOperand } from './operand.js'
export { type NumberedQuery, numberedQuery, type PreparedQuery, preparedQuery } from './query.js'
export { expressionScope } from './table-context.js'
export type * from './tables.js'

interface Made {
  readonly tables: readonly Table[]
  readonly functions: readonly SchemaFunction[]
  readonly diagnostics: readonly Diagnostic[]
}

/** Postgres manual, appendix K. */
const mostColumns = 1600

const tooManyColumns = ({ name, columns, origin }: Table): readonly Diagnostic[] =>
  columns.length <= mostColumns
    ? []
    : [report('too-many-columns', origin, { table: name, columns: columns.length, most: mostColumns })]

const madeTable = (context: TableContext, role: Exclude<Table['role'], 'counter'>): Made => {
  const { entity, names, order } = context
  const keys = [...primaryKeyOf(context), ...uniquesOf(context), ...foreignKeysOf(context)]
  const { triggers, functions } = triggersOf(context)
  const table: Table = {
    name: entity.table,
    role,
    entity: entity.name,
    comment: commentOf(context, entity.enforce, entity.summary),
    columns: columnsOf(context),
    constraints: [...keys, ...checksOf(context)],
    indexes: indexesOf(context),
    triggers,
    partition: partitioningOf(context),
    unlogged: entity.postgres.unlogged,
    singleton: entity.key.kind === 'singleton',
    appendOnly: entity.appendOnly,
    depth: known(order.depth.get(entity.name), 'depth'),
    origin: entity.origin,
  }
  const tables = [...counterTablesOf(context), table]
  return { tables, functions, diagnostics: [...context.found, ...names.diagnostics, ...tooManyColumns(table)] }
}

const byDepth = (a: Table, b: Table): number => a.depth - b.depth || (a.name < b.name ? -1 : 1)

/** Functions that several tables share are in the list once. */
const distinct = (functions: readonly SchemaFunction[]): readonly SchemaFunction[] => [
  ...new Map(functions.map((each) => [each.name, each])).values(),
]

const claimNames = (entities: readonly Entity[], relations: Scope, functions: Scope, set: SchemaSet): void => {
  for (const entity of entities) relations.claim(entity.table, 'table', entity.origin)
  for (const name of [refuseChange, refuseAppendOnly]) functions.claim(name, 'function', set.origin)
}

const makeSchema = (set: SchemaSet, options: PostgresOptions): Result<RelationalSchema> => {
  const context = { set, options }
  const entities = entitiesIn(set, 'postgres')
  const archives = entities.flatMap((entity) => archivesOf(entity, 'postgres'))
  const summaries = entities.flatMap(summariesOf)
  const relationNames = new Scope()
  const functionNames = new Scope()
  claimNames([...entities, ...archives, ...summaries], relationNames, functionNames, set)
  const enums = enumTypesOf(context, relationNames)
  const book = new FunctionBook(context, functionNames)
  const order = tableOrder(set)
  const make = (entity: Entity, role: Exclude<Table['role'], 'counter'>): Made => {
    const names = new TableNames(entity.table, relationNames)
    return madeTable({ set, options, entity, names, book, functionNames, relationNames, order, found: [] }, role)
  }
  const made = [
    ...entities.map((entity) => make(entity, 'entity')),
    ...archives.map((archive) => make(archive, 'archive')),
    ...summaries.map((summary) => make(summary, 'summary')),
  ]
  const tables = made.flatMap((each) => each.tables).sort(byDepth)
  const functions = [
    ...book.functions,
    ...distinct(made.flatMap((each) => each.functions)),
    ...partitionFunctions(tables),
  ]
  const retention = retentionFunctions(set, tables, functionNames, relationNames)
  return withDiagnostics(
    {
      schema: options.schema,
      version: options.version,
      extensions: extensionsOf(tables, entities),
      enums,
      functions,
      tables,
      retention,
    },
    [...relationNames.diagnostics, ...functionNames.diagnostics, ...made.flatMap((each) => each.diagnostics)],
  )
}

const schemas = memoised((set: SchemaSet) => memoised((options: PostgresOptions) => makeSchema(set, options)))

/**
 * A schema set as Postgres holds it under the target's options: enum types, functions and tables as data, with their
 * final names, in the order a script creates them in. What cannot be named or held comes as diagnostics.
 */
export const relationalSchema = (set: SchemaSet, options: PostgresOptions): Result<RelationalSchema> =>
  schemas(set)(options)
