import { journalOf } from '../../document/index.js'
import { memoised } from '../../kernel/memoised.js'
import { lineComment } from '../../kernel/safe/typescript.js'
import type { Entity } from '../../model/entity.js'
import type { SchemaSet } from '../../model/schema-set.js'
import { type Code, code, joined, trusted } from '../../script/code.js'
import { laidOut } from '../../script/layout.js'
import { importLines, type ModuleKind } from '../../script/module.js'
import { header } from '../../script/names.js'
import {
  checkedMomentCode,
  checkedRunCode,
  eventsIn,
  hooksByName,
  retainedEntitiesHead,
  retainedEntityCode,
  retainedIn,
  retentionHooksCode,
  retentionType,
  runOptions,
} from '../../script/retention.js'
import { runtimeType, runtimeValue } from '../../script/runtime.js'
import { db, runtime } from '../access/subject.js'
import { collectionEntryCode, retentionEntities } from './collections.js'
import { eventCode } from './events.js'

/** The text of `mongoose/access/retention.ts` in pieces: what stands between those of entities is about all of them. */
interface RetentionModule {
  /** What the file imports, of the shared files among others. */
  readonly imports: Code['imports']
  readonly collections: { readonly head: Code; readonly entries: ReadonlyMap<Entity, Code> }
  /** Of the entities that age. */
  readonly retained: { readonly head: Code; readonly entries: ReadonlyMap<Entity, Code> }
  readonly tail: Code
}

const turnsOf = (set: SchemaSet): Code | null => (journalOf(set) === null ? null : code`${runtime('turnAt')}`)

const storeCode = (set: SchemaSet): Code => {
  const turns = turnsOf(set)
  const given = turns === null ? trusted('') : code`, ${turns}`
  return code`${runtime('retentionStore')}(db, collections${given})`
}

const runCode = (set: SchemaSet): readonly Code[] => [
  code`/** Does what is due in all entities, batch after batch. What fails for one of them does not hold up the others. */
export const runRetention = async (
  ${db},
  ${runOptions(set, 'mongo')},
): Promise<${retentionType('RetentionReport')}> => {
  const given = ${checkedRunCode(set, 'mongo')}
  return ${runActs}(${storeCode(set)}, retainedEntities, given, ${hooksByName(set, 'mongo')})
}`,
  code`/** How many rows are due for what. Nothing is changed. */
export const planRetention = async (${db}, at: Date = new Date()): Promise<${retentionType('DueRows')}[]> =>
  ${planActs}(${runtime('retentionStore')}(db, collections), retainedEntities, ${checkedMomentCode()})`,
]

const runActs = runtimeValue('v1', 'runActs')
const planActs = runtimeValue('v1', 'planActs')

const tailCode = (set: SchemaSet, retained: readonly Entity[]): Code => {
  const hooks = retentionHooksCode(set, 'mongo')
  const parts = [
    ...(retained.length === 0 || hooks === null ? [] : [hooks]),
    ...(retained.length === 0 ? [] : runCode(set)),
    ...eventsIn(set, 'mongo').flatMap((event) => eventCode(set, event, turnsOf(set))),
  ]
  return joined(parts, '\n\n')
}

/** The pieces of a set's retention in Mongo. */
export const retentionModule = memoised((set: SchemaSet): RetentionModule => {
  const retained = retainedIn(set, 'mongo')
  const collections = {
    head: code`/** The collections that retention works on, and those that point at what goes. */
const collections: ${runtimeType('v1/mongo', 'Collections')} = {\n`,
    entries: new Map(retentionEntities(set).map((entity) => [entity, collectionEntryCode(set, entity)])),
  }
  const list = {
    head: retainedEntitiesHead(),
    entries: new Map(retained.map((entity) => [entity, retainedEntityCode(entity, 'mongo')])),
  }
  const tail = tailCode(set, retained)
  const all = [collections.head, ...collections.entries.values(), ...(retained.length === 0 ? [] : [list.head]), tail]
  return { imports: joined(all, '').imports, collections, retained: list, tail }
})

const path = 'mongoose/access/retention'

/** What stands before the entries of `collections`. */
export const retentionHead = (set: SchemaSet, kind: ModuleKind): string => {
  const { imports, collections } = retentionModule(set)
  const lines = importLines(path, imports, kind)
  return `${[lineComment(header(set.name)), lines.join('\n'), laidOut(collections.head.text)].join('\n\n')}`
}

/** What stands between those and the entries of `retainedEntities`. */
export const retentionMiddle = (set: SchemaSet): string => {
  const { retained } = retentionModule(set)
  return retained.entries.size === 0 ? '}\n' : `}\n\n${laidOut(retained.head.text)}\n`
}

export const retentionTail = (set: SchemaSet): string => {
  const { retained, tail } = retentionModule(set)
  const end = retained.entries.size === 0 ? '' : ']\n'
  return tail.text === '' ? end : `${end}\n${laidOut(tail.text)}\n`
}
