import { storedName } from '../../document/index.js'
import type { Entity, Reference } from '../../model/entity.js'
import { effectsInStore, events } from '../../model/event.js'
import { actsOf, hooksOf } from '../../model/lifecycle.js'
import { entitiesIn, fieldOf, fieldsIn, findEntity, keyFieldsOf, setNullAlone } from '../../model/lookup.js'
import type { SchemaSet } from '../../model/schema-set.js'
import { type Code, code, literal, property, text, trusted, valueImport } from '../../script/code.js'
import { runtimeValue } from '../../script/runtime.js'
import { codec, readPaths, storedNames } from '../access/collection.js'
import { type Subject, subjectOf } from '../access/subject.js'
import { listCode, member, objectCode } from '../access/text.js'
import { actsCode } from './acts.js'

const isKept = (entity: Entity, names: readonly string[]): boolean =>
  names.every((name) => fieldOf(entity, name).stores.includes('mongo'))

/** The references of an entity that another store would hold, with what they lead to. */
const heldReferences = (
  set: SchemaSet,
  entity: Entity,
): readonly { readonly reference: Reference; readonly target: Entity }[] =>
  entity.references.flatMap((reference) => {
    const target = findEntity(set, reference.to.entity)
    const isHeld =
      reference.enforced &&
      target?.stores.includes('mongo') === true &&
      isKept(entity, reference.fields) &&
      isKept(target, reference.to.fields)
    return isHeld ? [{ reference, target }] : []
  })

const isRemoving = (entity: Entity): boolean =>
  actsOf(entity).some(({ place, action }) => place.kind === 'rows' && action.kind !== 'set')

/** The entities whose rows retention takes away, or a cascade after it. */
const removedIn = (set: SchemaSet): ReadonlySet<Entity> => {
  const entities = entitiesIn(set, 'mongo')
  const effects = events.flatMap((event) => effectsInStore(set, event, 'mongo'))
  const removed = new Set([
    ...entities.filter(isRemoving),
    ...effects.flatMap(({ entity, place, action }) =>
      place.kind === 'rows' && action.kind === 'delete' ? [entity] : [],
    ),
  ])
  const follows = (entity: Entity): boolean =>
    heldReferences(set, entity).some(({ reference, target }) => reference.onDelete === 'cascade' && removed.has(target))
  for (let size = -1; size < removed.size; ) {
    size = removed.size
    for (const entity of entities) if (follows(entity)) removed.add(entity)
  }
  return removed
}

/** The entities whose collections retention has to know: those that it works on, and those that point at what goes. */
export const retentionEntities = (set: SchemaSet): readonly Entity[] => {
  const removed = removedIn(set)
  const affected = new Set(
    events
      .flatMap((event) => effectsInStore(set, event, 'mongo'))
      .flatMap(({ entity, action }) => (action.kind === 'keep' ? [] : [entity])),
  )
  return entitiesIn(set, 'mongo').filter(
    (entity) =>
      actsOf(entity).length > 0 ||
      affected.has(entity) ||
      heldReferences(set, entity).some(({ target }) => removed.has(target)),
  )
}

/** What its references lead to, as far as the entry of an entity says it. */
export const referredTo = (set: SchemaSet, entity: Entity): unknown =>
  heldReferences(set, entity).map(({ target }) => [target.collection, target.key])

const onDeleteWords = {
  cascade: 'cascade',
  'set null': 'set null',
  restrict: 'restrict',
  'no action': 'restrict',
} as const

const setNullCode = (entity: Entity, reference: Reference): Code | null => {
  const alone = setNullAlone(reference)
  return alone.length === 0 ? null : literal(alone.map((name) => storedName(entity, name)))
}

/** The references of an entity that code holds, as the runtime takes them. */
export const referencesCode = (set: SchemaSet, entity: Entity): Code | null => {
  const held = heldReferences(set, entity).map(({ reference, target }) =>
    objectCode([
      code`fields: ${literal(reference.fields.map((name) => storedName(entity, name)))}`,
      code`to: ${text(target.collection)}`,
      code`at: ${literal(reference.to.fields.map((name) => storedName(target, name)))}`,
      code`onDelete: ${text(onDeleteWords[reference.onDelete])}`,
      ...member('setNull', setNullCode(entity, reference)),
    ]),
  )
  return held.length === 0 ? null : listCode(held)
}

/** The fields of an entity that retention, an event or the end of a reference may set. */
const fieldsSet = ({ retention, references, ...entity }: Entity): readonly string[] => {
  const lifecycle = retention?.lifecycle
  const actions = [
    ...(lifecycle?.kind === 'steps' ? lifecycle.steps.map(({ action }) => action) : []),
    ...[retention?.guildLeave, retention?.memberLeave],
  ]
  return [
    ...actions.flatMap((action) => (action?.kind === 'set' ? action.values.map(({ field }) => field) : [])),
    ...(retention?.erase ?? []).flatMap(({ field, rule }) => (rule.kind === 'null' ? [field] : [])),
    ...references.flatMap(({ enforced, setNull }) => (enforced ? setNull : [])),
  ].filter((name) => entity.fields.some((field) => field.name === name))
}

const updatedCode = (entity: Entity): Code | null => {
  const field = fieldsIn(entity, 'mongo').find(({ maintained }) => maintained === 'updated')
  return field === undefined || fieldsSet(entity).length === 0 ? null : text(storedName(entity, field.name))
}

/** The model of an entity some of whose checks and computed fields read what may be set. */
const wholeCode = ({ entity, names }: Subject): Code | null => {
  const reads = readPaths(entity)
  const roots = new Set(reads.map((path) => path.split('.')[0]))
  if (!fieldsSet(entity).some((name) => roots.has(storedName(entity, name)))) return null
  const model = valueImport(`mongoose/${names.module}`, names.modelOf)
  return objectCode([code`model: ${model}`, code`reads: ${literal(reads)}`])
}

const readRow = runtimeValue('v1', 'readRow')

const rowsCode = (subject: Subject): Code | null => {
  const { entity, names } = subject
  if (hooksOf(entity).length === 0) return null
  const key = keyFieldsOf(entity).map((name) => fieldOf(entity, name).property)
  return objectCode([
    code`row: (document) => ${readRow}({ entity: ${text(entity.name)}, row: ${codec(subject, names.mongoCodec)} }, document)`,
    code`values: ${codec(subject, names.paths)}`,
    code`stored: ${storedNames(subject)}`,
    code`key: ${literal(key)}`,
  ])
}

/** An entity's part of `collections`: lines that end in a comma. */
export const collectionEntryCode = (set: SchemaSet, entity: Entity): Code => {
  const subject = subjectOf(set, entity)
  const { text: printed, imports } = objectCode([
    code`collection: ${text(entity.collection)}`,
    ...member('updated', updatedCode(entity)),
    ...member('whole', wholeCode(subject)),
    ...member('references', referencesCode(set, entity)),
    ...member('rows', rowsCode(subject)),
    ...member('acts', actsCode(set, entity)),
  ])
  return code`  ${property(entity.name)}: ${trusted(printed.replaceAll('\n', '\n  '), imports)},\n`
}
