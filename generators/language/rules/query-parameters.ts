import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { nearest } from '../../kernel/nearest.js'
import { spanOfText } from '../../kernel/place.js'
import type { Entity, Query } from '../../model/entity.js'
import { parameterName } from '../../model/mongo-parameter.js'
import type { JsonValue, Origin } from '../../model/origin.js'
import { type SqlParameter, sqlParameters } from '../../model/sql-parameters.js'
import { parameterKey } from '../parameter-key.js'
import { entityRule, type RuleContext } from './rule.js'

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

const misuse = (query: Query, { kind, name, origin }: Use, names: readonly string[]): Diagnostic =>
  kind === 'numbered'
    ? report('numbered-parameter', origin, { written: `$${name}`, query: query.name })
    : report('unknown-parameter', origin, { name, query: query.name, nearest: nearest(name, names) })

function* ofQuery(entity: Entity, query: Query, { isBroken }: RuleContext): Generator<Diagnostic> {
  const uses = [...usesInSql(query), ...usesInCommand(query)]
  const names = query.parameters.map(({ name }) => name)
  for (const use of uses) {
    if (use.kind === 'named' && (names.includes(use.name) || isBroken(entity.name, parameterKey(query.name, use.name))))
      continue
    yield misuse(query, use, names)
  }
  for (const { name, origin } of query.parameters) {
    if (!uses.some((use) => use.name === name)) yield report('unused-parameter', origin, { name, query: query.name })
  }
}

/** A query uses the parameters it lists, and no others. */
export const queryParameters = entityRule('query-parameters', function* (entity, context) {
  for (const query of entity.queries) yield* ofQuery(entity, query, context)
})
