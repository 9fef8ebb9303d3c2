import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { nearest } from '../../kernel/nearest.js'
import { span } from '../../kernel/source.js'
import type { Query } from '../../model/entity.js'
import type { JsonValue, Origin } from '../../model/origin.js'
import { entityRule, isWritten, placeOf } from './rule.js'

interface Use {
  readonly name: string
  readonly origin: Origin
}

/** Quoted text, quoted names, comments and casts are read over; what remains of `:name` is a parameter. */
const sqlParameter = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|::|:([A-Za-z_]\w*)/g

const namesInSql = (sql: string): readonly string[] =>
  [...sql.matchAll(sqlParameter)].flatMap(([, name]) => (name === undefined ? [] : [name]))

/** A parameter of a command is a whole text of it, as in `{ user_id: ":user" }`. */
const namesInCommand = (command: JsonValue): readonly string[] => {
  if (typeof command === 'string') return /^:([A-Za-z_]\w*)$/.exec(command)?.slice(1) ?? []
  if (command === null || typeof command !== 'object') return []
  return Object.values(command).flatMap(namesInCommand)
}

const usesOf = ({ postgres, mongo }: Query): readonly Use[] => [
  ...(postgres === null ? [] : namesInSql(postgres.text).map((name) => ({ name, origin: postgres.origin }))),
  ...(mongo === null ? [] : namesInCommand(mongo.command).map((name) => ({ name, origin: mongo.origin }))),
]

/** Whether a parameter was written, but could not be read, which was reported. */
const wasRefused = ({ origin: query }: Query, { name, origin }: Use): boolean =>
  isWritten(span(query.source, query.end, origin.start), name)

function* ofQuery(query: Query): Generator<Diagnostic> {
  const uses = usesOf(query)
  const names = query.parameters.map(({ name }) => name)
  for (const use of uses) {
    if (names.includes(use.name) || wasRefused(query, use)) continue
    const words = { name: use.name, query: query.name, nearest: nearest(use.name, names) }
    yield report('unknown-parameter', placeOf(use.origin, `:${use.name}`), words)
  }
  for (const { name, origin } of query.parameters) {
    if (!uses.some((use) => use.name === name)) yield report('unused-parameter', origin, { name, query: query.name })
  }
}

/** A query uses the parameters it lists, and no others. */
export const queryParameters = entityRule('query-parameters', function* ({ queries }) {
  for (const query of queries) yield* ofQuery(query)
})
