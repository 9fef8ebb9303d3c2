/** The kinds of objects that a database holds for a set. */
export type Kind =
  | 'schema'
  | 'extension'
  | 'type'
  | 'function'
  | 'sequence'
  | 'table'
  | 'column'
  | 'constraint'
  | 'index'
  | 'view'
  | 'trigger'

/**
 * SQL as a server prints it, which servers of different versions may print differently. `within` says what makes a
 * statement of it: an expression (over the columns of a table, where it reads some), a query, a whole statement, the
 * arguments of a function or its body.
 */
export interface Printed {
  readonly sql: string
  readonly within: 'expression' | 'query' | 'statement' | 'arguments' | 'body'
  readonly table: string | null
}

export type Value = null | boolean | number | string | Printed | readonly Value[] | { readonly [name: string]: Value }

/** An object of a database as data. Nothing in it depends on when or in which order the object was made. */
export interface ObjectFacts {
  /** The kind and the name with its table: `column warnings.note`. */
  readonly id: string
  readonly kind: Kind
  readonly name: string
  /** The object that it goes with: the table of a column. */
  readonly parent: string | null
  /** What is compared. */
  readonly properties: Readonly<Record<string, Value>>
  /** What has to be so: `validated`, `valid`, `enabled`. */
  readonly states: Readonly<Record<string, boolean>>
  /** The objects that have to be there before it. */
  readonly needs: readonly string[]
  /** What makes it, where the server prints that; of a column, the full name of its sequence. */
  readonly definition: string | null
}

/** What a schema of a database holds, by id. */
export interface Facts {
  readonly schema: string
  /** `server_version_num`, 150018 for 15.18. */
  readonly version: number
  readonly objects: ReadonlyMap<string, ObjectFacts>
}

export const isPrinted = (value: Value): value is Printed =>
  typeof value === 'object' && value !== null && 'sql' in value && 'within' in value

export const idOf = (kind: Kind, name: string, table: string | null = null): string =>
  table === null ? `${kind} ${name}` : `${kind} ${table}.${name}`

/** An object without what it is worth to say only where it is there. */
export const objectFacts = (
  given: Pick<ObjectFacts, 'kind' | 'name'> & { readonly table?: string | null } & Partial<ObjectFacts>,
): ObjectFacts => {
  const { kind, name, table = null, ...rest } = given
  const parent = table === null ? null : idOf('table', table)
  return {
    id: idOf(kind, name, table),
    kind,
    name,
    parent,
    properties: {},
    states: {},
    needs: [],
    definition: null,
    ...rest,
  }
}

/** A text that a server printed; null stays null. */
export const printed = (
  sql: string | null,
  within: Printed['within'] = 'expression',
  table: string | null = null,
): Printed | null => (sql === null ? null : { sql, within, table })
