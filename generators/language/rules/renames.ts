import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import type { Origin } from '../../model/origin.js'
import { placeAfter, type Rule } from './rule.js'

interface Renamed {
  readonly name: string
  readonly was: string | null
  readonly origin: Origin
}

interface Owner {
  readonly gone: readonly string[]
  readonly origin: Origin
}

function* ofGone(siblings: readonly Renamed[], { gone, origin }: Owner): Generator<Diagnostic> {
  for (const was of gone) {
    const at = placeAfter(placeAfter(origin, 'gone'), was)
    const successor = siblings.find((sibling) => sibling.was === was)
    if (siblings.some(({ name }) => name === was)) {
      yield report('rename-contradiction', at, { was, name: was, problem: 'not-gone' })
    } else if (successor !== undefined) {
      yield report('rename-contradiction', at, { was, name: successor.name, problem: 'renamed' })
    }
  }
}

function* ofSiblings(siblings: readonly Renamed[], owner: Owner): Generator<Diagnostic> {
  yield* ofGone(siblings, owner)
  const names = new Set(siblings.map(({ name }) => name))
  const former = new Set<string>()
  for (const { name, was, origin } of siblings) {
    if (was === null) continue
    const problem = names.has(was) ? 'still-there' : former.has(was) ? 'twice' : null
    if (problem !== null) yield report('rename-contradiction', placeAfter(origin, was), { was, name, problem })
    former.add(was)
  }
}

/** A former name is gone, and only one thing had it or none. */
export const renames: Rule = {
  name: 'renames',
  *check({ set }) {
    yield* ofSiblings(set.entities, set)
    for (const owner of [...set.entities, ...set.objects]) yield* ofSiblings(owner.fields, owner)
    for (const owner of set.enums) {
      const { origin, values } = owner
      const named = values.map(({ value, was }) => ({ name: String(value), was, origin }))
      yield* ofSiblings(named, owner)
    }
  },
}
