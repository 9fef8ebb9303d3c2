import { known } from '../../kernel/bug.js'
import { templateText } from '../../kernel/safe/typescript.js'
import type { Query } from '../../model/entity.js'
import { sqlParameters } from '../../model/sql-parameters.js'
import { type Context, columnType, withoutModifier } from '../../relational/index.js'
import { called, list, parsing, signature } from '../../script/call.js'
import { access, type Code, code, joined, property, text, trusted, typeImport } from '../../script/code.js'
import { queryCodecs, queryNames } from '../../script/query.js'
import { client, db, declared, inputs, type Subject, validator } from './subject.js'

/** A statement with its parameters numbered, each cast to its type, and what the numbers stand for. */
interface Numbered {
  readonly text: string
  readonly names: readonly string[]
}

/** A cast parameter; in parentheses where what follows would go to the type instead, as a subscript would. */
const placed = (number: number, type: string, next: string): string =>
  next.startsWith('[') || next.startsWith('.') ? `($${number}::${type})` : `$${number}::${type}`

const numbered = (context: Context, query: Query, sql: string): Numbered => {
  const found = [...sqlParameters(sql)].filter(({ kind }) => kind === 'named')
  const names = [...new Set(found.map(({ name }) => name))]
  const typeOf = (name: string): string => {
    const parameter = query.parameters.find((each) => each.name === name)
    return withoutModifier(columnType(context, known(parameter, `parameter ${name}`).type))
  }
  let at = 0
  let printed = ''
  for (const { name, start, end } of found) {
    printed += sql.slice(at, start) + placed(names.indexOf(name) + 1, typeOf(name), sql.slice(end))
    at = end
  }
  return { text: (printed + sql.slice(at)).trim(), names }
}

interface Statement {
  readonly query: Query
  readonly name: string
  readonly numbered: Numbered
}

const statementsOf = (subject: Subject): readonly Statement[] =>
  subject.access.queries.flatMap(({ name, query }) =>
    query.postgres === null ? [] : [{ name, query, numbered: numbered(subject, query, query.postgres.text) }],
  )

/** The statements stand by themselves: their lines are as they were written. */
const statementsConstant = (statements: readonly Statement[]): Code => {
  const entries = statements.map(({ name, numbered: { text: sql } }) => {
    const literal = sql.includes('\n') ? trusted(`\`${templateText(sql)}\``) : text(sql)
    return code`  ${property(name)}: ${literal},`
  })
  return code`/** The named queries, their parameters numbered. */
const statements = {
${joined(entries, '\n')}
}`
}

/** What the rows of a query are read by; where nothing says what they have, they are as the driver makes them. */
const rowCodec = (subject: Subject, query: Query): Code => {
  const names = queryNames(subject.entity, query)
  if (queryCodecs(query).row) return code`${validator(subject, names.codecs('postgres'))}.row`
  return code`${client('asReturned')}<${rowType(subject, query)}>()`
}

const rowType = ({ entity, names }: Subject, query: Query): Code =>
  code`${typeImport(`typescript/${names.module}`, queryNames(entity, query).row)}`

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

/** What a query does to rows. A row that is locked (`FOR UPDATE`) is not written. */
const doingOf = (statement: string): 'read' | 'write' | 'delete' => {
  const sql = statement.replace(/\bfor\s+(?:no\s+key\s+)?update\b/gi, '')
  if (/\bdelete\b/i.test(sql)) return 'delete'
  return /\b(?:insert|update|merge)\b/i.test(sql) ? 'write' : 'read'
}

const queryFunction = (subject: Subject, { name, query, numbered: { text: sql, names: order } }: Statement): Code => {
  const names = queryNames(subject.entity, query)
  const doing = doingOf(sql)
  const source =
    query.returns === 'none'
      ? trusted('table')
      : code`{ entity: table.entity, name: table.name, row: ${rowCodec(subject, query)} }`
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
export const queriesCode = (subject: Subject): readonly Code[] => {
  const statements = statementsOf(subject)
  if (statements.length === 0) return []
  return [statementsConstant(statements), ...statements.map((each) => queryFunction(subject, each))]
}
