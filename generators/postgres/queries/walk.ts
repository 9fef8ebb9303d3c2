import { ctesOf, isList, isTree, type Tree, textAt } from './tree.js'

/** The names that WITH clauses around a place give to queries, which hide tables of the same names. */
export type Ctes = ReadonlySet<string>

/** A node of a tree that a statement may name something in. */
export type Visit = (node: Tree, kind: string, ctes: Ctes) => void

interface Place {
  readonly value: unknown
  /** The key that it stands under: of most nodes the name of their kind. */
  readonly key: string
  readonly ctes: Ctes
}

/** The names after `FOR UPDATE OF` are those of the FROM clause. */
const notLookedUp = 'lockingClause'

const withNames = (ctes: Ctes, names: readonly string[]): Ctes =>
  names.length === 0 ? ctes : new Set([...ctes, ...names])

const nameOf = (cte: Tree): string => textAt(cte, 'ctename') ?? ''

/** The queries of a WITH clause, each with the names that it may use: those before it, or all where it is RECURSIVE. */
const placesOfCtes = (statement: Tree, ctes: Ctes): readonly Place[] => {
  const queries = ctesOf(statement)
  const names = queries.map(nameOf)
  const isRecursive = isTree(statement['withClause']) && statement['withClause']['recursive'] === true
  return queries.map((value, at) => ({
    value,
    key: 'CommonTableExpr',
    ctes: withNames(ctes, isRecursive ? names : names.slice(0, at)),
  }))
}

const placesIn = ({ value, key, ctes }: Place): readonly Place[] => {
  if (isList(value)) return value.map((inner) => ({ value: inner, key, ctes }))
  if (!isTree(value)) return []
  const own = withNames(ctes, ctesOf(value).map(nameOf))
  const inner = Object.entries(value)
    .filter(([name]) => name !== 'withClause' && name !== notLookedUp)
    .map(([name, each]) => ({ value: each, key: name, ctes: own }))
  return [...placesOfCtes(value, ctes), ...inner]
}

/** Visits all nodes of a tree. The places that are left stand in a list, since expressions may be thousands of nodes deep. */
export const walk = (tree: Tree, visit: Visit): void => {
  const places: Place[] = [{ value: tree, key: '', ctes: new Set() }]
  for (let place = places.pop(); place !== undefined; place = places.pop()) {
    if (isTree(place.value)) visit(place.value, place.key, place.ctes)
    for (const inner of placesIn(place)) places.push(inner)
  }
}
