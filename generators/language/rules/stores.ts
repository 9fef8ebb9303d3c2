import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import type { Entity } from '../../model/entity.js'
import { type Expression, fieldsRead } from '../../model/expression.js'
import { findEntity, findField, keyFieldsOf } from '../../model/lookup.js'
import type { Origin } from '../../model/origin.js'
import type { Store } from '../../model/store.js'
import { entityRule, placeOf, type RuleContext } from './rule.js'

/** The stores of an entity in which all of these fields are kept; a field that does not exist is not asked about. */
export const commonStores = (entity: Entity, names: readonly string[]): readonly Store[] =>
  entity.stores.filter((store) => names.every((name) => findField(entity, name)?.stores.includes(store) ?? true))

function* ofGroups(entity: Entity): Generator<Diagnostic> {
  const refuse = (names: readonly string[], problem: 'index-nowhere' | 'unique-nowhere', origin: Origin) =>
    report('store-contradiction', origin, { field: names[0] ?? '', problem })
  for (const { fields, origin } of entity.uniques) {
    if (commonStores(entity, fields).length === 0) yield refuse(fields, 'unique-nowhere', origin)
  }
  for (const { parts, origin } of entity.indexes) {
    const names = parts.flatMap((part) => (part.kind === 'field' ? part.path.slice(0, 1) : []))
    if (commonStores(entity, names).length === 0) yield refuse(names, 'index-nowhere', origin)
  }
}

function* ofPredicates(entity: Entity): Generator<Diagnostic> {
  const readBy = (expression: Expression): readonly string[] => fieldsRead(expression).map(([name = '']) => name)
  for (const { expression, origin } of entity.checks) {
    const names = readBy(expression)
    if (commonStores(entity, names).length > 0) continue
    yield report('store-contradiction', origin, { field: names[0] ?? '', problem: 'check-nowhere' })
  }
  for (const { name, generated, stores, origin } of entity.fields) {
    if (generated === null) continue
    const common = commonStores(entity, readBy(generated))
    if (stores.every((store) => common.includes(store) || !entity.stores.includes(store))) continue
    yield report('store-contradiction', origin, { field: name, problem: 'computed' })
  }
}

function* ofReferences(entity: Entity, { set }: RuleContext): Generator<Diagnostic> {
  for (const { fields, to, origin } of entity.references) {
    const target = findEntity(set, to.entity)
    const isKept = target === undefined || commonStores(entity, fields).every((store) => target.stores.includes(store))
    if (!isKept) yield report('store-contradiction', origin, { field: fields.join(', '), problem: 'reference' })
  }
}

/** What is kept out of a store is not needed there. */
export const keptInStores = entityRule('kept-in-stores', function* (entity, context) {
  for (const { name, stores, origin } of entity.fields) {
    if (stores.some((store) => entity.stores.includes(store))) continue
    yield report('store-contradiction', placeOf(origin, 'stores'), { field: name, problem: 'field-nowhere' })
  }
  for (const name of keyFieldsOf(entity)) {
    const field = findField(entity, name)
    if (field === undefined || entity.stores.every((store) => field.stores.includes(store))) continue
    yield report('store-contradiction', placeOf(field.origin, 'stores'), { field: name, problem: 'key' })
  }
  yield* ofGroups(entity)
  yield* ofPredicates(entity)
  yield* ofReferences(entity, context)
})
