import { whereFilter } from '../../document/index.js'
import type { Type } from '../../model/type.js'
import type { List } from '../../script/access.js'
import { called, calling } from '../../script/call.js'
import { type Code, code, joined, literal, text, trusted } from '../../script/code.js'
import { extendedJsonCode } from '../filters.js'
import { isDecimal128, isEpoch } from '../types.js'
import { db, declared, rowType, runtime, type Subject, storage, target } from './subject.js'
import { listCode, member, objectCode } from './text.js'

const optionsType = (subject: Subject, { narrowing }: List): Code => {
  if (narrowing.length === 0) return code`${storage('PageOptions')}`
  const fields = narrowing.map(({ property }) => literal(property))
  const prefix = code`${storage('Prefix')}<${rowType(subject)}, [${joined(fields, ', ')}]>`
  return code`${storage('PageOptions')} & { readonly where?: ${prefix} | undefined }`
}

/** What is worth knowing of the order: Mongo's is its own. */
const orderWords = ({ order }: List): string => {
  const named = order.map(({ field, direction }) => `\`${field.property}\`${direction === 'desc' ? ' descending' : ''}`)
  const nulls = order.some(({ field }) => field.nullable)
    ? '; nulls first where it ascends, last where it descends'
    : ''
  const digits = order.some(({ field: { type } }) => type.kind === 'snowflake') ? '; ids of Discord as text' : ''
  return `${named.join(', ')}${nulls}${digits}`
}

const docOf = ({ entity }: Subject, list: List): string =>
  `Rows of ${entity.name}${list.where === null ? '' : ' that its index holds'}, ordered by ${orderWords(list)}. Throws a \`CursorError\` for a cursor of another list.`

/** What BSON calls the form in which documents of earlier versions have values of a type; null where it is that of now. */
const olderForm = (type: Type): 'string' | 'date' | null => {
  if (isDecimal128(type)) return 'string'
  return isEpoch(type) ? 'date' : null
}

const orderCode = ({ order }: List): Code =>
  listCode(
    order.map(({ field, direction }) => {
      const older = olderForm(field.type)
      const [property, sign] = [text(field.property), trusted(direction === 'asc' ? '1' : '-1')]
      return older === null ? code`[${property}, ${sign}]` : code`[${property}, ${sign}, ${text(older)}]`
    }),
  )

/** How many of the ordered properties the index has: that of a key has all. */
const indexed = ({ index, narrowing, order }: List): number => (index === null ? order.length : narrowing.length)

const whereCode = ({ set, entity }: Subject, { where }: List): Code | null =>
  where === null ? null : extendedJsonCode(whereFilter(set, entity, where))

const listFunction = (subject: Subject, list: List): Code => {
  const description = objectCode([
    code`name: ${text(list.name)}`,
    code`order: ${orderCode(list)}`,
    code`narrowing: ${list.narrowing.length}`,
    code`indexed: ${indexed(list)}`,
    ...member('where', whereCode(subject, list)),
  ])
  return declared(
    docOf(subject, list),
    list.name,
    calling(
      [db, code`options: ${optionsType(subject, list)} = {}`],
      code`${storage('Page')}<${rowType(subject)}>`,
      called(code`${runtime('page')}`, [...target, description, trusted('options')]),
    ),
  )
}

/** The functions that read pages of rows, each along an index. */
export const listsCode = (subject: Subject): readonly Code[] =>
  subject.access.lists.map((list) => listFunction(subject, list))
