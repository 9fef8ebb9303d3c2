import type { Origin } from '../model/origin.js'
import { joinedColumns } from './object-name.js'
import { Scope } from './scope.js'

/** The names within one table, and those it shares with the schema: a key's constraint is an index too. */
export class TableNames {
  readonly table: string
  readonly #relations: Scope
  readonly #constraints = new Scope()
  readonly #columns = new Scope()

  constructor(table: string, relations: Scope) {
    this.table = table
    this.#relations = relations
  }

  get diagnostics() {
    return [...this.#constraints.diagnostics, ...this.#columns.diagnostics]
  }

  column(name: string, origin: Origin): string {
    return this.#columns.claim(name, 'column', origin)
  }

  /** The name of a key's or a unique's constraint: as given, or as Postgres would choose it. */
  key(given: string | null, columns: readonly string[] | null, label: string, origin: Origin): string {
    const name = this.index(given, columns, label, origin)
    return this.#constraints.claim(name, 'constraint', origin)
  }

  index(given: string | null, columns: readonly string[] | null, label: string, origin: Origin): string {
    if (given !== null) return this.#relations.claim(given, 'index', origin)
    const middle = columns === null ? null : joinedColumns(columns)
    return this.#relations.choose(this.table, middle, label, 'index', origin)
  }

  constraint(given: string | null, columns: readonly string[] | null, label: string, origin: Origin): string {
    if (given !== null) return this.#constraints.claim(given, 'constraint', origin)
    const middle = columns === null ? null : joinedColumns(columns)
    return this.#constraints.choose(this.table, middle, label, 'constraint', origin)
  }
}
