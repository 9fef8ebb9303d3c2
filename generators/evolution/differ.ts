import { compareText } from '../kernel/order.js'
import { type Facts, isPrinted, type ObjectFacts, type Printed, type Value } from './facts.js'

/** Whether two texts that servers printed mean the same. */
export type IsAlike = (a: Printed, b: Printed) => Promise<boolean>

/** A property that is not as it is wanted. */
export interface Change {
  readonly property: string
  readonly wanted: Value
  readonly found: Value
}

/** One difference between what is wanted and what is there. */
export type Difference =
  | {
      readonly kind: 'missing'
      readonly object: ObjectFacts
      /** What is missing with it, since it needs it: the columns of a table, the index on a column. */
      readonly alongside: readonly ObjectFacts[]
    }
  | { readonly kind: 'extra'; readonly object: ObjectFacts }
  | {
      readonly kind: 'different'
      readonly object: ObjectFacts
      readonly found: ObjectFacts
      readonly changes: readonly Change[]
    }
  /** Something is there and as it is wanted, but not in force: not validated, not valid, not enabled. */
  | { readonly kind: 'unfit'; readonly object: ObjectFacts; readonly found: ObjectFacts; readonly state: string }

export interface Differences {
  readonly differences: readonly Difference[]
  /** What is there beside what is wanted, and belongs to nothing that is. */
  readonly unmanaged: readonly ObjectFacts[]
}

const isList = (value: Value): value is readonly Value[] => Array.isArray(value)

const isEqual = async (a: Value, b: Value, isAlike: IsAlike): Promise<boolean> => {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (isPrinted(a) || isPrinted(b)) return isPrinted(a) && isPrinted(b) && isAlike(a, b)
  if (isList(a) !== isList(b)) return false
  const [ofA, ofB] = [Object.entries(a), Object.entries(b)]
  if (ofA.length !== ofB.length) return false
  for (const [name, value] of ofA) {
    const other = (b as Readonly<Record<string, Value>>)[name]
    if (other === undefined || !(await isEqual(value, other, isAlike))) return false
  }
  return true
}

const holdsPrinted = (value: Value): boolean => {
  if (typeof value !== 'object' || value === null) return false
  return isPrinted(value) || Object.values(value).some(holdsPrinted)
}

const changesOf = async (wanted: ObjectFacts, found: ObjectFacts, isAlike: IsAlike): Promise<readonly Change[]> => {
  const changes: Change[] = []
  for (const property of new Set([...Object.keys(wanted.properties), ...Object.keys(found.properties)])) {
    const [a = null, b = null] = [wanted.properties[property], found.properties[property]]
    if (!(await isEqual(a, b, isAlike))) changes.push({ property, wanted: a, found: b })
  }
  return changes
}

/** What an object needs, and what that needs. */
const allNeeds = ({ objects }: Facts, id: string): ReadonlySet<string> => {
  const needs = new Set<string>()
  const open = [id]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const need of objects.get(next)?.needs ?? []) {
      if (needs.has(need)) continue
      needs.add(need)
      open.push(need)
    }
  }
  return needs
}

/** Objects that are missing, each with what is missing only because it is. */
const missingOf = (wanted: Facts, found: Facts): readonly Difference[] => {
  const missing = [...wanted.objects.values()].filter(({ id }) => !found.objects.has(id))
  const ids = new Set(missing.map(({ id }) => id))
  const roots = new Map(
    missing.filter(({ needs }) => !needs.some((need) => ids.has(need))).map(({ id }) => [id, [] as ObjectFacts[]]),
  )
  for (const object of missing) {
    if (roots.has(object.id)) continue
    const needs = allNeeds(wanted, object.id)
    // Of several, the last that is made: what it needs is there by then.
    const root = [...roots.keys()].filter((id) => needs.has(id)).at(-1)
    if (root === undefined) roots.set(object.id, [])
    else roots.get(root)?.push(object)
  }
  return [...roots].map(([id, alongside]) => ({
    kind: 'missing',
    object: missing.find((object) => object.id === id) as ObjectFacts,
    alongside,
  }))
}

/** Properties that change nothing of what else is printed. */
const quiet: ReadonlySet<string> = new Set(['comment', 'notNull', 'default', 'made', 'sequence'])

/**
 * What is printed differently only since something that it reads is of another kind: a check of a column whose type is not
 * the wanted one. It is compared when that is mended.
 */
const isConsequence = (
  { changes, object }: Extract<Difference, { kind: 'different' }>,
  different: ReadonlyMap<string, readonly Change[]>,
): boolean =>
  changes.every(({ found, wanted }) => holdsPrinted(wanted) && holdsPrinted(found)) &&
  object.needs.some((need) => different.get(need)?.some(({ property }) => !quiet.has(property)) === true)

/** Comments are told by themselves: they mend in their own way, and matter less. */
const splitComment = (changes: readonly Change[]): readonly (readonly Change[])[] =>
  [
    changes.filter(({ property }) => property !== 'comment'),
    changes.filter(({ property }) => property === 'comment'),
  ].filter(({ length }) => length > 0)

const different = async (wanted: Facts, found: Facts, isAlike: IsAlike): Promise<readonly Difference[]> => {
  const all = new Map<string, readonly Change[]>()
  const differences: Extract<Difference, { kind: 'different' }>[] = []
  for (const object of wanted.objects.values()) {
    const other = found.objects.get(object.id)
    if (other === undefined) continue
    const changes = await changesOf(object, other, isAlike)
    if (changes.length === 0) continue
    all.set(object.id, changes)
    for (const some of splitComment(changes))
      differences.push({ kind: 'different', object, found: other, changes: some })
  }
  return differences.filter((difference) => !isConsequence(difference, all))
}

const unfit = (wanted: Facts, found: Facts): readonly Difference[] =>
  [...wanted.objects.values()].flatMap((object): readonly Difference[] => {
    const other = found.objects.get(object.id)
    if (other === undefined) return []
    return Object.entries(object.states)
      .filter(([state, holds]) => holds && other.states[state] === false)
      .map(([state]) => ({ kind: 'unfit', object, found: other, state }))
  })

/** Compares what is wanted with what is there. It knows no kind of object: what there is to compare, the facts say. */
export const differencesOf = async (wanted: Facts, found: Facts, isAlike: IsAlike): Promise<Differences> => {
  const beside = [...found.objects.values()].filter(({ id }) => !wanted.objects.has(id))
  const isManaged = ({ parent }: ObjectFacts): boolean => parent !== null && wanted.objects.has(parent)
  return {
    differences: [
      ...missingOf(wanted, found),
      ...(await different(wanted, found, isAlike)),
      ...unfit(wanted, found),
      ...beside.filter(isManaged).map((object): Difference => ({ kind: 'extra', object })),
    ],
    unmanaged: beside.filter(({ parent }) => parent === null).sort((a, b) => compareText(a.id, b.id)),
  }
}
