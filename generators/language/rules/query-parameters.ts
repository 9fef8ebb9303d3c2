import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { nearest } from '../../kernel/nearest.js'
import { span } from '../../kernel/source.js'
import type { Query } from '../../model/entity.js'
import { parameterName } from '../../model/mongo-parameter.js'
import type { JsonValue, Origin } from '../../model/origin.js'
import { type SqlParameter, sqlParameters } from '../../model/sql-parameters.js'
import { spanOfText } from '../load/place.js'
import { entityRule, isWritten } from './rule.js'

interface Use {
  readonly kind: SqlParameter['kind']
  readonly name: string
  readonly origin: Origin
}

const usesInSql = ({ postgres }: Query): readonly Use[] =>
  postgres === null
    ? []
    : [...sqlParameters(postgres.text)].map(({ kind, name, start, end }) => ({
        kind,
        name,
        origin: spanOfText(postgres.origin, postgres.text, start, end),
      }))

/** The value that a JSON pointer leads to. */
const valueAt = (command: JsonValue, pointer: string): unknown =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((value, part) => (value as Readonly<Record<string, unknown>>)[part], command)

const usesInCommand = ({ mongo }: Query): readonly Use[] =>
  mongo === null
    ? []
    : mongo.places.flatMap(({ of, pointer, origin }) => {
        const name = of === 'value' ? parameterName(valueAt(mongo.command, pointer)) : null
        return name === null ? [] : [{ kind: 'named', name, origin }]
      })

/** Whether a parameter was written, but could not be read, which was reported. */
const wasRefused = ({ origin: query }: Query, { name, origin }: Use): boolean =>
  isWritten(span(query.source, query.end, origin.start), name)

const misuse = (query: Query, { kind, name, origin }: Use, names: readonly string[]): Diagnostic =>
  kind === 'numbered'
    ? report('numbered-parameter', origin, { written: `$${name}`, query: query.name })
    : report('unknown-parameter', origin, { name, query: query.name, nearest: nearest(name, names) })

function* ofQuery(query: Query): Generator<Diagnostic> {
  const uses = [...usesInSql(query), ...usesInCommand(query)]
  const names = query.parameters.map(({ name }) => name)
  for (const use of uses) {
    if (use.kind === 'named' && (names.includes(use.name) || wasRefused(query, use))) continue
    yield misuse(query, use, names)
  }
  for (const { name, origin } of query.parameters) {
    if (!uses.some((use) => use.name === name)) yield report('unused-parameter', origin, { name, query: query.name })
  }
}

/** A query uses the parameters it lists, and no others. */
export const queryParameters = entityRule('query-parameters', function* ({ queries }) {
  for (const query of queries) yield* ofQuery(query)
})
