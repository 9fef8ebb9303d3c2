import { unreachable } from '../kernel/bug.js'
import { code, joined, type Markdown, md, prose, sentence } from '../kernel/safe/markdown.js'
import type { Check, Entity, Index, IndexPart, Unique } from '../model/entity.js'
import { expressionText } from '../model/expression-text.js'
import type { Field } from '../model/field.js'
import type { ObjectDefinition } from '../model/schema-set.js'
import { type Table, tableOf } from './table.js'

const codes = (names: readonly string[]): Markdown => joined(names.map(code), ', ')

const keyRule = (entity: Entity): Markdown => {
  switch (entity.key.kind) {
    case 'fields':
      return entity.key.fields.length > 1 ? md`The key is ${codes(entity.key.fields)} together.` : md``
    case 'singleton':
      return md`There is at most one row.`
    case 'none':
      return md`Rows have no key.`
    default:
      return unreachable(entity.key)
  }
}

const uniqueRule = (unique: Unique): Markdown => {
  const where = unique.where === null ? md`` : md` where ${code(expressionText(unique.where))}`
  const nulls = unique.nulls === 'not distinct' ? md`, null counting as a value` : md``
  const deferred = unique.deferrable ? md`, looked at when the transaction ends if it asks for that` : md``
  const note = unique.note === null ? md`` : md` ${sentence(prose(unique.note))}`
  return md`One row per ${codes(unique.fields)}${where}${nulls}${deferred}.${note}`
}

const checkRule = (check: Check, path: string | null): Markdown =>
  path === null
    ? md`${code(check.name)}: ${code(check.text)}`
    : md`${code(check.name)}, in each ${code(path)}: ${code(check.text)}`

const rawFieldRule = ({ name, postgres, mongo }: Field): readonly Markdown[] => [
  ...(postgres.check === null ? [] : [md`${code(name)}, in Postgres only: ${code(postgres.check)}`]),
  ...(mongo.schema === null ? [] : [md`${code(name)}, in Mongo only: ${code(JSON.stringify(mongo.schema))}`]),
]

/** What every row keeps to beyond its fields' types: the key, what is unique, the checks. */
export const rulesOf = (
  entity: Entity,
  objects: readonly { readonly path: string; readonly object: ObjectDefinition }[],
): readonly Markdown[] =>
  [
    keyRule(entity),
    ...entity.uniques.map(uniqueRule),
    entity.appendOnly ? md`Rows are only added: none is changed or deleted.` : md``,
    ...entity.checks.map((check) => checkRule(check, null)),
    ...objects.flatMap(({ path, object }) => object.checks.map((check) => checkRule(check, path))),
    ...entity.fields.flatMap(rawFieldRule),
    ...entity.postgres.checks.map((check) => md`${code(check.name)}, in Postgres only: ${code(check.sql)}`),
  ].filter((rule) => rule !== '')

const partText = (part: IndexPart): Markdown => {
  const name = part.kind === 'field' ? part.path.join('.') : expressionText(part.expression)
  const collation = part.collation === null ? '' : ` collate "${part.collation}"`
  const operators = part.kind === 'field' && part.operatorClass !== null ? ` ${part.operatorClass}` : ''
  const nulls = part.nulls === null ? md`` : md` nulls ${prose(part.nulls)}`
  return md`${code(`${name}${collation}${operators}`)}${part.direction === 'desc' ? md` ↓` : md``}${nulls}`
}

/** What an index is on. */
export const indexFields = (index: Index): Markdown =>
  joined(
    [
      joined(index.parts.map(partText), ', '),
      index.include.length === 0 ? md`` : md`with ${codes(index.include)}`,
      index.where === null ? md`` : md`where ${code(expressionText(index.where))}`,
    ],
    ' ',
  )

/** The indexes, as they were asked for; what each store makes of them stands with the store. */
export const indexTable = (entity: Entity): Table | null =>
  tableOf(entity.indexes, [
    { head: md`index on`, cell: indexFields },
    { head: md`kind`, cell: (index) => joined([index.unique ? md`unique` : md``, methodText(index.using)], ', ') },
    { head: md`why`, cell: (index) => sentence(prose(index.note ?? '')) },
  ])

const methodText = (using: Index['using']): Markdown => (using === null ? md`` : code(using))
