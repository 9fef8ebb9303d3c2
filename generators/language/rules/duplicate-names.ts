import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import type { Span } from '../../kernel/source.js'
import type { Entity } from '../../model/entity.js'
import { placeOf, type Rule } from './rule.js'

interface Named {
  readonly name: string
  readonly origin: Span
}

function* repeatedNames(named: readonly Named[], kind: string): Generator<Diagnostic> {
  const first = new Map<string, Named>()
  for (const { name, origin } of named) {
    const other = first.get(name)
    if (other === undefined) {
      first.set(name, { name, origin })
      continue
    }
    const related = [{ message: 'the other is here', at: placeOf(other.origin, name) }]
    yield report('duplicate-name', placeOf(origin, name), { kind, name }, related)
  }
}

const withNames = (items: readonly { readonly name: string | null; readonly origin: Span }[]): readonly Named[] =>
  items.flatMap(({ name, origin }) => (name === null ? [] : [{ name, origin }]))

const calledBy = (entities: readonly Entity[], nameOf: (entity: Entity) => string): readonly Named[] =>
  entities.map((entity) => ({ name: nameOf(entity), origin: entity.origin }))

/** Names that a store or code knows things by are given once. */
export const duplicateNames: Rule = {
  name: 'duplicate-names',
  *check({ set: { entities } }) {
    yield* repeatedNames(
      calledBy(entities, ({ table }) => table),
      'tables',
    )
    yield* repeatedNames(
      calledBy(entities, ({ collection }) => collection),
      'collections',
    )
    yield* repeatedNames(
      calledBy(entities, ({ model }) => model),
      'models',
    )
    for (const { checks, postgres, indexes, uniques } of entities) {
      yield* repeatedNames([...checks, ...postgres.checks], 'checks')
      yield* repeatedNames(withNames([...uniques, ...indexes]), 'indexes or uniques')
    }
  },
}
