import { hashOf, hashOfPart } from '../kernel/hash.js'
import { ok, type Result, withDiagnostics } from '../kernel/result.js'
import { entitiesIn, findEntity } from '../model/lookup.js'
import type { PostgresOptions } from '../model/options.js'
import type { SchemaSet } from '../model/schema-set.js'
import type { OutputPart, Unit } from '../model/target.js'
import type { CheckFunction, EnumType, RelationalSchema, SchemaFunction, Table } from '../relational/index.js'
import { relationalSchema } from '../relational/index.js'
import { accessUnits } from './access/units.js'
import { enumStatements } from './enum.js'
import { functionSql } from './functions.js'
import { grantsUnit } from './grants.js'
import { groupBy } from './group-by.js'
import { retentionUnits } from './retention/units.js'
import { isShared, part, sectionOrder, sectionParts, sectionsOf } from './sections.js'
import { type SeedRows, seedCircles, seedDiagnostics, seedHeader, seedParts, seedRowsOf } from './seed.js'
import { type Style, styleOf } from './style.js'
import { checkFunctionPart, tableParts } from './table-parts.js'

const unit = (
  id: string,
  definitions: readonly string[],
  reads: unknown,
  emit: () => Promise<readonly OutputPart[]>,
): Unit => ({ id, definitions, hash: hashOf([id, reads]), emit: async () => ok(await emit()) })

const headUnit = (style: Style, set: SchemaSet, schema: RelationalSchema): Unit => {
  const sections = sectionsOf(set.name, schema, style)
  const hasSeed = entitiesIn(set, 'postgres').some(({ seed }) => seed.length > 0)
  return unit('postgres head', [], { style, sections, hasSeed }, async () => [
    ...(await sectionParts(sections, style)),
    ...(hasSeed ? [seedHeader(set.name)] : []),
  ])
}

const enumUnit = (style: Style, type: EnumType): Unit =>
  unit(`postgres enum ${type.definition}`, [`enum ${type.definition}`], { style, type }, async () => [
    part(sectionOrder.types + 1, enumStatements(style, type)),
  ])

const sharedUnit = (style: Style, made: SchemaFunction): Unit =>
  unit(`postgres function ${made.name}`, [], { style, made }, async () => [
    made.kind === 'check'
      ? await checkFunctionPart(style, made)
      : part(sectionOrder.triggerFunctions + 1, [await functionSql(style, made)]),
  ])

const objectUnit = (style: Style, object: string, functions: readonly CheckFunction[]): Unit =>
  unit(`postgres object ${object}`, [`object ${object}`], { style, functions }, () =>
    Promise.all(functions.map((made) => checkFunctionPart(style, made))),
  )

const tableUnit = (style: Style, table: Table, functions: readonly SchemaFunction[], seed: readonly SeedRows[]): Unit =>
  unit(
    `postgres table ${table.name}`,
    [`entity ${table.entity}`],
    [style, hashOfPart(table), functions, seed],
    async () => [...(await tableParts(style, { table, functions })), ...seedParts(style, table, seed)],
  )

/** Whose a function is: a table's, an object's, or null when it is shared. */
const ownerOf = (made: SchemaFunction): string | null => {
  if (made.kind === 'check') return made.owner.kind === 'shared' ? null : `${made.owner.kind} ${made.owner.name}`
  return made.kind === 'next-number' || made.kind === 'make-partitions' ? `table ${made.table}` : null
}

const seedOf = (set: SchemaSet, options: PostgresOptions, table: Table): readonly SeedRows[] => {
  const entity = findEntity(set, table.entity)
  return entity === undefined || table.role !== 'entity' ? [] : seedRowsOf(set, options, entity)
}

const isCheck = (made: SchemaFunction): made is CheckFunction => made.kind === 'check'

/** What can be emitted alone: the headings, each enum, each shared function, each object's functions, and each table. */
export const unitsOf = (set: SchemaSet, options: PostgresOptions): Result<readonly Unit[]> => {
  const { value: schema, diagnostics } = relationalSchema(set, options)
  const style = styleOf(schema, options)
  const owned = groupBy(schema.functions, ownerOf)
  const ownedBy = (owner: string) => owned.get(owner) ?? []
  const objects = set.objects.filter(({ name }) => owned.has(`object ${name}`))
  const shared = schema.functions.filter((made) => ownerOf(made) === null && (isCheck(made) || isShared(made.kind)))
  const units = [
    headUnit(style, set, schema),
    ...schema.enums.map((type) => enumUnit(style, type)),
    ...shared.map((made) => sharedUnit(style, made)),
    ...objects.map(({ name }) => objectUnit(style, name, ownedBy(`object ${name}`).filter(isCheck))),
    ...schema.tables.map((table) =>
      tableUnit(style, table, ownedBy(`table ${table.name}`), seedOf(set, options, table)),
    ),
    ...(schema.tables.length === 0 ? [] : [grantsUnit(set.name, style, schema, options)]),
    ...retentionUnits(set, options, schema),
    ...accessUnits(set, options),
  ]
  return withDiagnostics(units, [
    ...diagnostics,
    ...entitiesIn(set, 'postgres').flatMap(seedDiagnostics),
    ...schema.tables.flatMap((table) => seedCircles(set, table)),
  ])
}
