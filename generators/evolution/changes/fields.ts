import { expressionText } from '../../model/expression-text.js'
import type { Field } from '../../model/field.js'
import type { Store } from '../../model/store.js'
import type { Type } from '../../model/type.js'
import { type Audience, breaking, type Change, type ChangeKind, type Findings } from './change.js'
import type { Relation } from './relation.js'
import { areIdsOfSame, type Definitions, relationOf } from './types.js'
import { areEqual, defaultWords, insteadOf, shortened, typeWords } from './words.js'

/** What fields stand in. */
export interface FieldOwner {
  readonly name: string
  /** Objects are written whole, and no store fills in what one of them lacks. */
  readonly isObject: boolean
  readonly definitions: Definitions
}

type Told = Omit<Change, 'at' | 'subject' | 'breaks'> & { readonly breaks: Partial<Record<Audience, boolean>> }

const subjectOf = ({ name }: FieldOwner, field: Field): string => `field ${name}.${field.name}`

const kindOf = ({ narrower, wider }: Relation): ChangeKind => {
  if (narrower === wider) return 'changed'
  return narrower ? 'narrowed' : 'widened'
}

/** Whether a value is there in every row that is stored: nothing stands for it where it is left out. */
const isAlwaysThere = (field: Field): boolean => !field.nullable && !field.optional

const isGiven = (field: Field, { isObject }: FieldOwner): boolean => {
  if (field.generated !== null || field.maintained !== null || field.default !== null || field.optional) return false
  return isObject || (!field.nullable && field.postgres.default === null)
}

const isFilledByStores = (field: Field, { isObject }: FieldOwner): boolean =>
  isObject ? field.optional : !isAlwaysThere(field) || !field.stores.includes('mongo')

export const addedField = (owner: FieldOwner, field: Field, findings: Findings): void => {
  const isDemanded = isGiven(field, owner)
  const hasNothing = isDemanded && isAlwaysThere(field)
  const isUnfilled = isDemanded || !isFilledByStores(field, owner)
  findings.add({
    kind: 'added',
    subject: subjectOf(owner, field),
    what: hasNothing
      ? 'required, and nothing to fill it with in what is stored'
      : isUnfilled
        ? 'earlier code does not write it'
        : '',
    breaks: breaking({ rows: hasNothing, writers: isUnfilled, callers: isDemanded }),
    at: field.origin,
  })
}

export const removedField = (owner: FieldOwner, field: Field, at: Field['origin'], findings: Findings): void => {
  const isComputed = field.generated !== null
  findings.add({
    kind: 'removed',
    subject: subjectOf(owner, field),
    what: isComputed ? 'computed from the others' : 'its values are lost',
    breaks: breaking({ rows: !isComputed, readers: true, writers: !isComputed, callers: true }),
    at,
  })
}

/** The name of the type that a structure which is written in place has in code. */
const structureName = ({ type }: Field): string | null => {
  const leaf = (inner: Type): Type => (inner.kind === 'list' || inner.kind === 'map' ? leaf(inner.of) : inner)
  const inner = leaf(type)
  return inner.kind === 'object' ? inner.object : inner.kind === 'enum' ? inner.enum : null
}

const renaming = (before: Field, after: Field): Told | null => {
  const isProperty = before.property !== after.property
  if (before.name !== after.name) {
    return {
      kind: 'renamed',
      what: `was ${before.name}`,
      breaks: { readers: true, writers: true, callers: isProperty || structureName(before) !== structureName(after) },
    }
  }
  if (!isProperty) return null
  return { kind: 'renamed', what: `${after.property} in code instead of ${before.property}`, breaks: { callers: true } }
}

const retyping = (before: Field, after: Field, definitions: Definitions): Told | null => {
  const { code, isStoredOtherwise, values } = relationOf(before.type, after.type, definitions)
  const isOtherId = before.type.kind === after.type.kind && !areIdsOfSame(before.type, after.type, definitions)
  const isSameCode = !code.narrower && !code.wider && !isOtherId
  if (!values.narrower && !values.wider && isSameCode && !isStoredOtherwise) return null
  return {
    kind: kindOf(values.narrower || values.wider ? values : code),
    what: insteadOf(typeWords(after.type), typeWords(before.type)),
    breaks: {
      rows: values.narrower,
      readers: code.wider || isStoredOtherwise,
      writers: values.narrower || code.narrower || isStoredOtherwise,
      callers: values.narrower || !isSameCode,
    },
  }
}

/** Null and absence, which a value may be where it is not always there. */
const presence = (before: Field, after: Field): readonly Told[] => {
  const one = (was: boolean, is: boolean, what: string): readonly Told[] => {
    if (was === is) return []
    return is
      ? [{ kind: 'widened', what: `may be ${what}`, breaks: { readers: true, callers: true } }]
      : [{ kind: 'narrowed', what: `may not be ${what}`, breaks: { rows: true, writers: true, callers: true } }]
  }
  return [...one(before.nullable, after.nullable, 'null'), ...one(before.optional, after.optional, 'absent')]
}

const defaulting = (owner: FieldOwner, before: Field, after: Field): Told | null => {
  const [was, is] = [isGiven(before, owner), isGiven(after, owner)]
  const isSame = areEqual(before.default, after.default) && before.postgres.default === after.postgres.default
  // Where null came or went, that says it.
  if (isSame && (before.maintained === after.maintained || before.generated !== null || after.generated !== null)) {
    return null
  }
  const what = areEqual(before.maintained, after.maintained)
    ? insteadOf(defaultWords(after.default), defaultWords(before.default))
    : after.maintained === null
      ? 'given by the code instead of the database'
      : 'given by the database instead of the code'
  // In Mongo code that was built before gives a value in either case; where it left one out, it wrote its own default.
  return {
    kind: is && !was ? 'narrowed' : !is && was ? 'widened' : 'changed',
    what,
    breaks: { writers: is && !was, callers: is && !was },
  }
}

const computing = (owner: FieldOwner, before: Field, after: Field): Told | null => {
  if (areEqual(before.generated, after.generated)) return null
  if (after.generated === null) {
    const isDemanded = isGiven(after, owner)
    return { kind: 'changed', what: 'no longer computed', breaks: { writers: isDemanded, callers: isDemanded } }
  }
  const text = shortened(expressionText(after.generated))
  const isNew = before.generated === null
  return {
    kind: 'changed',
    what: isNew ? `computed as ${text}: what is stored is replaced` : `computed as ${text}: values are computed anew`,
    breaks: { rows: true, writers: isNew || after.stores.includes('mongo'), callers: isNew },
  }
}

const sealing = (before: Field, after: Field): Told | null => {
  if (areEqual(before.encrypted, after.encrypted)) return null
  const [was, is] = [before.encrypted, after.encrypted]
  const all = { rows: true, readers: true, writers: true, callers: true }
  if (was === null) return { kind: 'changed', what: 'encrypted: no read returns it', breaks: all }
  if (is === null) return { kind: 'changed', what: 'no longer encrypted', breaks: all }
  return { kind: 'changed', what: insteadOf(`encrypted by ${is.key}`, was.key), breaks: all }
}

const fixing = (before: Field, after: Field): Told | null => {
  if (before.immutable === after.immutable) return null
  return after.immutable
    ? { kind: 'narrowed', what: 'immutable: no patch changes it', breaks: { writers: true, callers: true } }
    : { kind: 'widened', what: 'no longer immutable', breaks: {} }
}

const keeping = (before: Field, after: Field, kept: readonly Store[]): readonly Told[] => {
  const left = before.stores.filter((store) => !after.stores.includes(store) && kept.includes(store))
  const come = after.stores.filter((store) => !before.stores.includes(store) && kept.includes(store))
  const isDemanded = isAlwaysThere(after) && after.default === null && after.generated === null
  return [
    ...left.map(
      (store): Told => ({
        kind: 'removed',
        what: `no longer kept in ${store}: its values there are lost`,
        breaks: { rows: true, readers: true, writers: true, callers: true },
      }),
    ),
    ...come.map(
      (store): Told => ({
        kind: 'added',
        what: `kept in ${store} too`,
        breaks: { rows: isDemanded, writers: isAlwaysThere(after) },
      }),
    ),
  ]
}

/** A raw rule of a store: what it says nobody here reads. */
const raw = (before: unknown, after: unknown, name: string): Told | null => {
  if (areEqual(before, after)) return null
  if (after === null) return { kind: 'widened', what: `without ${name}`, breaks: {} }
  const what = before === null ? `with ${name}` : `another ${name}`
  return { kind: before === null ? 'narrowed' : 'changed', what, breaks: { rows: true, writers: true } }
}

const collation = (before: Field, after: Field): Told | null => {
  const [was, is] = [before.postgres.collation, after.postgres.collation]
  if (was === is) return null
  return {
    kind: 'changed',
    what: insteadOf(`collation ${is ?? 'of the database'}`, was ?? 'that of the database'),
    breaks: {},
  }
}

/** What has come of a field. `kept` are the stores that have its owner before and after. */
export const compareField = (
  owner: FieldOwner,
  before: Field,
  after: Field,
  kept: readonly Store[],
  findings: Findings,
): void => {
  const told = [
    renaming(before, after),
    retyping(before, after, owner.definitions),
    ...presence(before, after),
    computing(owner, before, after),
    defaulting(owner, before, after),
    sealing(before, after),
    fixing(before, after),
    ...keeping(before, after, kept),
    raw(before.postgres.check, after.postgres.check, 'raw check'),
    raw(before.mongo.schema, after.mongo.schema, 'keywords in Mongo'),
    collation(before, after),
  ].filter((one) => one !== null)
  for (const one of told) {
    findings.add({ ...one, subject: subjectOf(owner, after), breaks: breaking(one.breaks), at: after.origin })
  }
}
