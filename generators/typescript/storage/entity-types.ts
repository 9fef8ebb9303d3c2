import { camelCase } from '../../kernel/identifiers.js'
import { docComment, propertyName, proseOf } from '../../kernel/safe/typescript.js'
import type { Entity, NamedList, Query } from '../../model/entity.js'
import { expressionText } from '../../model/expression-text.js'
import type { Field } from '../../model/field.js'
import { fieldOf, fieldsIn } from '../../model/lookup.js'
import type { SchemaSet } from '../../model/schema-set.js'
import type { Store } from '../../model/store.js'
import { accessOf } from '../../script/access.js'
import { type Code, code, joined, literal, trusted, typeImport } from '../../script/code.js'
import { encryptedIn, isReplaceable } from '../../script/encryption.js'
import { extending, typeArgumentsCode } from '../../script/layout.js'
import { listNames } from '../../script/lists.js'
import { entityNames } from '../../script/names.js'
import { queryNames } from '../../script/query.js'
import { patchFields } from '../../script/shapes.js'
import { counterLimits, isSingleton, type Telling, tellingsOf } from '../../script/storage-calls.js'
import type { StorageNames } from '../../script/storage-names.js'
import { asSentence } from '../words.js'
import { givenTypes, orderTypes, runtime, whereCode } from './conditions.js'
import { type Members, objectLine, objectType, unionLine } from './layout.js'

/** What one entity offers in one store. */
interface Subject {
  readonly set: SchemaSet
  readonly entity: Entity
  readonly store: Store
  readonly names: StorageNames
}

const own = ({ entity }: Subject, name: string): Code =>
  code`${typeImport(`typescript/${entityNames(entity).module}`, name)}`

const typesOf = async ({ set }: Subject, fields: readonly Field[]): Promise<readonly (readonly [string, Code])[]> => {
  const types = await givenTypes(set, fields)
  return fields.map(({ property }, at) => [property, types[at] ?? trusted('never')] as const)
}

/** A type of what tells a row: a plain value, or an object. */
type TellingType =
  | { readonly kind: 'plain'; readonly type: Code }
  | { readonly kind: 'object'; readonly members: Members }

/** A value of a unique may be null only where two rows may not both have null there. */
const tellingMembers = async (subject: Subject, { fields, unique }: Telling): Promise<readonly TellingType[]> => {
  const named = await typesOf(subject, fields)
  const isNullEqual = unique?.nulls === 'not distinct'
  const members = named.map(([name, type], at) => {
    const mayBeNull = isNullEqual && fields[at]?.nullable === true
    return [name, mayBeNull ? code`${type} | null` : type] as const
  })
  const [only] = named
  const plain = unique === null && named.length === 1 && only !== undefined ? only[1] : null
  return [...(plain === null ? [] : [{ kind: 'plain', type: plain } as const]), { kind: 'object', members }]
}

const keyCode = async (subject: Subject, tellings: readonly Telling[]): Promise<Code> => {
  const doc = trusted(docComment(proseOf(`What tells a row of ${subject.entity.name}.`)))
  const types = (await Promise.all(tellings.map((one) => tellingMembers(subject, one)))).flat()
  const head = `export type ${subject.names.key} =`
  const [only] = types
  return types.length === 1 && only?.kind === 'object'
    ? code`${doc}${objectLine(head, only.members, '', '')}`
    : code`${doc}${unionLine(
        head,
        types.map((one) => (one.kind === 'object' ? objectType(one.members) : one.type)),
        '',
      )}`
}

const byTypes = (tellings: readonly Telling[]): readonly Code[] =>
  tellings
    .filter(({ isTarget }) => isTarget)
    .map(({ fields }) => code`readonly ${literal(fields.map(({ property }) => property))}`)

const counters = ({ entity, store }: Subject): readonly Field[] =>
  fieldsIn(entity, store).filter((field) => counterLimits(entity, field) !== null)

const member = (name: string, type: Code): Code => code`  readonly ${trusted(name)}: ${type}`

const typesCode = async (subject: Subject, tellings: readonly Telling[]): Promise<Code> => {
  const { set, entity, store, names } = subject
  const of = entityNames(entity)
  const lines = [
    member('row', own(subject, of.row)),
    member('newRow', own(subject, of.insert)),
    member('patch', own(subject, of.patch)),
    ...(isSingleton(entity)
      ? []
      : [
          member('key', trusted(names.key)),
          member('where', trusted(names.where)),
          unionLine('readonly order:', orderTypes(set, entity, store), '  '),
          unionLine('readonly by:', byTypes(tellings), '  '),
        ]),
    objectLine('readonly amounts:', await typesOf(subject, counters(subject)), '?', '  '),
  ]
  return code`interface ${trusted(names.types)} {\n${joined(lines, '\n')}\n}`
}

/** What `KeyedRows` has. */
const keyedRows: readonly string[] = ['Gets', 'Finds', 'Inserts', 'Upserts', 'Updates', 'Deletes']

/** The groups of calls that rows of an entity have, each a type of the runtime. */
const callGroups = (subject: Subject, tellings: readonly Telling[]): readonly string[] => {
  const { entity, store } = subject
  const isEncrypted = encryptedIn(entity, store).length > 0
  const isPatched = patchFields(entity).length > 0
  const adds = counters(subject).length > 0
  if (isSingleton(entity)) {
    if (entity.appendOnly) return ['SingletonReads']
    return ['SingletonWrites', ...(adds ? ['SingletonIncrements'] : [])]
  }
  const hasKey = tellings.some(({ unique }) => unique === null)
  const isTold = tellings.length > 0
  const byKey = tellings.some(({ unique, isTarget }) => unique === null && isTarget)
  const upserts = tellings.some(({ isTarget }) => isTarget) && !isEncrypted
  const some = (isIt: boolean, name: string): readonly string[] => (isIt ? [name] : [])
  const reads = [...some(isTold, 'Gets'), hasKey ? 'Finds' : 'Counts', 'Inserts']
  if (entity.appendOnly) return reads
  const all = [
    ...reads,
    ...some(upserts, byKey ? 'Upserts' : 'UpsertsBy'),
    ...some(isPatched, isTold ? 'Updates' : 'UpdatesMany'),
    ...some(isTold && adds, 'Increments'),
    isTold ? 'Deletes' : 'DeletesMany',
  ]
  return keyedRows.every((name) => all.includes(name))
    ? ['KeyedRows', ...all.filter((name) => !keyedRows.includes(name))]
    : all
}

const encryptsCode = (subject: Subject): readonly Code[] => {
  const { entity, store, names } = subject
  const fields = encryptedIn(entity, store)
  if (fields.length === 0) return []
  const given = own(subject, entityNames(entity).insert)
  const valuesOf = (some: readonly Field[]): Code =>
    objectType(
      some.map((field) => {
        const type = code`NonNullable<${given}[${literal(field.property)}]>`
        return [field.property, field.nullable ? code`${type} | null` : type] as const
      }),
    )
  const values = [valuesOf(fields), valuesOf(fields.filter((field) => isReplaceable(entity, field)))]
  return [
    isSingleton(entity)
      ? code`${runtime('SingletonEncrypts')}${typeArgumentsCode(values)}`
      : code`${runtime('Encrypts')}${typeArgumentsCode([trusted(names.key), ...values])}`,
  ]
}

const returnedBy = (subject: Subject, query: Query): Code => {
  const row = own(subject, queryNames(subject.entity, query).row)
  switch (query.returns) {
    case 'many':
      return code`${row}[]`
    case 'one':
      return code`${row} | null`
    case 'none':
      return trusted('void')
  }
}

const queryCode = (subject: Subject, query: Query): Code => {
  const names = queryNames(subject.entity, query)
  const taken = query.parameters.length === 0 ? trusted('') : code`parameters: ${own(subject, names.parameters)}`
  const doc = docComment(proseOf(query.summary), '    ')
  return code`${trusted(doc)}    ${trusted(camelCase(query.name))}(${taken}): Promise<${returnedBy(subject, query)}>\n`
}

const queriesCode = (subject: Subject): Code => {
  const { queries } = accessOf(subject.entity, subject.store)
  if (queries.length === 0) return trusted('')
  const members = queries.map(({ query }) => queryCode(subject, query))
  return code`  /** The named queries of the description. */\n  readonly queries: {\n${joined(members, '')}  }\n`
}

const directions = { asc: 'ascending', desc: 'descending' } as const

const orderWords = ({ order }: NamedList): string => {
  const fields = order.map(({ field, direction }) => `\`${field}\` ${directions[direction]}`)
  return fields.length === 0 ? 'in the order of the key' : `ordered by ${fields.join(', ')}`
}

/** Which rows a list has, and in which order. */
const listProse = ({ entity }: Subject, list: NamedList): string => {
  const where = list.where === null ? '' : ` where \`${expressionText(list.where)}\``
  const by = list.by.length === 0 ? '' : ` of one ${list.by.map((field) => `\`${field}\``).join(', ')}`
  return `Rows of ${entity.name}${by}${where}, ${orderWords(list)}.`
}

const listCode = async (subject: Subject, list: NamedList): Promise<Code> => {
  const { entity } = subject
  const row = own(subject, entityNames(entity).row)
  const fields = list.by.map((name) => fieldOf(entity, name))
  const given = (await typesOf(subject, fields)).map(
    ([name, type], at) => [name, fields[at]?.nullable === true ? code`${type} | null` : type] as const,
  )
  const type =
    given.length === 0
      ? code`${runtime('WholeListCall')}<${row}>`
      : code`${runtime('ListCall')}${typeArgumentsCode([row, objectType(given)])}`
  const summary = list.summary === null ? null : asSentence(list.summary)
  const doc = docComment(proseOf(summary, listProse(subject, list)), '    ')
  return code`${trusted(doc)}    readonly ${trusted(propertyName(listNames(entity, list).name))}: ${type}\n`
}

const listsCode = async (subject: Subject): Promise<Code> => {
  const { lists } = subject.entity
  if (lists.length === 0) return trusted('')
  const members = await Promise.all(lists.map((list) => listCode(subject, list)))
  return code`  /** The lists of the description, a page at a time. */\n  readonly lists: {\n${joined(members, '')}  }\n`
}

const callsCode = async (subject: Subject, tellings: readonly Telling[]): Promise<Code> => {
  const { entity, names } = subject
  const groups = callGroups(subject, tellings).map((name) => code`${runtime(name)}<${trusted(names.types)}>`)
  const all = [...groups, ...encryptsCode(subject)]
  const doc = docComment(proseOf(`The calls on rows of ${entity.name}.`))
  const head = `export interface ${names.calls}`
  const open = code`${trusted(head)}${extending(all)}`
  const members = joined([await listsCode(subject), queriesCode(subject)], '')
  return members.text === '' ? code`${trusted(doc)}${open}}` : code`${trusted(doc)}${open}\n${members}}`
}

/** The declarations of an entity in one store, each by what it is about; a later one may name those before it. */
export const declarations: {
  readonly [Part in keyof StorageNames]: (
    set: SchemaSet,
    entity: Entity,
    store: Store,
    names: StorageNames,
  ) => Promise<Code | null>
} = {
  where: async (set, entity, store, names) => (isSingleton(entity) ? null : whereCode(set, entity, store, names.where)),
  key: async (set, entity, store, names) =>
    isSingleton(entity) ? null : keyCode({ set, entity, store, names }, tellingsOf(entity, store)),
  types: async (set, entity, store, names) => typesCode({ set, entity, store, names }, tellingsOf(entity, store)),
  calls: async (set, entity, store, names) => callsCode({ set, entity, store, names }, tellingsOf(entity, store)),
}
