import { identifier, type Sql, sql } from '../../kernel/safe/sql.js'
import { docComment, proseOf } from '../../kernel/safe/typescript.js'
import type { NamedList, Unique } from '../../model/entity.js'
import { type Expression, fieldsRead } from '../../model/expression.js'
import type { Field } from '../../model/field.js'
import { fieldOf, fieldsIn } from '../../model/lookup.js'
import { arbitersOf, conflictTarget, expressionScope, expressionSql, jsonOperand } from '../../relational/index.js'
import { type AskedValue, askedValues, isAsked } from '../../script/asked.js'
import { access, type Code, code, joined, literal, property, text, trusted } from '../../script/code.js'
import { encryptedIn, isReplaceable } from '../../script/encryption.js'
import { listNames } from '../../script/lists.js'
import { runtimeValue } from '../../script/runtime.js'
import { counterLimits, isFixed, isMade, type Telling, tellingsOf, wordIn } from '../../script/storage-calls.js'
import { constraints, ofPgcrypto, type Subject, tableSql, validator } from '../access/subject.js'
import { innerKind, kindCode } from './kinds.js'

/** A member of an object literal of the emitted code. */
interface Member {
  readonly name: string
  readonly value: Code
}

const member = (name: string, value: Code): Member => ({ name, value })

const memberCode = ({ name, value }: Member): Code => (value.text === name ? value : code`${property(name)}: ${value}`)

const oneLine = (members: readonly Member[]): Code => code`{ ${joined(members.map(memberCode), ', ')} }`

const width = 120

/** An object on one line, or a line a member where that is too long. `indent` is that of its first line. */
const objectCode = (members: readonly Member[], indent: string, before: number): Code => {
  const line = oneLine(members)
  return indent.length + before + line.text.length + 1 <= width ? line : linesCode(members, indent)
}

/** Members of an object, a line each. */
const linesCode = (members: readonly Member[], indent: string): Code => {
  const lines = members.map((each) => code`${trusted(`${indent}  `)}${memberCode(each)},\n`)
  return code`{\n${joined(lines, '')}${trusted(indent)}}`
}

/** Within a column's default a sequence is asked by itself, so that rows with and without a number go in one statement. */
const initialOf = ({ table }: Subject, field: Field): Sql | null => {
  const column = table.columns.find((each) => each.field === field.name)
  if (column === undefined) return null
  const isMadeThere = field.maintained !== null || field.default?.kind === 'next' || field.postgres.default !== null
  return isMadeThere ? column.default : null
}

const standing = (subject: Subject, field: Field): readonly Member[] => {
  const { entity } = subject
  const is = (word: string): readonly Member[] => [member('is', wordIn(field.property, word))]
  if (field.generated !== null) return is('computed')
  if (isMade(field)) return is('made')
  return isFixed(entity, field) ? is('fixed') : []
}

const fieldMember = (subject: Subject, field: Field): Member => {
  const initial = initialOf(subject, field)
  const sums = counterLimits(subject.entity, field)
  const codec = code`${validator(subject, subject.names.columns)}${access(field.property)}`
  const members = [
    member('column', text(identifier(field.name))),
    member('kind', kindCode(subject, field.type, codec)),
    ...(field.nullable ? [member('isNullable', trusted('true'))] : []),
    ...(initial === null ? [] : [member('initial', text(initial))]),
    ...standing(subject, field),
    ...(sums === null ? [] : [member('sums', literal(sums))]),
  ]
  return member(field.property, objectCode(members, '    ', field.property.length + 2))
}

const innerMember = (subject: Subject, { name, path, field, isNullable }: AskedValue): Member => {
  const [column, ...inside] = path
  const { text: value } = jsonOperand(subject, sql`own.${identifier(column)}`, inside, field.type)
  const { kind, cast } = innerKind(subject, field.type)
  const members = [
    member('sql', text(cast === null ? `(${value})` : `(${value})::${cast}`)),
    member('kind', kind),
    member('isNullable', literal(isNullable)),
  ]
  return member(name, objectCode(members, '    ', name.length + 4))
}

/** The indexes that hold nulls for alike, on servers before 15. */
const indexesMember = (subject: Subject, unique: Unique): readonly Member[] => {
  const arbiters = arbitersOf(subject, subject.entity, unique)
  if (arbiters.length < 2) return []
  const properties = (names: readonly string[]) => names.map((name) => fieldOf(subject.entity, name).property)
  const indexes = arbiters.map((arbiter) =>
    oneLine([member('nulls', literal(properties(arbiter.nulls))), member('target', text(conflictTarget(arbiter)))]),
  )
  return [member('indexes', code`[\n      ${joined(indexes, ',\n      ')},\n    ]`)]
}

const conditionMembers = (subject: Subject, where: Expression): readonly Member[] => {
  const { entity } = subject
  const read = [...new Set(fieldsRead(where).map(([name = '']) => fieldOf(entity, name).property))]
  return [member('where', text(expressionSql(expressionScope(subject, entity), where))), member('reads', literal(read))]
}

const tellingCode = (subject: Subject, { fields, unique, isTarget }: Telling): Code =>
  oneLine([
    member('fields', literal(fields.map((field) => field.property))),
    ...(unique?.nulls === 'not distinct' ? [member('isNullEqual', trusted('true'))] : []),
    ...(unique === null || unique.where === null ? [] : conditionMembers(subject, unique.where)),
    ...(unique === null ? [] : indexesMember(subject, unique)),
    ...(isTarget ? [] : [member('is', text(unique?.deferrable === true ? 'deferred' : 'made'))]),
  ])

const encryptedMember = (subject: Subject): readonly Member[] => {
  const fields = encryptedIn(subject.entity, 'postgres')
  if (fields.length === 0) return []
  const columns = fields.map((field) =>
    member(
      field.property,
      oneLine([
        member('column', text(identifier(field.name))),
        member('key', text(field.encrypted.key)),
        member('value', code`${validator(subject, subject.names.encrypted)}${access(field.property)}`),
        ...(field.type.kind === 'json' ? [member('isJson', trusted('true'))] : []),
        ...(isReplaceable(subject.entity, field) ? [] : [member('isFixed', trusted('true'))]),
      ]),
    ),
  )
  return [
    member(
      'encrypted',
      linesCode(
        [
          member('encrypt', text(ofPgcrypto(subject, 'pgp_sym_encrypt'))),
          member('decrypt', text(ofPgcrypto(subject, 'pgp_sym_decrypt'))),
          member('columns', linesCode(columns, '    ')),
        ],
        '  ',
      ),
    ),
  ]
}

const listMember = (subject: Subject, list: NamedList): Member => {
  const { entity } = subject
  const { name, by, order } = listNames(entity, list)
  const { where } = list
  const members = [
    member('by', literal(by)),
    member('order', literal(order)),
    ...(where === null ? [] : [member('where', text(expressionSql(expressionScope(subject, entity), where)))]),
  ]
  return member(name, objectCode(members, '    ', name.length + 2))
}

const listsMember = (subject: Subject): readonly Member[] => {
  const { lists } = subject.entity
  const members = lists.map((list) => listMember(subject, list))
  return lists.length === 0 ? [] : [member('lists', linesCode(members, '  '))]
}

const membersOf = (subject: Subject, queries: Code | null): readonly Member[] => {
  const { set, entity, names } = subject
  const shown = fieldsIn(entity, 'postgres').filter(({ encrypted }) => encrypted === null)
  const inner = askedValues(set, entity, 'postgres').filter((value) => value.path.length > 1 && isAsked(value))
  const [first, ...others] = tellingsOf(entity, 'postgres')
  const key = first?.unique === null ? first : null
  const uniques = first === undefined || key !== null ? others : [first, ...others]
  const personal = shown.filter((field) => field.personal).map((field) => field.property)
  return [
    member('entity', text(entity.name)),
    member('name', text(entity.table)),
    member('sql', text(tableSql(subject))),
    member('constraints', code`${constraints}`),
    member('codecs', code`${validator(subject, names.columns)}`),
    member('newRow', code`${validator(subject, names.insertSchema)}`),
    member('patch', code`${validator(subject, names.patchSchema)}`),
    member(
      'fields',
      linesCode(
        shown.map((field) => fieldMember(subject, field)),
        '  ',
      ),
    ),
    ...(inner.length === 0
      ? []
      : [
          member(
            'inner',
            linesCode(
              inner.map((one) => innerMember(subject, one)),
              '  ',
            ),
          ),
        ]),
    member('key', key === null ? trusted('null') : tellingCode(subject, key)),
    ...(uniques.length === 0
      ? []
      : [
          member(
            'uniques',
            code`[${joined(
              uniques.map((one) => tellingCode(subject, one)),
              ', ',
            )}]`,
          ),
        ]),
    ...(entity.appendOnly ? [member('isAppendOnly', trusted('true'))] : []),
    ...encryptedMember(subject),
    ...listsMember(subject),
    ...(queries === null ? [] : [member('queries', queries)]),
    ...(personal.length === 0 ? [] : [member('personal', literal(personal))]),
  ]
}

/** The constant that describes the table of an entity: `guildMemberTable`. */
export const tableCode = (subject: Subject, queries: Code | null): Code => {
  const doc = docComment(proseOf(`The table of ${subject.entity.name}, as storage uses it.`))
  const table = linesCode(membersOf(subject, queries), '')
  return code`${trusted(doc)}export const ${trusted(subject.names.table)} = ${runtimeValue('v1/postgres', 'tableOf')}(${table})`
}
