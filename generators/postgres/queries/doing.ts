import { ctesOf, isTree, listAt, type Tree, textAt, under, writingKinds } from './tree.js'

/** What a statement does to rows. A row that is locked (`FOR UPDATE`) is not written. */
export type Doing = 'read' | 'write' | 'delete'

/** A MERGE that deletes only is a deletion as well. */
const mergeDeletes = (merge: Tree): boolean => {
  const commands = listAt(merge, 'mergeWhenClauses').map((each) =>
    textAt(under(each, 'MergeWhenClause'), 'commandType'),
  )
  return commands.every((command) => command === 'CMD_DELETE' || command === 'CMD_NOTHING')
}

const doingOf = (tree: Tree): readonly Doing[] => {
  const [[kind = '', statement] = []] = Object.entries(tree)
  if (!isTree(statement)) return []
  const inside = ctesOf(statement).flatMap((cte) => (isTree(cte['ctequery']) ? doingOf(cte['ctequery']) : []))
  if (kind === 'DeleteStmt') return [...inside, 'delete']
  if (kind === 'MergeStmt') return [...inside, mergeDeletes(statement) ? 'delete' : 'write']
  return (writingKinds as readonly string[]).includes(kind) ? [...inside, 'write'] : inside
}

/** What a whole statement does: what writes in any part of it is a write, and a deletion deletes in all parts that write. */
export const doingOfStatement = (tree: Tree): Doing => {
  const doings = doingOf(tree)
  if (doings.length === 0) return 'read'
  return doings.every((doing) => doing === 'delete') ? 'delete' : 'write'
}

/** Whether a WITH clause writes: such a clause has to stand at the top of a statement (Postgres manual, 7.8.4). */
export const writesInWith = (tree: Tree): boolean => {
  const [statement] = Object.values(tree)
  const queries = isTree(statement) ? ctesOf(statement) : []
  return queries.some((cte) => isTree(cte['ctequery']) && doingOf(cte['ctequery']).length > 0)
}
