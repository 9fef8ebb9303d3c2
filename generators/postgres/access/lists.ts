import { identifier } from '../../kernel/safe/sql.js'
import type { Field } from '../../model/field.js'
import { expressionScope, expressionSql } from '../../relational/index.js'
import type { List } from '../../script/access.js'
import { called, calling, list as listCode } from '../../script/call.js'
import { access, type Code, code, joined, literal, property, text, trusted } from '../../script/code.js'
import { castOf } from './columns.js'
import { client, db, declared, rowType, type Subject, storage } from './subject.js'

/** The fields that some list is ordered by, in the entity's order. */
const orderedFields = ({ entity, access: { lists } }: Subject): readonly Field[] => {
  const ordered = new Set(lists.flatMap(({ order }) => order.map(({ field }) => field)))
  return entity.fields.filter((field) => ordered.has(field))
}

const orderedEntry = (subject: Subject, field: Field): Code => {
  const members = [
    code`property: ${text(field.property)}`,
    code`column: ${text(identifier(field.name))}`,
    code`type: ${text(castOf(subject, field))}`,
    code`nullable: ${literal(field.nullable)}`,
  ]
  const line = code`  ${property(field.property)}: { ${joined(members, ', ')} },`
  return line.text.length <= 120
    ? line
    : code`  ${property(field.property)}: {\n    ${joined(members, ',\n    ')},\n  },`
}

const orderedConstant = (subject: Subject): Code => code`/** What lists are ordered by. */
const ordered = {
${joined(
  orderedFields(subject).map((field) => orderedEntry(subject, field)),
  '\n',
)}
}`

const optionsType = (subject: Subject, { narrowing }: List): Code => {
  if (narrowing.length === 0) return code`${storage('PageOptions')}`
  const fields = narrowing.map((field) => literal(field.property))
  const prefix = code`${storage('Prefix')}<${rowType(subject)}, [${joined(fields, ', ')}]>`
  return code`${storage('PageOptions')} & { readonly where?: ${prefix} | undefined }`
}

const orderOf = ({ order }: List): Code =>
  listCode(
    order.map(
      ({ field, direction }) => code`[ordered${access(field.property)}, ${text(direction === 'asc' ? 'ASC' : 'DESC')}]`,
    ),
  )

const docOf = ({ entity }: Subject, { order, where, index }: List): readonly string[] => {
  const named = order.map(({ field, direction }) => `\`${field.property}\`${direction === 'desc' ? ' descending' : ''}`)
  const nulls = order.some(({ field }) => field.nullable)
    ? '; nulls last where it ascends, first where it descends'
    : ''
  const which = where === null || index === null ? '' : ' that its index holds'
  return [
    `Rows of ${entity.name}${which}, ordered by ${named.join(', ')}${nulls}. Throws a \`CursorError\` for a cursor of another list.`,
  ]
}

const listFunction = (subject: Subject, list: List): Code => {
  const where =
    list.where === null ? trusted('null') : text(expressionSql(expressionScope(subject, subject.entity), list.where))
  const description = code`{
  name: ${text(list.name)},
  order: ${indent(orderOf(list))},
  narrowing: ${list.narrowing.length},
  where: ${where},
}`
  return declared(
    docOf(subject, list),
    list.name,
    calling(
      [db, code`options: ${optionsType(subject, list)} = {}`],
      code`${storage('Page')}<${rowType(subject)}>`,
      called(code`${client('page')}`, [trusted('db'), trusted('table'), description, trusted('options')]),
    ),
  )
}

const indent = ({ text: inner, imports }: Code): Code => trusted(inner.replaceAll('\n', '\n  '), imports)

/** The functions that read pages of rows, each along an index. */
export const listsCode = (subject: Subject): readonly Code[] => {
  const { lists } = subject.access
  return lists.length === 0 ? [] : [orderedConstant(subject), ...lists.map((list) => listFunction(subject, list))]
}
