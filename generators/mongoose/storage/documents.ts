import { storedName, whereFilter } from '../../document/index.js'
import { docComment, proseOf } from '../../kernel/safe/typescript.js'
import type { NamedList } from '../../model/entity.js'
import { fieldsRead } from '../../model/expression.js'
import type { Field } from '../../model/field.js'
import { fieldOf, fieldsIn } from '../../model/lookup.js'
import { type AskedValue, askedValues, isAsked } from '../../script/asked.js'
import { access, type Code, code, joined, literal, property, text, trusted, valueImport } from '../../script/code.js'
import { encryptedIn, isReplaceable } from '../../script/encryption.js'
import { whereFunction } from '../../script/expression.js'
import { listNames } from '../../script/lists.js'
import { runtimeValue } from '../../script/runtime.js'
import { counterLimits, isFixed, type Telling, tellingsOf, wordIn } from '../../script/storage-calls.js'
import { codec, readPaths } from '../access/collection.js'
import { uniqueWhere } from '../access/finds.js'
import { runtime, type Subject, validator } from '../access/subject.js'
import { extendedJsonCode } from '../filters.js'
import { referencesCode } from '../retention/collections.js'
import { kindCode } from './kinds.js'

/** A member of an object literal of the emitted code. */
interface Member {
  readonly name: string
  readonly value: Code
}

const member = (name: string, value: Code | null): readonly Member[] => (value === null ? [] : [{ name, value }])

const memberCode = ({ name, value }: Member): Code => (value.text === name ? value : code`${property(name)}: ${value}`)

const width = 120

/** Members of an object, a line each. */
const linesCode = (members: readonly Member[], indent: string): Code => {
  const lines = members.map((each) => code`${trusted(`${indent}  `)}${memberCode(each)},\n`)
  return code`{\n${joined(lines, '')}${trusted(indent)}}`
}

/** An object on one line, or a line a member where that is too long. `before` stands before it on its first line. */
const objectCode = (members: readonly Member[], indent: string, before: number): Code => {
  const line = code`{ ${joined(members.map(memberCode), ', ')} }`
  return indent.length + before + line.text.length + 1 <= width ? line : linesCode(members, indent)
}

/** The number that an older document is read as having where it lacks one that can be added to. */
const missingOf = (field: Field): Code | null =>
  field.default?.kind === 'literal' ? literal(field.default.value) : null

const isTrue = (condition: boolean): Code | null => (condition ? trusted('true') : null)

const fieldMember = ({ set, entity }: Subject, field: Field): Member => {
  const stored = storedName(entity, field.name)
  const sums = counterLimits(entity, field)
  const members = [
    ...member('path', stored === field.property ? null : text(stored)),
    ...member('kind', kindCode(set, field.type, false)),
    ...member('isNullable', isTrue(field.nullable || field.optional)),
    ...member('is', isFixed(entity, field) ? wordIn(field.property, 'fixed') : null),
    ...member('sums', sums === null ? null : literal(sums)),
    ...member('missing', sums === null ? null : missingOf(field)),
  ]
  return { name: field.property, value: objectCode(members, '    ', field.property.length + 2) }
}

const innerMember = ({ set, entity }: Subject, { name, path, field, isNullable }: AskedValue): Member => {
  const [first, ...inside] = path
  const stored = [storedName(entity, first), ...inside].join('.')
  const members = [
    ...member('path', stored === name ? null : text(stored)),
    ...member('kind', kindCode(set, field.type, true)),
    ...member('isNullable', literal(isNullable)),
  ]
  return { name, value: objectCode(members, '    ', name.length + 4) }
}

/** The condition of a partial unique: of its index as a filter, and of a row. */
const conditionMembers = (subject: Subject, { unique }: Telling): readonly Member[] => {
  if (unique === null) return []
  const filter = member('where', uniqueWhere(subject, unique))
  if (unique.where === null) return filter
  const { set, entity } = subject
  const { parameter, body, uses } = whereFunction(set, entity, unique.where)
  const functions = uses.map((name) => runtimeValue('v1', name))
  const read = fieldsRead(unique.where).map(([name = '']) => fieldOf(entity, name).property)
  return [
    ...filter,
    ...member('holds', trusted(`(row: ${parameter}) => ${body.replaceAll('\n', '\n      ')}`, functions)),
    ...member('reads', literal([...new Set(read)])),
  ]
}

const tellingCode = (subject: Subject, telling: Telling, indent: string): Code => {
  const { fields, unique, isTarget } = telling
  const members = [
    ...member('fields', literal(fields.map((field) => field.property))),
    ...member('isNullEqual', isTrue(unique?.nulls === 'not distinct')),
    ...conditionMembers(subject, telling),
    ...member('is', isTarget ? null : text('made')),
  ]
  return objectCode(members, indent, 'uniques: []'.length)
}

const encryptedCode = (subject: Subject): Code | null => {
  const { entity, names } = subject
  const fields = encryptedIn(entity, 'mongo').map((field) => {
    const members = [
      ...member('path', text(storedName(entity, field.name))),
      ...member('key', text(field.encrypted.key)),
      ...member('value', code`${validator(subject, names.encrypted)}${access(field.property)}`),
      ...member('isFixed', isTrue(!isReplaceable(entity, field))),
    ]
    return { name: field.property, value: objectCode(members, '    ', field.property.length + 2) }
  })
  return fields.length === 0 ? null : linesCode(fields, '  ')
}

const listMember = ({ set, entity }: Subject, list: NamedList): Member => {
  const { name, by, order } = listNames(entity, list)
  const { where } = list
  const members = [
    ...member('by', literal(by)),
    ...member('order', literal(order)),
    ...member('where', where === null ? null : extendedJsonCode(whereFilter(set, entity, where))),
  ]
  return { name, value: objectCode(members, '    ', name.length + 2) }
}

const listsCode = (subject: Subject): Code | null => {
  const { lists } = subject.entity
  return lists.length === 0
    ? null
    : linesCode(
        lists.map((list) => listMember(subject, list)),
        '  ',
      )
}

const uniquesCode = (subject: Subject, uniques: readonly Telling[]): Code | null =>
  uniques.length === 0
    ? null
    : code`[\n${joined(
        uniques.map((one) => code`    ${tellingCode(subject, one, '    ')},\n`),
        '',
      )}  ]`

/** Code of several lines as the value of a member. */
const indented = (of: Code | null): Code | null =>
  of === null ? null : trusted(of.text.replaceAll('\n', '\n  '), of.imports)

const membersOf = (subject: Subject, queries: Code | null): readonly Member[] => {
  const { set, entity, names } = subject
  const shown = fieldsIn(entity, 'mongo').filter(({ encrypted }) => encrypted === null)
  const inner = askedValues(set, entity, 'mongo').filter((value) => value.path.length > 1 && isAsked(value))
  const [first, ...others] = tellingsOf(entity, 'mongo')
  const key = first?.unique === null ? first : null
  const uniques = first === undefined || key !== null ? others : [first, ...others]
  const personal = shown.filter((field) => field.personal).map((field) => field.property)
  const touched = shown.find(({ maintained }) => maintained === 'updated')
  const reads = readPaths(entity)
  const fields = shown.map((field) => fieldMember(subject, field))
  const inside = inner.map((one) => innerMember(subject, one))
  return [
    ...member('entity', text(entity.name)),
    ...member('name', text(entity.collection)),
    ...member('model', code`${valueImport(`mongoose/${names.module}`, names.modelOf)}`),
    ...member('constraints', trusted('collection.constraints')),
    ...member('row', codec(subject, names.mongoCodec)),
    ...member('codecs', codec(subject, names.paths)),
    ...member('newRow', code`${validator(subject, names.insertSchema)}`),
    ...member('patch', code`${validator(subject, names.patchSchema)}`),
    ...member('fields', linesCode(fields, '  ')),
    ...member('inner', inside.length === 0 ? null : linesCode(inside, '  ')),
    ...member('key', key === null ? trusted('null') : tellingCode(subject, key, '  ')),
    ...member('uniques', uniquesCode(subject, uniques)),
    ...member('isAppendOnly', isTrue(entity.appendOnly)),
    ...member('encrypted', encryptedCode(subject)),
    ...member('lists', listsCode(subject)),
    ...member('queries', queries),
    ...member('personal', personal.length === 0 ? null : literal(personal)),
    ...member('reads', reads.length === 0 ? null : literal(reads)),
    ...member('touched', touched === undefined ? null : text(touched.property)),
    ...member('references', indented(referencesCode(set, entity))),
  ]
}

/** The constant that describes the collection of an entity: `guildMemberDocuments`. */
export const documentsCode = (subject: Subject, queries: Code | null): Code => {
  const doc = docComment(proseOf(`The collection of ${subject.entity.name}, as storage uses it.`))
  const described = linesCode(membersOf(subject, queries), '')
  return code`${trusted(doc)}export const ${trusted(subject.names.documents)} = ${runtime('documentsOf')}(${described})`
}
