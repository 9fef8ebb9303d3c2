import type { SetNames } from './names.js'
import { isTree, listAt, nameParts, type Tree, textAt, under } from './tree.js'

/** How deep an expression is looked into for its type. */
const deepest = 16

const firstColumn = (select: Tree | null): unknown => under(listAt(select, 'targetList')[0], 'ResTarget')?.['val']

/** The types that `<->` of `pg_catalog` takes, whose values are made by functions of the same names. */
const geometric: readonly string[] = ['point', 'box', 'lseg', 'line', 'path', 'polygon', 'circle']

/** Functions that give the type of their first argument: vectors that are summed, averaged or cut are vectors. */
const keepsType: readonly string[] = ['avg', 'sum', 'min', 'max', 'subvector', 'l2_normalize', 'lower', 'upper']

/** What reads the type of an expression, as `pg_type.typname` calls it, where the statement and the set tell; else null. */
export type TypeReader = (expression: unknown) => string | null

/** The type of a column by its name alone: what all tables that the statement names say of it. */
const columnReader = (names: SetNames, tables: ReadonlySet<string>) => {
  const columns = [...tables].flatMap((table) => names.columns.get(table) ?? [])
  return (name: string): string | null => {
    const types = new Set(columns.flatMap((each) => each.get(name) ?? []))
    const [type = null] = types
    return types.size === 1 ? type : null
  }
}

/** A type as it is written in a cast; arrays end in `[]`. */
const writtenType = (typeName: unknown): string | null => {
  const name = nameParts(typeName, 'names').at(-1)
  if (name === undefined) return null
  return listAt(typeName, 'arrayBounds').length > 0 ? `${name}[]` : name
}

export const typeReader = (names: SetNames, tables: ReadonlySet<string>): TypeReader => {
  const typeOfColumn = columnReader(names, tables)
  const ofExtensions = new Set(names.extensions.flatMap(({ types }) => types))

  const ofCall = (call: Tree, deep: number): string | null => {
    const name = nameParts(call, 'funcname').at(-1) ?? ''
    if (geometric.includes(name)) return name
    return keepsType.includes(name) ? read(listAt(call, 'args')[0], deep + 1) : null
  }

  const ofOperands = (expression: Tree, deep: number): string | null => {
    const operator = nameParts(expression, 'name').at(-1) ?? ''
    if (!['+', '-', '*', '||'].includes(operator)) return null
    const type = read(expression['lexpr'], deep + 1) ?? read(expression['rexpr'], deep + 1)
    return type !== null && (operator === '||' || ofExtensions.has(type)) ? type : null
  }

  const read = (expression: unknown, deep: number): string | null => {
    if (!isTree(expression) || deep > deepest) return null
    const [[kind = '', node] = []] = Object.entries(expression)
    if (!isTree(node)) return null
    switch (kind) {
      case 'TypeCast':
        return writtenType(node['typeName'])
      case 'ColumnRef': {
        const name = nameParts(node, 'fields').at(-1)
        return name === undefined ? null : typeOfColumn(name)
      }
      case 'CoalesceExpr':
        return read(listAt(node, 'args')[0], deep + 1)
      case 'FuncCall':
        return ofCall(node, deep)
      case 'A_Expr':
        return ofOperands(node, deep)
      case 'SubLink':
        return textAt(node, 'subLinkType') === 'EXPR_SUBLINK'
          ? read(firstColumn(under(node['subselect'], 'SelectStmt')), deep + 1)
          : null
      default:
        return null
    }
  }

  return (expression) => read(expression, 0)
}

/**
 * Whether an operator without a schema is one of an extension's, by what its operands are. Where nothing tells, a distance
 * is, since no column of a set is of a geometric type.
 */
export const isOfExtension = (
  names: SetNames,
  operator: string,
  operands: readonly unknown[],
  typeOf: TypeReader,
): boolean => {
  const types = operands.flatMap((operand) => typeOf(operand) ?? [])
  return names.extensions.some(
    ({ operators, sharedOperators, operands: taken }) =>
      operators.includes(operator) ||
      (sharedOperators.includes(operator) &&
        (types.some((type) => taken.includes(type)) || (operator === '<->' && types.length === 0))),
  )
}
