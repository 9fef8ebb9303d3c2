import type { Query } from '../../model/entity.js'
import { signature } from '../../script/call.js'
import { type Code, code, joined, literal, property, text, trusted, typeImport } from '../../script/code.js'
import { classesOfQuery, type QueryNames, queryCodecs, queryNames, queryReading } from '../../script/query.js'
import { runtimeValue } from '../../script/runtime.js'
import { givenClasses } from './collection.js'
import { type CommandCode, commandCode } from './command.js'
import { db, declared, inputs, runtime, type Subject, validator } from './subject.js'

const readRow = runtimeValue('v1', 'readRow')

const typeOf = ({ names }: Subject, name: string) => typeImport(`typescript/${names.module}`, name)

const returned = (subject: Subject, query: Query, names: QueryNames): Code => {
  switch (query.returns) {
    case 'none':
      return trusted('void')
    case 'one':
      return code`${typeOf(subject, names.row)} | null`
    case 'many':
      return code`${typeOf(subject, names.row)}[]`
  }
}

/** The codecs of the query: a constant of the module where they are given the driver's class. */
const codecs = (
  subject: Subject,
  query: Query,
  names: QueryNames,
): { readonly name: Code; readonly constant: readonly Code[] } => {
  const codec = validator(subject, names.codecs('mongo'))
  const classes = classesOfQuery(subject.set, subject.entity, query)
  if (classes.length === 0) return { name: code`${codec}`, constant: [] }
  const name = trusted(`${names.function}Codecs`)
  return { name, constant: [code`const ${name} = ${codec}${givenClasses(classes)}`] }
}

const asRow = ({ valueAs }: CommandCode, value: Code): Code =>
  valueAs === null ? value : code`{ ${property(valueAs)}: ${value} }`

const nested = ({ text, imports }: Code, indent: string): Code => trusted(text.replaceAll('\n', `\n${indent}`), imports)

/** What the codecs of a query are called in its module. */
export const queryCodec = (subject: Subject, query: Query, names: QueryNames): Code =>
  codecs(subject, query, names).name

/** How rows are read: whole ones as those of the collection, others by the codec of the query. */
const reading = ({ set, entity }: Subject, query: Query, codec: Code): Code => {
  if (query.columns?.kind === 'row') return code`{ ...collection, row: ${codec}.row }`
  const { key, stored, personal } = queryReading(set, entity, 'mongo', query)
  const members = [
    code`entity: collection.entity`,
    code`row: ${codec}.row`,
    ...(key.length === 0 ? [] : [code`key: ${literal(key)} as const`]),
    ...(Object.keys(stored).length === 0 ? [] : [code`stored: ${literal(stored)}`]),
    ...(personal.length === 0 ? [] : [code`personal: ${literal(personal)}`]),
  ]
  return code`{
    ${joined(members, ',\n    ')},
  }`
}

/** What is done with what the command gave. */
const result = (subject: Subject, query: Query, command: CommandCode, codec: Code | null): readonly Code[] => {
  const writes = command.run.text.startsWith('model.findOneAnd')
  const row = (value: Code): Code =>
    codec === null ? asRow(command, value) : code`${readRow}(reading, ${asRow(command, value)}, ${literal(writes)})`
  const read = codec === null ? [] : [code`  const reading = ${reading(subject, query, codec)}`]
  const unread = codec === null && command.valueAs === null
  if (query.returns === 'none') return []
  if (query.returns === 'many') {
    return [
      ...read,
      unread ? trusted('  return answer') : code`  return answer.map((document) => ${row(trusted('document'))})`,
    ]
  }
  if (command.valueAs !== null && command.gives === 'document')
    return [...read, code`  return ${row(trusted('answer'))}`]
  const one =
    command.gives === 'documents' ? trusted('const [document = null] = answer') : trusted('const document = answer')
  return unread
    ? [code`  ${one}`, trusted('  return document')]
    : [...read, code`  ${one}`, code`  return document === null ? null : ${row(trusted('document'))}`]
}

const bodyLines = (subject: Subject, query: Query, command: CommandCode, name: Code): readonly Code[] => {
  const has = queryCodecs(query)
  const run = code`await ${runtime('commanded')}(db, collection, (model, session) =>
    ${nested(command.run, '    ')},
  )`
  return [
    ...(has.parameters
      ? [
          code`  const given = ${inputs('encodedInput')}(collection, ${text(queryNames(subject.entity, query).function)}, ${name}.parameters, parameters)`,
        ]
      : []),
    query.returns === 'none' ? code`  ${run}` : code`  const answer = ${run}`,
    ...result(subject, query, command, has.row ? name : null),
  ]
}

const queryFunction = (subject: Subject, query: Query): readonly Code[] => {
  if (query.mongo === null) return []
  const names = queryNames(subject.entity, query)
  const has = queryCodecs(query)
  const { name, constant } =
    has.parameters || has.row ? codecs(subject, query, names) : { name: trusted(''), constant: [] }
  const parameters = has.parameters ? [code`parameters: ${typeOf(subject, names.parameters)}`] : []
  const lines = bodyLines(subject, query, commandCode(query, query.mongo.command), name)
  const doc = `${query.summary ?? `The query ${query.name}.`}${has.parameters ? ' Throws a `ZodError` for parameters that are none.' : ''}`
  const body = lines.reduce((before, line) => code`${before}\n${line}`)
  return [
    ...constant,
    declared(
      doc,
      names.function,
      code`${signature([db, ...parameters], returned(subject, query, names))} {\n${body}\n}`,
    ),
  ]
}

/** The functions of an entity's named queries. */
export const queriesCode = (subject: Subject): readonly Code[] =>
  subject.access.queries.flatMap(({ query }) => queryFunction(subject, query))
