import { storedName } from '../../document/index.js'
import { unreachable } from '../../kernel/bug.js'
import { docComment, proseOf } from '../../kernel/safe/typescript.js'
import { type Effect, type Event, effectsInStore, type Match, type Named } from '../../model/event.js'
import type { SchemaSet } from '../../model/schema-set.js'
import type { Naming, Subject, SubjectEntity, ValuePath } from '../../model/subject.js'
import { type Code, code, joined, literal, property, text, trusted } from '../../script/code.js'
import { checkedSubjectsCode, eventFunctions, retentionType, subjectTypeCode } from '../../script/retention.js'
import { runtimeType } from '../../script/runtime.js'
import { db, runtime } from '../access/subject.js'
import { callCode, listCode, member, objectCode } from '../access/text.js'
import { undoneCode, valuesCode } from './filters.js'

/** A condition on a path of a document. A query looks into lists by itself, but not into a list of a list. */
const atPath = (root: string, steps: ValuePath, condition: Code): Code => {
  const lists = steps.findIndex(({ in: kind }, index) => kind === 'list' && steps[index + 1]?.in === 'list')
  const [before, after] = lists === -1 ? [steps, null] : [steps.slice(0, lists), steps.slice(lists + 1)]
  const path = [root, ...before.flatMap((step) => (step.in === 'object' ? [step.name] : []))].join('.')
  return code`${property(path)}: ${after === null ? condition : withinLists(after, condition)}`
}

/** What an item of a list is to hold, which is a list itself. */
const withinLists = ([, ...steps]: ValuePath, condition: Code): Code => {
  const [next] = steps
  if (next === undefined) return code`{ $elemMatch: { $elemMatch: ${condition} } }`
  if (next.in === 'list') return code`{ $elemMatch: ${withinLists(steps, condition)} }`
  const names = steps.flatMap((step) => (step.in === 'object' ? [step.name] : []))
  return code`{ $elemMatch: { $elemMatch: { ${property(names.join('.'))}: ${condition} } } }`
}

/** What stands where a subject is named: its id, or one of the keys of its rows. */
const wanted = (subject: Subject, naming: Naming): Code =>
  naming.by === 'id' ? trusted(subject) : code`{ $in: keys[${text(naming.of.entity.name)}] }`

const inLists = (steps: ValuePath): boolean =>
  steps.some((step, index) => step.in === 'list' && steps[index + 1]?.in === 'list')

const conditionCode = (stored: (name: string) => string, { subject, naming }: Named): Code => {
  const { paths, field } = naming
  const conditions = paths.map((steps) => {
    const plain = wanted(subject, naming)
    const isOperator = naming.by === 'key'
    return atPath(stored(field.name), steps, inLists(steps) && !isOperator ? code`{ $eq: ${plain} }` : plain)
  })
  const [only] = conditions
  return conditions.length === 1 && only !== undefined ? only : code`$or: ${alternatives(conditions)}`
}

const alternatives = (conditions: readonly Code[]): Code => {
  const each = conditions.map((condition) => code`{ ${condition} }`)
  return listCode(each)
}

const parametersOf = (all: readonly Named[]): Code => {
  const names = all.map(({ subject, naming }) => (naming.by === 'id' ? subject : 'keys'))
  return trusted(`({ ${[...new Set(names)].sort().join(', ')} })`)
}

const namingCode = (all: readonly Named[], filter: Code): Code =>
  code`${runtime('naming')}(${parametersOf(all)} => (${filter}))`

/** The documents of an effect; those of a summary have the names of their groups. */
const matchCode = (match: Match, stored: (name: string) => string): Code => {
  switch (match.kind) {
    case 'named': {
      const conditions = match.all.map((named) => conditionCode(stored, named))
      const isOnce = conditions.filter(({ text: printed }) => printed.startsWith('$or')).length < 2
      return namingCode(match.all, isOnce ? objectCode(conditions) : code`{ $and: ${alternatives(conditions)} }`)
    }
    case 'any':
      return namingCode(match.of, code`{ $or: ${alternatives(match.of.map((named) => conditionCode(stored, named)))} }`)
    case 'pointing': {
      const { by, to, rows } = match
      const reference = objectCode([
        code`fields: ${literal(by.fields.map(stored))}`,
        code`to: ${text(to.collection)}`,
        code`at: ${literal(by.to.fields.map((name) => storedName(to, name)))}`,
      ])
      const leading = matchCode(rows, (name) => storedName(to, name))
      return callCode(code`${runtime('pointing')}`, [reference, leading])
    }
    default:
      return unreachable(match)
  }
}

const doesCode = (set: SchemaSet, { entity, action }: Effect): Code => {
  switch (action.kind) {
    case 'delete':
      return code`${runtime('deletes')}`
    case 'keep':
      return code`${runtime('keeps')}(${text(action.because)})`
    case 'set':
      return code`${runtime('sets')}(${valuesCode(set, entity, action.values)}, ${undoneCode(set, entity, action.values)})`
    default:
      return unreachable(action)
  }
}

/** Whether an effect deletes a row that others of the event are found by. */
const isLast = (lookups: readonly SubjectEntity[], { entity, place, match, action }: Effect): boolean =>
  place.kind === 'rows' &&
  action.kind === 'delete' &&
  match.kind === 'named' &&
  lookups.some((lookup) => lookup.entity === entity)

const collectionOf = ({ entity, place }: Effect): string => (place.kind === 'rows' ? entity.collection : place.into)

const effectCode = (set: SchemaSet, lookups: readonly SubjectEntity[], effect: Effect): Code => {
  const { entity, place, field, match } = effect
  const stored = (name: string): string => (place.kind === 'summary' ? name : storedName(entity, name))
  return objectCode([
    code`entity: ${text(entity.name)}`,
    code`from: ${text(collectionOf(effect))}`,
    code`field: ${text(field)}`,
    code`match: ${matchCode(match, stored)}`,
    code`does: ${doesCode(set, effect)}`,
    ...member('last', isLast(lookups, effect) ? trusted('true') : null),
  ])
}

const namedIn = (match: Match): readonly Named[] => {
  switch (match.kind) {
    case 'named':
      return match.all
    case 'any':
      return match.of
    case 'pointing':
      return namedIn(match.rows)
    default:
      return unreachable(match)
  }
}

interface Lookup {
  readonly subject: Subject
  readonly of: SubjectEntity
}

/** The entities in which keys of subjects are looked up, each once. */
const lookupsOf = (effects: readonly Effect[]): readonly Lookup[] => {
  const named = effects.flatMap(({ match }) => namedIn(match))
  const lookups = named.flatMap(({ subject, naming }) => (naming.by === 'key' ? [{ subject, of: naming.of }] : []))
  return [...new Map(lookups.map((lookup) => [lookup.of.entity.name, lookup])).values()]
}

/** Where a set's other store has the subject's rows, no key is found. */
const lookupCode = ({ subject, of: { entity, id, key } }: Lookup): Code => {
  const lookup = objectCode([
    code`from: ${text(entity.collection)}`,
    code`by: ${text(storedName(entity, id.name))}`,
    code`at: ${text(storedName(entity, key?.name ?? id.name))}`,
    code`subject: ${text(subject)}`,
  ])
  return code`${property(entity.name)}: ${lookup}`
}

const words = {
  'guild-leave': 'Does what is to be done when the bot leaves a guild',
  'member-leave': 'Does what is to be done when a member leaves a guild',
  erase: 'Forgets a person who asks for it',
} as const satisfies Record<Event, string>

const asUnit =
  'It is one transaction where the server has those, and more of them beyond 10,000 documents; what was cut off is finished by calling it again. Tells what was done to which rows.'

const subjectsOf = { 'guild-leave': ['guild'], 'member-leave': ['guild', 'user'], erase: ['user'] } as const

/** What an event does, as data, and the function that does it. */
export const eventCode = (set: SchemaSet, event: Event, turns: Code | null): readonly Code[] => {
  const effects = effectsInStore(set, event, 'mongo')
  const lookups = lookupsOf(effects)
  const subjects = subjectsOf[event]
  const name = trusted(`of${eventFunctions[event].charAt(0).toUpperCase()}${eventFunctions[event].slice(1)}`)
  const own = lookups.map(({ of }) => of)
  const data = objectCode([
    ...member('lookups', lookups.length === 0 ? null : objectCode(lookups.map(lookupCode))),
    code`effects: ${listCode(effects.map((effect) => effectCode(set, own, effect)))}`,
  ])
  const parameters = joined(
    [db, ...subjects.map((subject) => code`${trusted(subject)}: ${subjectTypeCode(subject)}`)],
    ', ',
  )
  const given = joined(
    [
      trusted('db'),
      trusted('collections'),
      name,
      checkedSubjectsCode(event, subjects),
      ...(turns === null ? [] : [turns]),
    ],
    ', ',
  )
  return [
    code`const ${name}: ${runtimeType('v1/mongo', 'Event')} = ${data}`,
    code`${trusted(docComment(proseOf(`${words[event]}. ${asUnit}`)))}export const ${trusted(eventFunctions[event])} = async (${parameters}): Promise<${retentionType('Touched')}[]> =>
  ${runtime('happened')}(${given})`,
  ]
}
