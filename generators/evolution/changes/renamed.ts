import type { Check, Entity, Index, QueryValue } from '../../model/entity.js'
import type { Expression } from '../../model/expression.js'
import type { Due, Lifecycle, Retention, Step, StepAction } from '../../model/retention.js'
import type { ObjectDefinition } from '../../model/schema-set.js'

/** What each thing of before is called now; what is gone keeps its name. */
type Names = ReadonlyMap<string, string>

const now = (names: Names, name: string): string => names.get(name) ?? name

const all = (names: Names, of: readonly string[]): readonly string[] => of.map((name) => now(names, name))

const path = (names: Names, [first, ...rest]: readonly string[]): readonly string[] =>
  first === undefined ? [] : [now(names, first), ...rest]

/** An expression with the fields that it reads as they are called now. */
const expression = (names: Names, from: Expression): Expression => {
  const inner = (one: Expression): Expression => expression(names, one)
  switch (from.kind) {
    case 'field':
      return { ...from, path: path(names, from.path) }
    case 'literal':
    case 'now':
      return from
    case 'not':
    case 'negate':
    case 'is-null':
      return { ...from, operand: inner(from.operand) }
    case 'and':
    case 'or':
    case 'compare':
    case 'arithmetic':
      return { ...from, left: inner(from.left), right: inner(from.right) }
    case 'in':
      return { ...from, operand: inner(from.operand), options: from.options.map(inner) }
    case 'between':
      return { ...from, operand: inner(from.operand), low: inner(from.low), high: inner(from.high) }
    case 'call':
      return { ...from, arguments: from.arguments.map(inner) }
  }
}

const condition = (names: Names, from: Expression | null): Expression | null => from && expression(names, from)

const checks = (names: Names, from: readonly Check[]): readonly Check[] =>
  from.map((check) => ({ ...check, expression: expression(names, check.expression) }))

const index = (names: Names, from: Index): Index => ({
  ...from,
  parts: from.parts.map((part) =>
    part.kind === 'field'
      ? { ...part, path: path(names, part.path) }
      : { ...part, expression: expression(names, part.expression) },
  ),
  include: all(names, from.include),
  where: condition(names, from.where),
})

const due = (names: Names, from: Due): Due =>
  from.kind === 'after' ? { ...from, of: now(names, from.of) } : { ...from, field: now(names, from.field) }

const settings = <T extends { readonly field: string }>(names: Names, values: readonly T[]): readonly T[] =>
  values.map((value) => ({ ...value, field: now(names, value.field) }))

const action = (names: Names, from: StepAction): StepAction =>
  from.kind === 'set' ? { ...from, values: settings(names, from.values) } : from

const step = (names: Names, from: Step): Step => ({
  ...from,
  due: due(names, from.due),
  where: condition(names, from.where),
  action: action(names, from.action),
  summarise: from.summarise && {
    ...from.summarise,
    by: settings(names, from.summarise.by),
    aggregates: settings(names, from.summarise.aggregates),
  },
})

const lifecycle = (names: Names, from: Lifecycle | null): Lifecycle | null =>
  from?.kind !== 'steps'
    ? from
    : {
        ...from,
        clock: from.clock === null ? null : now(names, from.clock),
        steps: from.steps.map((one) => step(names, one)),
        keepNewest: from.keepNewest && { ...from.keepNewest, per: all(names, from.keepNewest.per) },
      }

const retention = (names: Names, from: Retention): Retention => {
  const event = <T extends Retention['guildLeave']>(rule: T): T =>
    rule?.kind === 'set' ? { ...rule, values: settings(names, rule.values) } : rule
  return {
    ...from,
    lifecycle: lifecycle(names, from.lifecycle),
    guildLeave: event(from.guildLeave),
    memberLeave: event(from.memberLeave),
    erase: settings(names, from.erase),
  }
}

const queryValue = <T extends QueryValue>(
  value: T,
  entityNames: Names,
  fieldNamesOf: (entity: string) => Names,
): T => ({
  ...value,
  field: value.field && {
    entity: now(entityNames, value.field.entity),
    name: now(fieldNamesOf(value.field.entity), value.field.name),
  },
})

const entity = (from: Entity, entityNames: Names, fieldNamesOf: (entity: string) => Names): Entity => {
  const names = fieldNamesOf(from.name)
  const { key, postgres } = from
  return {
    ...from,
    key: key.kind === 'fields' ? { ...key, fields: all(names, key.fields) } : key,
    uniques: from.uniques.map((one) => ({
      ...one,
      fields: all(names, one.fields),
      where: condition(names, one.where),
    })),
    references: from.references.map((one) => ({
      ...one,
      fields: all(names, one.fields),
      setNull: all(names, one.setNull),
      to: { entity: now(entityNames, one.to.entity), fields: all(fieldNamesOf(one.to.entity), one.to.fields) },
    })),
    indexes: from.indexes.map((one) => index(names, one)),
    checks: checks(names, from.checks),
    retention: from.retention && retention(names, from.retention),
    postgres: {
      ...postgres,
      partition: postgres.partition && { ...postgres.partition, on: now(names, postgres.partition.on) },
    },
    lists: from.lists.map((list) => ({
      ...list,
      by: all(names, list.by),
      where: condition(names, list.where),
      order: list.order.map((each) => ({ ...each, field: now(names, each.field) })),
    })),
    queries: from.queries.map((query) => ({
      ...query,
      parameters: query.parameters.map((value) => queryValue(value, entityNames, fieldNamesOf)),
      columns:
        query.columns === null || query.columns.kind === 'row'
          ? query.columns
          : {
              ...query.columns,
              columns: query.columns.columns.map((value) => queryValue(value, entityNames, fieldNamesOf)),
            },
    })),
  }
}

const object = (from: ObjectDefinition, names: Names): ObjectDefinition => ({
  ...from,
  checks: checks(names, from.checks),
})

/** Definitions of before with the names that things have now, so that what was only renamed is the same. */
export const withNewNames = { entity, object }
