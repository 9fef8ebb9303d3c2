import { report } from '../kernel/diagnostic.js'
import type { Reference, Unique } from '../model/entity.js'
import { entityOf, fieldOf, findField, setNullAlone } from '../model/lookup.js'
import { columnType } from './column-type.js'
import { keyWidth, uniqueWidth } from './index-widths.js'
import { heldReferences } from './order.js'
import { hasColumns, type TableContext } from './table-context.js'
import type { ForeignKey, PrimaryKey, UniqueConstraint } from './tables.js'

export const primaryKeyOf = (context: TableContext): readonly PrimaryKey[] => {
  const { entity, names } = context
  const { key } = entity
  if (key.kind === 'none') return []
  if (key.kind === 'fields') context.found.push(...keyWidth(context, key))
  const columns = key.kind === 'singleton' ? ['singleton'] : key.fields
  return [{ kind: 'primary-key', name: names.key(entity.postgres.key, null, 'pkey', key.origin), columns }]
}

export const nullableOf = ({ entity }: Pick<TableContext, 'entity'>, fields: readonly string[]): readonly string[] =>
  fields.filter((name) => findField(entity, name)?.nullable === true)

/** Whether a unique is a constraint, rather than an index: constraints have no `where`, and old servers no nulls that are alike. */
export const isConstraint = (
  context: Pick<TableContext, 'entity' | 'options'>,
  { fields, nulls, where }: Unique,
): boolean =>
  where === null && (nulls === 'distinct' || context.options.version >= 15 || nullableOf(context, fields).length === 0)

const uniqueConstraint = (context: TableContext, unique: Unique): UniqueConstraint => {
  const { fields, name, nulls, deferrable, origin } = unique
  context.found.push(...uniqueWidth(context, unique))
  return {
    kind: 'unique',
    name: context.names.key(name, fields, 'key', origin),
    columns: fields,
    nullsNotDistinct: nulls === 'not distinct' && context.options.version >= 15,
    deferrable,
  }
}

export const uniquesOf = (context: TableContext): readonly UniqueConstraint[] =>
  context.entity.uniques
    .filter((unique) => isConstraint(context, unique) && hasColumns(context.entity, unique.fields))
    .map((unique) => uniqueConstraint(context, unique))

/** Types that differ in length only can be linked; others cannot, or only with an index that is of no use. */
const linksAlike = (context: TableContext, reference: Reference): void => {
  const target = entityOf(context.set, reference.to.entity)
  reference.fields.forEach((name, index) => {
    const targetName = reference.to.fields[index] ?? ''
    const type = columnType(context, fieldOf(context.entity, name).type)
    const targetType = columnType(context, fieldOf(target, targetName).type)
    if (type.name === targetType.name && type.array === targetType.array) return
    const link = { field: name, type: type.text, target: `${target.name}.${targetName}`, targetType: targetType.text }
    context.found.push(report('reference-column-type', reference.origin, link))
  })
}

/** The columns that alone become null, which servers before 15 cannot do. */
const setNullOf = (context: TableContext, reference: Reference): readonly string[] => {
  const setNull = setNullAlone(reference)
  const { version } = context.options
  if (setNull.length > 0 && version < 15) {
    const feature = `\`on_delete: { set_null: [${setNull.join(', ')}] }\``
    context.found.push(report('postgres-too-old', reference.origin, { feature, needs: 15, version }))
  }
  return setNull
}

const foreignKey = (context: TableContext, reference: Reference): ForeignKey => {
  linksAlike(context, reference)
  return {
    kind: 'foreign-key',
    name: context.names.constraint(reference.name, reference.fields, 'fkey', reference.origin),
    columns: reference.fields,
    to: { table: entityOf(context.set, reference.to.entity).table, columns: reference.to.fields },
    onDelete: reference.onDelete,
    onUpdate: reference.onUpdate,
    setNull: setNullOf(context, reference),
    late: context.order.late.has(reference),
  }
}

export const foreignKeysOf = (context: TableContext): readonly ForeignKey[] =>
  heldReferences(context.set, context.entity).map((reference) => foreignKey(context, reference))
