import { camelCase } from '../../kernel/identifiers.js'
import type { Sql } from '../../kernel/safe/sql.js'
import type { Query } from '../../model/entity.js'
import { type Code, code, joined, literal, property, trusted } from '../../script/code.js'
import { queryNames, queryReading } from '../../script/query.js'
import { wordIn } from '../../script/storage-calls.js'
import type { NamedStatement } from '../access/queries.js'
import { statement } from '../access/statement.js'
import { type Subject, validator } from '../access/subject.js'
import { askedForms } from '../queries/asked-columns.js'
import { sentText } from '../queries/statement.js'

/** How the rows of a query are read; nothing where they are rows of the entity, or there are none. */
const rowCode = (subject: Subject, query: Query): Code | null => {
  const { set, entity } = subject
  if (query.returns === 'none' || query.columns?.kind === 'row') return null
  if (query.columns === null) return trusted('{}')
  const forms = askedForms(subject, query.columns.columns)
  const { key, personal } = queryReading(set, entity, 'postgres', query)
  const codecs = validator(subject, queryNames(entity, query).codecs('postgres'))
  const members = [
    code`row: ${codecs}.row`,
    ...(Object.keys(forms).length === 0 ? [] : [code`forms: ${literal(forms)}`]),
    ...(key.length === 0 ? [] : [code`key: ${literal(key)}`]),
    ...(personal.length === 0 ? [] : [code`personal: ${literal(personal)}`]),
  ]
  const line = code`{ ${joined(members, ', ')} }`
  return line.text.length <= 100 ? line : code`{\n        ${joined(members, ',\n        ')},\n      }`
}

const queryCode = (subject: Subject, { query, statement: sent }: NamedStatement): Code => {
  const gives = rowCode(subject, query)
  const codecs = validator(subject, queryNames(subject.entity, query).codecs('postgres'))
  const name = camelCase(query.name)
  const members = [
    code`returns: ${wordIn(name, query.returns)}`,
    ...(sent.doing === 'write' ? [] : [code`doing: ${wordIn(name, sent.doing)}`]),
    ...(query.parameters.length === 0 ? [] : [code`takes: ${codecs}.parameters`, code`order: ${literal(sent.names)}`]),
    ...(gives === null ? [] : [code`gives: ${gives}`]),
    code`statement: ${statement`${sentText(sent) as Sql}`}`,
  ]
  return code`    ${property(name)}: {\n${joined(
    members.map((one) => code`      ${one},\n`),
    '',
  )}    }`
}

/** The named queries of an entity, as its table has them; null where it has none. */
export const queriesMember = (subject: Subject, statements: readonly NamedStatement[]): Code | null =>
  statements.length === 0
    ? null
    : code`{\n${joined(
        statements.map((one) => code`${queryCode(subject, one)},\n`),
        '',
      )}  }`
