import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import type { Entity, Reference } from '../../model/entity.js'
import { findEntity, findField, keyFieldsOf } from '../../model/lookup.js'
import { entityRule, isKeyWritten, keyIn, placeAfter, placeOf, type RuleContext } from './rule.js'
import { describeType, refersAlike } from './types.js'

/** The lists of fields of an entity that find one row each; an order is part of a list. */
const targetsOf = (entity: Entity): readonly (readonly string[])[] => {
  const key = keyFieldsOf(entity)
  const uniques = entity.uniques.filter(({ where, deferrable }) => where === null && !deferrable)
  const indexes = entity.indexes.filter(({ unique, where }) => unique && where === null)
  return [
    ...(key.length > 0 ? [key] : []),
    ...uniques.map(({ fields }) => fields),
    ...indexes.map(({ parts }) => parts.flatMap((part) => (part.kind === 'field' ? [part.path.join('.')] : ['']))),
  ]
}

const sameFields = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((name) => b.includes(name))

const targetFinding = ({ to, origin }: Reference, target: Entity): Diagnostic | null => {
  const targets = targetsOf(target)
  if (targets.some((fields) => sameFields(fields, to.fields))) return null
  const keys = targets.map((fields) => fields.join(', '))
  return report('reference-target', origin, { entity: target.name, fields: to.fields, keys })
}

/** The type that refers to a field by itself: `ref(user)` where it is the whole key, else `ref(chat.chat_id)`. */
const refTo = (target: Entity, field: string): string => {
  const [key, ...others] = keyFieldsOf(target)
  return key === field && others.length === 0 ? `ref(${target.name})` : `ref(${target.name}.${field})`
}

function* typeFindings(entity: Entity, reference: Reference, target: Entity, { isBroken }: RuleContext) {
  for (const [index, name] of reference.fields.entries()) {
    const targetName = reference.to.fields[index] ?? ''
    const [field, other] = [findField(entity, name), findField(target, targetName)]
    if (field === undefined || other === undefined) continue
    if (isBroken(entity.name, name) || isBroken(target.name, targetName) || refersAlike(field.type, other.type))
      continue
    yield report('reference-type', placeOf(reference.origin, name), {
      field: name,
      type: describeType(field.type),
      target: `${target.name}.${targetName}`,
      targetType: describeType(other.type),
      ref: reference.fields.length === 1 ? refTo(target, targetName) : null,
    })
  }
}

const isNullable = (entity: Entity, name: string): boolean => findField(entity, name)?.nullable !== false

/** The fields that could become null alone: servers before 15 cannot leave the others of a reference as they are. */
const nullableAlone = (entity: Entity, { fields }: Reference, { set }: RuleContext): readonly string[] => {
  const { postgres } = set.targets
  const isTooOld = postgres !== null && postgres.version < 15 && entity.stores.includes('postgres')
  return isTooOld ? [] : fields.filter((name) => isNullable(entity, name))
}

/** What is wrong with `{ set_null: [channel_id] }`. */
function* listFindings(entity: Entity, { fields, setNull, origin }: Reference, others: readonly string[]) {
  const key = keyIn(origin, 'set_null')
  for (const [index, name] of setNull.entries()) {
    const at = placeAfter(key, name)
    if (!fields.includes(name)) yield report('reference-set-null-field', at, { name, fields })
    else if (setNull.indexOf(name) < index) yield report('field-repeated', at, { name })
    else if (!isNullable(entity, name))
      yield report('reference-set-null', at, { field: name, action: 'on_delete', others })
  }
}

function* actionFindings(entity: Entity, reference: Reference, context: RuleContext) {
  const { fields, onDelete, onUpdate, origin } = reference
  const isListed = isKeyWritten(origin, 'set_null')
  const others = nullableAlone(entity, reference, context)
  if (isListed) yield* listFindings(entity, reference, others)
  const actions = [
    ['on_delete', isListed ? 'no action' : onDelete, others],
    ['on_update', onUpdate, []],
  ] as const
  for (const [action, chosen, instead] of actions) {
    if (chosen !== 'set null') continue
    for (const field of fields.filter((name) => !isNullable(entity, name))) {
      yield report('reference-set-null', placeOf(origin, 'set null'), { field, action, others: instead })
    }
  }
}

/** A reference finds one row of an entity with keys, by fields of the same types, and can do what its actions say. */
export const references = entityRule('references', function* (entity, context) {
  for (const reference of entity.references) {
    const target = findEntity(context.set, reference.to.entity)
    if (target === undefined) continue
    if (target.key.kind === 'singleton') {
      yield report('reference-singleton', reference.origin, { entity: target.name })
      continue
    }
    const [given, wanted] = [reference.fields.length, reference.to.fields.length]
    if (given !== wanted) {
      yield report('reference-count', reference.origin, { given, wanted, entity: target.name })
      continue
    }
    const finding = targetFinding(reference, target)
    if (finding !== null) yield finding
    yield* typeFindings(entity, reference, target, context)
    yield* actionFindings(entity, reference, context)
  }
})
