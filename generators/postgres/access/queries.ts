import { collect, type Result, withDiagnostics } from '../../kernel/result.js'
import type { Sql } from '../../kernel/safe/sql.js'
import type { Query } from '../../model/entity.js'
import { called, list, parsing, signature } from '../../script/call.js'
import { access, type Code, code, joined, literal, property, text, trusted, typeImport } from '../../script/code.js'
import { queryNames, queryReading } from '../../script/query.js'
import { askedForms } from '../queries/asked-columns.js'
import { type QueryStatement, queryStatement } from '../queries/statement.js'
import { statement } from './statement.js'
import { client, db, declared, inputs, type Subject, validator } from './subject.js'

/** A named query with the statement that is sent for it. */
export interface NamedStatement {
  readonly query: Query
  readonly name: string
  readonly statement: QueryStatement
}

/** The statements of an entity's queries, each name in its schema; what the parser refuses is reported. */
export const statementsOf = async (subject: Subject): Promise<Result<readonly NamedStatement[]>> => {
  const results: Result<NamedStatement>[] = []
  for (const { name, query } of subject.access.queries) {
    if (query.postgres === null) continue
    const { value, diagnostics } = await queryStatement(subject, subject.entity, query, query.postgres)
    results.push(withDiagnostics({ name, query, statement: value }, diagnostics))
  }
  return collect(results)
}

/** Columns of a whole row are those that every statement returns of one. */
const statementLiteral = ({ query, statement: { sent } }: NamedStatement): Code => {
  const { before, columns, after } = sent
  if (columns === null) return statement`${before as Sql}`
  return query.columns?.kind === 'row'
    ? statement`${before as Sql}${trusted('columns')}${after as Sql}`
    : statement`${(before + columns + after) as Sql}`
}

/** The statements stand by themselves: their lines are as they were written. */
const statementsConstant = (statements: readonly NamedStatement[]): Code => {
  const entries = statements.map((each) => code`  ${property(each.name)}: ${statementLiteral(each)},`)
  return code`/** The named queries: their parameters are numbered, each name is in its schema. */
const statements = {
${joined(entries, '\n')}
}`
}

const rowType = ({ entity, names }: Subject, query: Query): Code =>
  code`${typeImport(`typescript/${names.module}`, queryNames(entity, query).row)}`

/** What the rows of a query are read by; where nothing says what they have, they are as the driver makes them. */
const rowCodec = (subject: Subject, query: Query): Code => {
  if (query.columns === null) return code`${client('asReturned')}<${rowType(subject, query)}>()`
  return code`${validator(subject, queryNames(subject.entity, query).codecs('postgres'))}.row`
}

/** What an error tells of a row that cannot be read, and what it does not show. */
const readingCode = ({ set, entity }: Subject, query: Query): readonly Code[] => {
  const { key, personal } = queryReading(set, entity, 'postgres', query)
  return [
    ...(key.length === 0 ? [] : [code`    key: ${literal(key)} as const,`]),
    ...(personal.length === 0 ? [] : [code`    personal: ${literal(personal)},`]),
  ]
}

/** How the rows of a query are read; whole rows of the entity are read as those of its table. */
const resultCode = (subject: Subject, { name, query }: NamedStatement): readonly Code[] => {
  if (query.returns === 'none' || query.columns?.kind === 'row') return []
  const columns = query.columns?.columns ?? []
  const forms = askedForms(subject, columns)
  const members = [
    code`    entity: table.entity,`,
    code`    name: table.name,`,
    code`    constraints: table.constraints,`,
    code`    row: ${rowCodec(subject, query)},`,
    ...(Object.keys(forms).length === 0 ? [] : [code`    forms: ${literal(forms)} as const,`]),
    ...readingCode(subject, query),
  ]
  return [
    code`  ${property(name)}: {
${joined(members, '\n')}
  },`,
  ]
}

const resultsConstant = (subject: Subject, statements: readonly NamedStatement[]): readonly Code[] => {
  const entries = statements.flatMap((each) => resultCode(subject, each))
  if (entries.length === 0) return []
  return [
    code`/** How the rows of the named queries are read. */
const results = {
${joined(entries, '\n')}
}`,
  ]
}

const runs = { many: 'all', one: 'one', none: 'none' } as const

const returned = (subject: Subject, query: Query): Code => {
  switch (query.returns) {
    case 'many':
      return code`${rowType(subject, query)}[]`
    case 'one':
      return code`${rowType(subject, query)} | null`
    case 'none':
      return trusted('void')
  }
}

const queryFunction = (subject: Subject, named: NamedStatement): Code => {
  const { name, query } = named
  const { doing, names: order } = named.statement
  const names = queryNames(subject.entity, query)
  const isOfTable = query.returns === 'none' || query.columns?.kind === 'row'
  const source = trusted(isOfTable ? 'table' : `results${access(name).text}`)
  const values = list(order.map((parameter) => code`given${access(parameter)}`))
  const call = called(code`${client(runs[query.returns])}`, [
    ...[trusted('db'), source, trusted(`statements${access(name).text}`), values],
    ...(doing === 'write' ? [] : [text(doing)]),
  ])
  const doc = [query.summary ?? `The query ${query.name} of ${subject.entity.name}.`]
  if (query.parameters.length === 0) {
    return declared(doc, name, code`${signature([db], returned(subject, query))}\n  ${call}`)
  }
  const taken = typeImport(`typescript/${subject.names.module}`, names.parameters)
  const encoded = code`${inputs('encodedInput')}(table, ${text(name)}, ${validator(subject, names.codecs('postgres'))}.parameters, parameters)`
  return declared(doc, name, parsing([db, code`parameters: ${taken}`], returned(subject, query), encoded, call))
}

/** The functions of the named queries. */
export const queriesCode = (subject: Subject, statements: readonly NamedStatement[]): readonly Code[] => {
  if (statements.length === 0) return []
  return [
    statementsConstant(statements),
    ...resultsConstant(subject, statements),
    ...statements.map((each) => queryFunction(subject, each)),
  ]
}
