import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { camelCase } from '../../kernel/identifiers.js'
import type { Span } from '../../kernel/source.js'
import { entityRule, placeOf } from './rule.js'

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

/** Names that an entity's checks and indexes are known by are given once within it. */
export const duplicateNames = entityRule('duplicate-names', function* ({ checks, postgres, indexes, uniques, lists }) {
  yield* repeatedNames([...checks, ...postgres.checks], 'checks')
  yield* repeatedNames(withNames([...uniques, ...indexes]), 'indexes or uniques')
  yield* repeatedNames(
    lists.map(({ name, origin }) => ({ name: camelCase(name), origin })),
    'lists',
  )
})
