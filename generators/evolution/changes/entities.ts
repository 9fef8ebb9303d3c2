import { canonical } from '../../kernel/hash.js'
import type { Entity, NamedList, Query } from '../../model/entity.js'
import type { Field } from '../../model/field.js'
import type { ObjectDefinition } from '../../model/schema-set.js'
import { breaking, everybody, type Findings } from './change.js'
import { addedField, compareField, type FieldOwner, removedField } from './fields.js'
import { match } from './match.js'
import { withNewNames } from './renamed.js'
import { compareRetention } from './retention.js'
import { compareChecks, compareIndexes, compareRawChecks, compareReferences, compareUniques } from './rules.js'
import type { Definitions } from './types.js'
import { areEqual, insteadOf } from './words.js'

/** Whether a field could be another under a new name: both are of one type, whatever its limits. */
const isAlike =
  (definitions: Definitions) =>
  (before: Field, after: Field): boolean => {
    const [one, other] = [before.type, after.type]
    if (one.kind !== other.kind) return false
    if ('brand' in one && 'brand' in other) return definitions.brandNow(one.brand) === other.brand
    if (one.kind === 'object' && other.kind === 'object') return definitions.isSameObject(one.object, other.object)
    if ('of' in one && 'of' in other) return canonical(one.of) === canonical(other.of)
    return true
  }

interface Fielded {
  readonly fields: readonly Field[]
  readonly gone: readonly string[]
  readonly origin: Entity['origin']
}

/** What each field of before is called now. */
export const fieldNames = (
  before: Pick<Fielded, 'fields'>,
  after: Pick<Fielded, 'fields'>,
): ReadonlyMap<string, string> => {
  const names = new Set(after.fields.map(({ name }) => name))
  const earlier = new Set(before.fields.map(({ name }) => name))
  return new Map(
    after.fields.flatMap(({ name, was }) =>
      was !== null && !names.has(was) && !earlier.has(name) && earlier.has(was) ? [[was, name] as const] : [],
    ),
  )
}

const compareFields = (
  owner: FieldOwner,
  before: Fielded,
  after: Fielded,
  kept: Entity['stores'],
  findings: Findings,
): void => {
  const { added, pairs, removed } = match(
    {
      thing: 'field',
      owner: owner.name,
      before: before.fields,
      after: after.fields,
      gone: after.gone,
      isAlike: isAlike(owner.definitions),
      at: after.origin,
    },
    findings,
  )
  for (const field of added) addedField(owner, field, findings)
  for (const field of removed) removedField(owner, field, after.origin, findings)
  for (const { before: was, after: is } of pairs) {
    owner.definitions.meet(was.type, is.type)
    compareField(owner, was, is, kept, findings)
  }
}

export const compareObject = (
  before: ObjectDefinition,
  after: ObjectDefinition,
  definitions: Definitions,
  stores: Entity['stores'],
  findings: Findings,
): void => {
  const name = after.inline ?? after.name
  compareFields({ name, isObject: true, definitions }, before, after, stores, findings)
  compareChecks(withNewNames.object(before, fieldNames(before, after)), { ...after, name }, findings)
}

const compareStores = (before: Entity, after: Entity, findings: Findings): void => {
  for (const store of before.stores) {
    if (after.stores.includes(store)) continue
    const what = `no longer kept in ${store}: its rows there are lost`
    findings.add({ kind: 'removed', subject: `entity ${after.name}`, what, breaks: everybody, at: after.origin })
  }
  for (const store of after.stores) {
    if (before.stores.includes(store)) continue
    const what = `kept in ${store} too`
    findings.add({ kind: 'added', subject: `entity ${after.name}`, what, breaks: [], at: after.origin })
  }
}

const compareNames = (before: Entity, after: Entity, findings: Findings): void => {
  const subject = `entity ${after.name}`
  const at = after.origin
  if (before.name !== after.name) {
    const breaks = breaking({ callers: true })
    findings.add({ kind: 'renamed', subject, what: `was ${before.name}`, breaks, at })
  }
  const places = [
    ['postgres', 'table', before.table, after.table],
    ['mongo', 'collection', before.collection, after.collection],
  ] as const
  for (const [store, thing, was, is] of places) {
    if (was === is || !before.stores.includes(store) || !after.stores.includes(store)) continue
    const breaks = breaking({ readers: true, writers: true })
    findings.add({ kind: 'renamed', subject, what: insteadOf(`${thing} ${is}`, was), breaks, at })
  }
  if (before.model !== after.model && before.name === after.name && after.stores.includes('mongo')) {
    const what = insteadOf(`model ${after.model}`, before.model)
    findings.add({ kind: 'renamed', subject, what, breaks: breaking({ callers: true }), at })
  }
}

const keyWords = ({ key }: Entity): string =>
  key.kind === 'fields' ? key.fields.join(', ') : key.kind === 'singleton' ? 'that of a singleton' : 'none'

const compareKeys = (before: Entity, after: Entity, findings: Findings): void => {
  if (areEqual(before.key, after.key)) return
  findings.add({
    kind: 'changed',
    subject: `key ${after.name}`,
    what: insteadOf(keyWords(after), keyWords(before)),
    breaks: everybody,
    at: after.key.origin,
  })
}

const compareOptions = (before: Entity, after: Entity, findings: Findings): void => {
  const subject = `entity ${after.name}`
  const at = after.origin
  if (before.appendOnly !== after.appendOnly) {
    const breaks = breaking({ writers: after.appendOnly, callers: after.appendOnly })
    const kind = after.appendOnly ? 'narrowed' : 'widened'
    findings.add({ kind, subject, what: after.appendOnly ? 'append-only' : 'no longer append-only', breaks, at })
  }
  if (!areEqual(before.mongo, after.mongo)) {
    const what = `${after.mongo.validationLevel} validation, with ${after.mongo.validationAction}`
    findings.add({ kind: 'changed', subject, what, breaks: [], at })
  }
  if (!areEqual(before.postgres.partition, after.postgres.partition)) {
    const { partition } = after.postgres
    const what = partition === null ? 'no longer partitioned' : `partitioned by ${partition.by} on ${partition.on}`
    findings.add({ kind: 'changed', subject, what, breaks: [], at: partition?.origin ?? at })
  }
}

const inputs = ({ parameters }: Query): string =>
  canonical(parameters.map(({ name, nullable, type }) => ({ name, nullable, type })))

const outputs = ({ columns, returns }: Query): string => canonical({ columns, returns })

const compareQueries = (before: Entity, after: Entity, findings: Findings): void => {
  const earlier = new Map(before.queries.map((query) => [query.name, query]))
  const later = new Set(after.queries.map(({ name }) => name))
  const callers = breaking({ callers: true })
  const subject = (name: string): string => `query ${after.name}.${name}`
  for (const query of after.queries) {
    const was = earlier.get(query.name)
    const at = query.origin
    if (was === undefined) findings.add({ kind: 'added', subject: subject(query.name), what: '', breaks: [], at })
    else if (inputs(was) !== inputs(query) || outputs(was) !== outputs(query)) {
      const what = 'other parameters or results'
      findings.add({ kind: 'changed', subject: subject(query.name), what, breaks: callers, at })
    } else if (!areEqual([was.postgres, was.mongo], [query.postgres, query.mongo])) {
      findings.add({ kind: 'changed', subject: subject(query.name), what: 'another statement', breaks: [], at })
    }
  }
  for (const { name } of before.queries) {
    if (later.has(name)) continue
    findings.add({ kind: 'removed', subject: subject(name), what: '', breaks: callers, at: after.origin })
  }
}

const taken = ({ by, order }: NamedList): string =>
  canonical([by, order.map(({ field, direction }) => [field, direction])])

/** What callers give, and what a cursor stands in, is the list's own; which rows it has is not. */
const compareLists = (before: Entity, after: Entity, findings: Findings): void => {
  const earlier = new Map(before.lists.map((list) => [list.name, list]))
  const later = new Set(after.lists.map(({ name }) => name))
  const callers = breaking({ callers: true })
  const subject = (name: string): string => `list ${after.name}.${name}`
  for (const list of after.lists) {
    const was = earlier.get(list.name)
    const at = list.origin
    if (was === undefined) findings.add({ kind: 'added', subject: subject(list.name), what: '', breaks: [], at })
    else if (taken(was) !== taken(list)) {
      const what = 'other values are given, or rows come in another order: cursors of before are refused'
      findings.add({ kind: 'changed', subject: subject(list.name), what, breaks: callers, at })
    } else if (!areEqual(was.where, list.where)) {
      findings.add({ kind: 'changed', subject: subject(list.name), what: 'other rows', breaks: [], at })
    }
  }
  for (const { name } of before.lists) {
    if (later.has(name)) continue
    findings.add({ kind: 'removed', subject: subject(name), what: '', breaks: callers, at: after.origin })
  }
}

/** What has come of an entity. `entityNames`: what each entity of before is called now. */
export const compareEntity = (
  before: Entity,
  after: Entity,
  definitions: Definitions,
  entityNames: ReadonlyMap<string, string>,
  fieldNamesOf: (entity: string) => ReadonlyMap<string, string>,
  findings: Findings,
): void => {
  compareNames(before, after, findings)
  compareStores(before, after, findings)
  const kept = after.stores.filter((store) => before.stores.includes(store))
  compareFields({ name: after.name, isObject: false, definitions }, before, after, kept, findings)
  const was = withNewNames.entity(before, entityNames, fieldNamesOf)
  compareKeys(was, after, findings)
  compareUniques(was, after, findings)
  compareReferences(was, after, findings)
  compareIndexes(was, after, findings)
  compareChecks(was, after, findings)
  compareRawChecks(was, after, findings)
  compareOptions(was, after, findings)
  compareRetention(was, after, findings)
  compareQueries(was, after, findings)
  compareLists(was, after, findings)
}
