import { report } from '../../kernel/diagnostic.js'
import type { Access, Entity, Index } from '../../model/entity.js'
import { keyFieldsOf } from '../../model/lookup.js'
import { entityRule, placeAfter, placeOf, type RuleContext } from './rule.js'
import { unknownFields, unknownPath } from './unknown-field.js'

function* ofIndex(entity: Entity, index: Index, context: RuleContext) {
  for (const part of index.parts) {
    if (part.kind === 'field') yield* unknownPath(entity, part.path, part.origin, context)
  }
  yield* unknownFields(entity, index.include, index.origin)
}

const accessFields = ({ read, update }: Access): readonly string[] =>
  [read, update].flatMap((fields) => (typeof fields === 'boolean' ? [] : fields))

function* repeated(names: readonly string[], origin: Entity['origin']) {
  for (const name of new Set(names.filter((listed, index) => names.indexOf(listed) !== index))) {
    yield report('field-repeated', placeOf(origin, name), { name })
  }
}

/** Every field that an entity names outside its predicates and its retention is one of its fields, named once. */
export const knownFields = entityRule('known-fields', function* (entity, context) {
  const key = keyFieldsOf(entity)
  yield* unknownFields(entity, key, entity.key.origin)
  yield* repeated(key, entity.key.origin)
  for (const { fields, origin } of entity.uniques) yield* unknownFields(entity, fields, origin)
  for (const { fields, origin } of entity.references) {
    yield* unknownFields(entity, fields, origin)
    yield* repeated(fields, origin)
  }
  for (const index of entity.indexes) {
    yield* ofIndex(entity, index, context)
    const names = index.parts.flatMap((part) => (part.kind === 'field' ? [part.path.join('.')] : []))
    yield* repeated([...names, ...index.include], index.origin)
  }
  for (const access of entity.access) {
    for (const name of accessFields(access)) {
      yield* unknownFields(entity, [name], placeAfter(access.origin, name))
    }
  }
  for (const row of [...entity.examples, ...entity.seed]) {
    for (const { field, origin } of row.values) yield* unknownFields(entity, [field], origin)
  }
})
