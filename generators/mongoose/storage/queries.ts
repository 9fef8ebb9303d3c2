import { camelCase } from '../../kernel/identifiers.js'
import type { Query } from '../../model/entity.js'
import { type Code, code, joined, literal, property, trusted } from '../../script/code.js'
import { queryCodecs, queryNames, queryReading } from '../../script/query.js'
import { wordIn } from '../../script/storage-calls.js'
import { commandCode } from '../access/command.js'
import { queryCodec } from '../access/queries.js'
import { runtime, type Subject } from '../access/subject.js'

const nested = ({ text: printed, imports }: Code, indent: string): Code =>
  trusted(printed.replaceAll('\n', `\n${indent}`), imports)

/** How rows are read: whole ones as those of the collection, others by the codec of the query. */
const readingCode = ({ set, entity }: Subject, query: Query, codec: Code): Code => {
  if (query.columns?.kind === 'row') return code`{ ...collection, row: ${codec}.row }`
  const { key, stored, personal } = queryReading(set, entity, 'mongo', query)
  const members = [
    code`row: ${codec}.row`,
    ...(key.length === 0 ? [] : [code`key: ${literal(key)}`]),
    ...(Object.keys(stored).length === 0 ? [] : [code`stored: ${literal(stored)}`]),
    ...(personal.length === 0 ? [] : [code`personal: ${literal(personal)}`]),
  ]
  const line = code`{ ${joined(members, ', ')} }`
  return line.text.length <= 100 ? line : code`{\n        ${joined(members, ',\n        ')},\n      }`
}

const queryMember = (subject: Subject, query: Query): readonly Code[] => {
  if (query.mongo === null) return []
  const has = queryCodecs(query)
  const codec = queryCodec(subject, query, queryNames(subject.entity, query))
  const { run, valueAs } = commandCode(query, query.mongo.command)
  const takes = has.parameters ? code`${codec}.parameters` : trusted('null')
  const given = trusted(has.parameters ? 'given' : '_given')
  const command = code`${runtime('commandOf')}(${takes}, (model, ${given}, session) =>\n        ${nested(run, '        ')},\n      )`
  const isWrite = run.text.startsWith('model.findOneAnd')
  const name = camelCase(query.name)
  const members = [
    code`returns: ${wordIn(name, query.returns)}`,
    ...(has.row && query.returns !== 'none' ? [code`gives: ${readingCode(subject, query, codec)}`] : []),
    ...(valueAs === null ? [] : [code`valueAs: ${wordIn(name, valueAs)}`]),
    ...(isWrite ? [trusted('isWrite: true')] : []),
    code`command: ${command}`,
  ]
  const lines = members.map((one) => code`      ${one},\n`)
  return [code`    ${property(name)}: {\n${joined(lines, '')}    },\n`]
}

/** The named queries of an entity, as its collection has them; null where it has none. */
export const queriesMember = (subject: Subject): Code | null => {
  const queries = subject.access.queries.flatMap(({ query }) => queryMember(subject, query))
  return queries.length === 0 ? null : code`{\n${joined(queries, '')}  }`
}
