import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import type { Entity } from '../../model/entity.js'
import { type Expression, fieldsRead } from '../../model/expression.js'
import type { Field } from '../../model/field.js'
import { isKeyField } from '../../model/lookup.js'
import type { Origin } from '../../model/origin.js'
import { placeOf, type Rule } from './rule.js'

type Problem =
  | 'type'
  | 'key'
  | 'unique'
  | 'index'
  | 'predicate'
  | 'reference'
  | 'default'
  | 'seed'
  | 'no-key'
  | 'suggest'
  | 'in-object'

const predicatesOf = ({ checks, fields, uniques, indexes, lists, retention }: Entity): readonly Expression[] => {
  const lifecycle = retention?.lifecycle
  const parts = indexes.flatMap((index) => index.parts)
  return [
    ...checks.map(({ expression }) => expression),
    ...fields.map(({ generated }) => generated),
    ...[...uniques, ...indexes, ...lists].map(({ where }) => where),
    ...parts.map((part) => (part.kind === 'expression' ? part.expression : null)),
    ...(lifecycle?.kind === 'steps' ? lifecycle.steps.map(({ where }) => where) : []),
  ].filter((expression) => expression !== null)
}

function* ofField(entity: Entity, field: Field): Generator<Diagnostic> {
  const refuse = (problem: Problem, at: Origin): Diagnostic =>
    report('encrypted-misuse', placeOf(at, field.name), { field: field.name, problem })
  const isListed = (names: readonly string[]): boolean => names.includes(field.name)
  if (field.type.kind !== 'text' && field.type.kind !== 'json') yield refuse('type', field.origin)
  if (field.default !== null) yield refuse('default', field.default.origin)
  if (isKeyField(entity, field)) yield refuse('key', entity.key.origin)
  if (field.suggest.length > 0) yield refuse('suggest', field.origin)
  if (entity.key.kind === 'none') yield refuse('no-key', field.origin)
  for (const { values } of entity.seed) {
    const given = values.find((value) => value.field === field.name)
    if (given !== undefined && given.value !== null) yield refuse('seed', field.origin)
  }
  for (const { fields, origin } of entity.uniques) if (isListed(fields)) yield refuse('unique', origin)
  for (const { fields, origin } of entity.references) if (isListed(fields)) yield refuse('reference', origin)
  for (const { parts, include, origin } of entity.indexes) {
    const names = parts.flatMap((part) => (part.kind === 'field' ? part.path.slice(0, 1) : []))
    if (isListed([...names, ...include])) yield refuse('index', origin)
  }
  for (const predicate of predicatesOf(entity)) {
    const reads = fieldsRead(predicate).some(([name]) => name === field.name)
    if (reads && field.generated === null) yield refuse('predicate', predicate.origin)
  }
}

/** An encrypted field is text or json that nothing in a store reads. */
export const encryption: Rule = {
  name: 'encryption',
  *check({ set, isBroken }) {
    for (const entity of set.entities) {
      for (const field of entity.fields) {
        if (field.encrypted !== null && !isBroken(entity.name, field.name)) yield* ofField(entity, field)
      }
    }
    for (const { fields } of set.objects) {
      for (const { name, encrypted, origin } of fields) {
        if (encrypted === null) continue
        yield report('encrypted-misuse', placeOf(origin, 'encrypted'), { field: name, problem: 'in-object' })
      }
    }
  },
}
