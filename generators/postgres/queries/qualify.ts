import { bug } from '../../kernel/bug.js'
import type { Sql } from '../../kernel/safe/sql.js'
import { type SetNames, schemaOfFunction, schemaOfRelation, schemaOfType } from './names.js'
import { isOfExtension, type TypeReader, typeReader } from './operands.js'
import { isParsed, type ParsedStatement, parseStatement } from './parse.js'
import { bareName, isTree, listAt, locationOf, nameParts, type Tree, textAt, under } from './tree.js'
import { type Ctes, walk } from './walk.js'

/** A change of the text: what stands from `start` to `end` is replaced. */
interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
  /** Whether it may part the operands otherwise: `OPERATOR(public.%)` binds less than `%` does. */
  readonly mayRegroup: boolean
}

const insertion = (at: number, schema: Sql): Edit => ({ start: at, end: at, text: `${schema}.`, mayRegroup: false })

/** Functions whose first argument is the name of a relation (Postgres manual, 9.17 and 9.28). */
const takeRelation: ReadonlySet<string> = new Set(
  `nextval currval setval pg_get_serial_sequence to_regclass pg_relation_size pg_table_size pg_indexes_size
  pg_total_relation_size`.split(/\s+/),
)

/** The names of relations are in a constant, as a cast or a function reads them. */
interface NameInText {
  readonly constant: Tree
  readonly schemaOf: (names: SetNames, name: string) => Sql | null
}

const constantOf = (expression: unknown): Tree | null => {
  const cast = under(expression, 'TypeCast')
  return cast === null ? under(expression, 'A_Const') : constantOf(cast['arg'])
}

/** A name that is written as text: `'tickets'::regclass`, `nextval('tickets_id_seq')`. */
const nameInText = (node: Tree, kind: string): NameInText | null => {
  if (kind === 'TypeCast') {
    const constant = under(node['arg'], 'A_Const')
    const type = nameParts(node['typeName'], 'names').at(-1)
    if (constant === null) return null
    if (type === 'regclass') return { constant, schemaOf: schemaOfRelation }
    return type === 'regtype' ? { constant, schemaOf: schemaOfType } : null
  }
  const name = kind === 'FuncCall' ? nameParts(node, 'funcname').at(-1) : undefined
  const constant = constantOf(listAt(node, 'args')[0])
  return name !== undefined && takeRelation.has(name) && constant !== null
    ? { constant, schemaOf: schemaOfRelation }
    : null
}

/** Names in texts are read as names in statements are: in lower case where they are not quoted. */
const bareText = /^(?:[A-Za-z_][\w$]*|"[^"]+")$/

const readName = (text: string): string => (text.startsWith('"') ? text.slice(1, -1) : text.toLowerCase())

const editOfText = (names: SetNames, { text, offset }: ParsedStatement, found: NameInText): readonly Edit[] => {
  const written = textAt(found.constant['sval'], 'sval') ?? ''
  const at = offset(locationOf(found.constant))
  if (!bareText.test(written) || !text.startsWith(`'${written}'`, at)) return []
  const schema = found.schemaOf(names, readName(written))
  return schema === null ? [] : [insertion(at + 1, schema)]
}

/** The operators that bind as any other does (Postgres manual, 4.1.6): those that no rule of the grammar names. */
const bindsAsAnyOther = (operator: string): boolean => !/^(?:[-+*/%^<>=]|<=|>=|<>|!=)$/.test(operator)

const operatorOf = (
  node: Tree,
  kind: string,
): { readonly name: string; readonly operands: readonly unknown[] } | null => {
  const isOperator =
    kind === 'A_Expr' && ['AEXPR_OP', 'AEXPR_OP_ANY', 'AEXPR_OP_ALL'].includes(textAt(node, 'kind') ?? '')
  const name = isOperator ? bareName(node, 'name') : kind === 'SubLink' ? bareName(node, 'operName') : null
  return name === null ? null : { name, operands: [node['lexpr'], node['rexpr'], node['testexpr']] }
}

const editOfOperator = (
  names: SetNames,
  { text, offset }: ParsedStatement,
  node: Tree,
  kind: string,
  typeOf: TypeReader,
): readonly Edit[] => {
  const operator = operatorOf(node, kind)
  const start = offset(locationOf(node))
  if (operator === null || !text.startsWith(operator.name, start)) return []
  if (!isOfExtension(names, operator.name, operator.operands, typeOf)) return []
  const written = `OPERATOR(${names.extensionSchema}.${operator.name})`
  return [{ start, end: start + operator.name.length, text: written, mayRegroup: !bindsAsAnyOther(operator.name) }]
}

/** The schema of the name that a node has; null: it has one already, is `pg_catalog`'s, or nothing of the set's. */
const schemaFor = (names: SetNames, node: Tree, kind: string, ctes: Ctes, typeOf: TypeReader): Sql | null => {
  const relation = textAt(node, 'relname')
  if (relation !== null) {
    const isCte = kind === 'RangeVar' && ctes.has(relation)
    return isCte || textAt(node, 'schemaname') !== null ? null : schemaOfRelation(names, relation)
  }
  if (kind === 'typeName' || kind === 'TypeName') {
    const type = bareName(node, 'names')
    return type === null ? null : schemaOfType(names, type)
  }
  const called = kind === 'FuncCall' ? bareName(node, 'funcname') : null
  if (called === null) return null
  const types = listAt(node, 'args').map(typeOf)
  return schemaOfFunction(names, called, (own) => types.some((type) => type !== null && own.includes(type)))
}

/** The names that a statement gives to tables and to queries of its own. */
export const namesIn = (tree: Tree): ReadonlySet<string> => {
  const found = new Set<string>()
  walk(tree, (node) => {
    for (const key of ['relname', 'ctename', 'aliasname']) {
      const name = textAt(node, key)
      if (name !== null) found.add(name)
    }
  })
  return found
}

const editsOf = (names: SetNames, statement: ParsedStatement): readonly Edit[] => {
  const typeOf = typeReader(names, namesIn(statement.tree))
  const edits: Edit[] = []
  walk(statement.tree, (node, kind, ctes) => {
    const schema = schemaFor(names, node, kind, ctes, typeOf)
    if (schema !== null) edits.push(insertion(statement.offset(locationOf(node)), schema))
    const inText = nameInText(node, kind)
    if (inText !== null) edits.push(...editOfText(names, statement, inText))
    edits.push(...editOfOperator(names, statement, node, kind, typeOf))
  })
  return edits.sort((a, b) => a.start - b.start)
}

const applied = (text: string, edits: readonly Edit[]): string => {
  let at = 0
  let done = ''
  for (const edit of edits) {
    done += text.slice(at, edit.start) + edit.text
    at = edit.end
  }
  return done + text.slice(at)
}

/** Where an offset was before the edits. */
const offsetBefore = (edits: readonly Edit[], offset: number): number => {
  let shift = 0
  for (const { start, end, text } of edits) {
    if (offset < start + shift) break
    if (offset < start + shift + text.length) return start
    shift += text.length - (end - start)
  }
  return offset - shift
}

/** A tree without places and without the schemas of names: the same for two texts whose operators part the same operands. */
const structureOf = (tree: Tree): string =>
  JSON.stringify(tree, (key, value: unknown) => {
    if (key === 'location' || key === 'schemaname' || /_(?:start|end)$/.test(key)) return undefined
    return isNameList(value) ? value.slice(-1) : value
  })

const isNameList = (value: unknown): value is readonly unknown[] =>
  Array.isArray(value) && value.length > 1 && value.every((part) => isTree(part) && 'String' in part)

const isStructuredAlike = (one: ParsedStatement, other: ParsedStatement): boolean =>
  structureOf(one.tree) === structureOf(other.tree)

/** A statement after edits, and where each of its offsets was before. */
export interface Qualified {
  readonly statement: ParsedStatement
  readonly before: (offset: number) => number
}

const edited = async (statement: ParsedStatement, edits: readonly Edit[]): Promise<Qualified> => {
  if (edits.length === 0) return { statement, before: (offset) => offset }
  const text = applied(statement.text, edits)
  const parsed = await parseStatement(text)
  if (!isParsed(parsed)) return bug(`${text} does not parse: ${parsed.message}`)
  return { statement: parsed, before: (offset) => offsetBefore(edits, offset) }
}

/**
 * A statement in which every name of the set's or of its extensions' is in its schema: it then means the same whatever
 * the search path is. An operator stays as it is where its long form would part the operands otherwise.
 */
export const qualify = async (names: SetNames, statement: ParsedStatement): Promise<Qualified> => {
  const all = editsOf(names, statement)
  const first = await edited(statement, all)
  if (!all.some(({ mayRegroup }) => mayRegroup) || isStructuredAlike(statement, first.statement)) return first
  return edited(
    statement,
    all.filter(({ mayRegroup }) => !mayRegroup),
  )
}
