import { camelCase } from '../../kernel/identifiers.js'
import { docComment, propertyName, proseOf } from '../../kernel/safe/typescript.js'
import type { Entity } from '../../model/entity.js'
import { entitiesIn } from '../../model/lookup.js'
import type { SchemaSet } from '../../model/schema-set.js'
import { type Store, stores } from '../../model/store.js'
import { type Code, code, joined, trusted } from '../../script/code.js'
import { hasAccess } from '../../script/has-access.js'
import { type ModuleKind, moduleText } from '../../script/module.js'
import { header } from '../../script/names.js'
import { retentionHooksCode } from '../../script/retention.js'
import { storageCallCode, storageCalls } from '../../script/retention-calls.js'
import { isSingleton, tellingsOf } from '../../script/storage-calls.js'
import { type StorageNames, type StorageTypeNames, storageNames, storageTypeNames } from '../../script/storage-names.js'
import { asSentence } from '../words.js'
import { runtime } from './conditions.js'
import { declarations } from './entity-types.js'

/** The stores that a set's storages are made of. */
export const storesWithStorage = (set: SchemaSet): readonly Store[] =>
  stores.filter((store) => set.stores.includes(store) && hasAccess(set, store) && entitiesIn(set, store).length > 0)

/** The declarations of an entity, and what they are called in each store that keeps it. */
interface EntityCode {
  readonly entity: Entity
  readonly names: ReadonlyMap<Store, StorageNames>
  readonly code: readonly Code[]
}

const sameText = (one: readonly Code[], other: readonly Code[]): boolean =>
  joined(one, '\n').text === joined(other, '\n').text

const parts = ['where', 'key', 'types', 'calls'] as const

/** The declarations of one part: one for all stores where they are the same, else one for each, by names of its own. */
const partCode = async (
  set: SchemaSet,
  entity: Entity,
  part: (typeof parts)[number],
  names: ReadonlyMap<Store, StorageNames>,
): Promise<{ readonly code: readonly Code[]; readonly names: ReadonlyMap<Store, StorageNames> }> => {
  const ofAll = async (of: ReadonlyMap<Store, StorageNames>): Promise<readonly Code[]> => {
    const all = await Promise.all([...of].map(([store, own]) => declarations[part](set, entity, store, own)))
    return all.filter((one) => one !== null)
  }
  const alike = await ofAll(names)
  const [first] = alike
  if (first === undefined || alike.every(({ text }) => text === first.text)) return { code: alike.slice(0, 1), names }
  const own = new Map(
    [...names].map(([store, of]) => [store, { ...of, [part]: storageNames(entity, store)[part] }] as const),
  )
  return { code: await ofAll(own), names: own }
}

const entityCode = async (set: SchemaSet, entity: Entity): Promise<EntityCode> => {
  const kept = storesWithStorage(set).filter((store) => entity.stores.includes(store))
  let names: ReadonlyMap<Store, StorageNames> = new Map(kept.map((store) => [store, storageNames(entity, null)]))
  const code: Code[] = []
  for (const part of parts) {
    const made = await partCode(set, entity, part, names)
    names = made.names
    code.push(...made.code)
  }
  return { entity, names, code }
}

const entityMember = ({ entity, names }: EntityCode, store: Store, isLocking: boolean): readonly Code[] => {
  const of = names.get(store)
  if (of === undefined) return []
  const doc = docComment(proseOf(entity.summary === null ? null : asSentence(entity.summary)), '  ')
  const locks = isLocking && !isSingleton(entity) && tellingsOf(entity, store).length > 0
  const type = locks ? code`${trusted(of.calls)} & ${runtime('LockingGets')}<${trusted(of.types)}>` : trusted(of.calls)
  return [code`${trusted(doc)}  readonly ${trusted(propertyName(camelCase(entity.name)))}: ${type}\n`]
}

const transactionMember = (transaction: string, doc: readonly string[]): Code => {
  const documented = trusted(docComment({ text: doc, tags: [] }, '  '))
  return code`${documented}  $transaction<Result>(
    run: (tx: ${trusted(transaction)}) => Promise<Result>,
    options?: ${runtime('TransactionOptions')},
  ): Promise<Result>\n`
}

const transactionDoc = [
  'Runs `run` in a transaction: commits when it resolves, rolls back when it rejects. Call `tx` in it, not the storage.',
  'What the database asks to be tried again is run again, at most `retry` times: effects outside of the database repeat.',
]

/** Only Postgres has savepoints. */
const innerDoc = (of: readonly Store[]): readonly string[] => {
  const part = 'Runs `run` as a part of the transaction.'
  if (!of.includes('mongo')) return [`${part} It is rolled back by itself when \`run\` rejects.`]
  if (!of.includes('postgres')) return [`${part} When that rejects, all of the transaction fails.`]
  return [
    `${part} When that rejects, Postgres rolls back this part alone;`,
    'in MongoDB, which has no savepoints, all of the transaction fails.',
  ]
}

/** The types of a storage and of what a transaction has; `of` are the stores that they are for. */
const storageTypes = (
  set: SchemaSet,
  entities: readonly EntityCode[],
  store: Store,
  { storage, transaction, hooks }: StorageTypeNames,
  of: readonly Store[],
): readonly Code[] => {
  const { calls, outerCalls } = storageCalls(set, store, hooks)
  const hooksCode = retentionHooksCode(set, store, hooks)
  const body = (isLocking: boolean): readonly Code[] => entities.flatMap((one) => entityMember(one, store, isLocking))
  const open = (name: string, doc: string): Code =>
    code`${trusted(docComment(proseOf(doc)))}export interface ${trusted(name)} {\n`
  return [
    ...(hooksCode === null ? [] : [hooksCode]),
    joined(
      [
        open(storage, 'The calls on rows of each entity. What belongs to no entity begins with `$`.'),
        ...body(false),
        transactionMember(transaction, transactionDoc),
        ...[...calls, ...outerCalls].map(storageCallCode),
        trusted('}'),
      ],
      '',
    ),
    joined(
      [
        open(transaction, 'The same calls inside of a transaction, where rows can be locked.'),
        ...body(true),
        transactionMember(transaction, innerDoc(of)),
        ...calls.map(storageCallCode),
        trusted('}'),
      ],
      '',
    ),
  ]
}

const titles = { postgres: 'Postgres', mongo: 'Mongo' } as const satisfies Record<Store, string>

const shared = storageTypeNames(null)

/** The storages of all stores: one type under the names of each where they have the same calls, else a type each. */
const storagesCode = (set: SchemaSet, entities: readonly EntityCode[]): readonly Code[] => {
  const kept = storesWithStorage(set)
  const all = kept.map((store) => storageTypes(set, entities, store, shared, kept))
  const [first = []] = all
  const alias = (name: string, doc: string, type: string): Code =>
    trusted(`${docComment(proseOf(doc))}export type ${name} = ${type}`)
  if (all.every((one) => sameText(one, first)))
    return [
      ...first,
      ...kept.map((store) => alias(storageTypeNames(store).storage, `A storage in ${titles[store]}.`, shared.storage)),
    ]
  const either = kept.map((store) => storageTypeNames(store).storage).join(' | ')
  return [
    ...kept.flatMap((store) => storageTypes(set, entities, store, storageTypeNames(store), [store])),
    alias(shared.storage, 'A storage in any of the stores: what they have in common can be called.', either),
  ]
}

const entitiesOf = (set: SchemaSet): Promise<readonly EntityCode[]> =>
  Promise.all(
    set.entities
      .filter((entity) => storesWithStorage(set).some((store) => entity.stores.includes(store)))
      .map((entity) => entityCode(set, entity)),
  )

/** The module of the types of a set's storages. */
export const storageModule = async (set: SchemaSet, kind: ModuleKind): Promise<string> => {
  const entities = await entitiesOf(set)
  return moduleText({
    path: 'typescript/storage',
    kind,
    header: header(set.name),
    body: [...entities.flatMap((one) => one.code), ...storagesCode(set, entities)],
  })
}
