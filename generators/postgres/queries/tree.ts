/** A node of the tree that Postgres' parser makes of a statement, or a list of such: what is false, 0 or null is left out. */
export interface Tree {
  readonly [key: string]: unknown
}

export const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value)

/** The node under a key: `{ RangeVar: { … } }` gives what is inside. */
export const under = (value: unknown, key: string): Tree | null => {
  const inner = isTree(value) ? value[key] : undefined
  return isTree(inner) ? inner : null
}

export const listAt = (value: unknown, key: string): readonly unknown[] => {
  const inner = isTree(value) ? value[key] : undefined
  return isList(inner) ? inner : []
}

export const textAt = (value: unknown, key: string): string | null => {
  const inner = isTree(value) ? value[key] : undefined
  return typeof inner === 'string' ? inner : null
}

/** The parts of a name: `club.mood` has two. */
export const nameParts = (value: unknown, key: string): readonly string[] =>
  listAt(value, key).flatMap((part) => textAt(under(part, 'String'), 'sval') ?? [])

/** A name that stands alone, without a schema. */
export const bareName = (value: unknown, key: string): string | null => {
  const [name, ...others] = nameParts(value, key)
  return others.length === 0 ? (name ?? null) : null
}

/** Where a node begins, in bytes of the text. */
export const locationOf = (node: Tree): number => (typeof node['location'] === 'number' ? node['location'] : 0)

/** The kinds of statements that write, by the tree's names. */
export const writingKinds = ['InsertStmt', 'UpdateStmt', 'DeleteStmt', 'MergeStmt'] as const

/** The queries of a WITH clause, in their order. */
export const ctesOf = (statement: Tree): readonly Tree[] =>
  listAt(statement['withClause'], 'ctes').flatMap((each) => {
    const cte = under(each, 'CommonTableExpr')
    return cte === null ? [] : [cte]
  })
