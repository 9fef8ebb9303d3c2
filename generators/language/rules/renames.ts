import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import type { Origin } from '../../model/origin.js'
import { placeAfter, type Rule } from './rule.js'

interface Renamed {
  readonly name: string
  readonly was: string | null
  readonly origin: Origin
}

function* ofSiblings(siblings: readonly Renamed[]): Generator<Diagnostic> {
  const names = new Set(siblings.map(({ name }) => name))
  const former = new Set<string>()
  for (const { name, was, origin } of siblings) {
    if (was === null) continue
    const problem = names.has(was) ? 'still-there' : former.has(was) ? 'twice' : null
    if (problem !== null) yield report('rename-contradiction', placeAfter(origin, was), { was, name, problem })
    former.add(was)
  }
}

/** A former name is gone, and only one thing had it. */
export const renames: Rule = {
  name: 'renames',
  *check({ set }) {
    yield* ofSiblings(set.entities)
    for (const { fields } of [...set.entities, ...set.objects]) yield* ofSiblings(fields)
    for (const { values, origin } of set.enums) {
      yield* ofSiblings(values.map(({ value, was }) => ({ name: String(value), was, origin })))
    }
  },
}
