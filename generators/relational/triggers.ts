import type { Field } from '../model/field.js'
import { fieldsIn } from '../model/lookup.js'
import { columnType } from './column-type.js'
import { instantFormOf } from './forms.js'
import { objectName } from './object-name.js'
import type { TableContext } from './table-context.js'
import type { InstantForm, SchemaFunction, Trigger } from './tables.js'

/** Triggers of a table, and the functions they call; those that several tables share come up once for each. */
export interface Triggers {
  readonly triggers: readonly Trigger[]
  readonly functions: readonly SchemaFunction[]
}

const none: Triggers = { triggers: [], functions: [] }

export const refuseChange = 'refuse_change'
export const refuseAppendOnly = 'refuse_append_only'

const suffixes: Readonly<Record<InstantForm, string>> = {
  zoned: '',
  naive: '_utc',
  milliseconds: '_ms',
  date: '_date',
}

const triggerName = ({ entity }: TableContext, label: string): string => objectName(entity.table, null, label)

const setUpdated = (context: TableContext, field: Field): Triggers => {
  const form = instantFormOf(field.type, context.options) ?? 'zoned'
  const name = objectName('set', field.name, null) + suffixes[form]
  return {
    triggers: [{ kind: 'set-updated', name: triggerName(context, `set_${field.name}`), function: name }],
    functions: [{ kind: 'set-updated', name, column: field.name, form }],
  }
}

/** `json` has no equality in Postgres; its text is compared instead. */
const isComparable = (context: TableContext, field: Field): boolean => columnType(context, field.type).name !== 'json'

/** Whether the database itself refuses to change a field. */
export const isHeldFixed = ({ immutable, enforce }: Field): boolean => immutable && enforce === 'store'

const refuseChanges = (context: TableContext): Triggers => {
  const columns = fieldsIn(context.entity, 'postgres')
    .filter((field) => (isHeldFixed(field) || field.maintained === 'created') && field.generated === null)
    .map((field) => ({ name: field.name, comparable: field.encrypted !== null || isComparable(context, field) }))
  if (columns.length === 0 || context.entity.appendOnly) return none
  const name = triggerName(context, 'refuse_change')
  return {
    triggers: [{ kind: 'refuse-change', name, function: refuseChange, columns }],
    functions: [{ kind: 'refuse-change', name: refuseChange }],
  }
}

/** The trigger that refuses to empty a table that is append-only. */
export const truncateTrigger = (table: string): string => objectName(table, null, 'append_only_truncate')

const appendOnly = (context: TableContext): Triggers =>
  context.entity.appendOnly
    ? {
        triggers: [
          { kind: 'append-only', name: triggerName(context, 'append_only'), function: refuseAppendOnly, on: 'row' },
          {
            kind: 'append-only',
            name: truncateTrigger(context.entity.table),
            function: refuseAppendOnly,
            on: 'truncate',
          },
        ],
        functions: [{ kind: 'refuse-append-only', name: refuseAppendOnly }],
      }
    : none

const nextNumber = (context: TableContext, field: Field): Triggers => {
  if (field.default?.kind !== 'next') return none
  const { table } = context.entity
  const name = context.functionNames.choose(table, field.name, 'next', 'function', field.origin)
  const counter = objectName(table, field.name, 'counters')
  const trigger = triggerName(context, `next_${field.name}`)
  return {
    triggers: [{ kind: 'next-number', name: trigger, function: name, column: field.name }],
    functions: [{ kind: 'next-number', name, table, column: field.name, per: field.default.per, counter }],
  }
}

export const triggersOf = (context: TableContext): Triggers => {
  const fields = fieldsIn(context.entity, 'postgres')
  const all = [
    ...fields.map((field) => nextNumber(context, field)),
    ...fields.filter(({ maintained }) => maintained === 'updated').map((field) => setUpdated(context, field)),
    refuseChanges(context),
    appendOnly(context),
  ]
  return { triggers: all.flatMap(({ triggers }) => triggers), functions: all.flatMap(({ functions }) => functions) }
}
