import { type Diagnostic, report } from '../kernel/diagnostic.js'
import type { Origin } from '../model/origin.js'
import { byteLength, longestName, objectName } from './object-name.js'

/** What a name is the name of, as messages say it. */
export type NamedThing =
  | 'table'
  | 'view'
  | 'index'
  | 'type'
  | 'constraint'
  | 'column'
  | 'function'
  | 'partition'
  | 'enum value'

interface Claim {
  readonly thing: NamedThing
  readonly origin: Origin
}

/**
 * Names that must differ from each other: of the relations and types of a schema, of the constraints of one table, of
 * its columns. Collects what does not fit on the way.
 */
export class Scope {
  readonly #claims = new Map<string, Claim>()
  readonly #found: Diagnostic[] = []

  get diagnostics(): readonly Diagnostic[] {
    return this.#found
  }

  /** Takes a name as it is; a name that is too long or taken is reported. */
  claim(name: string, thing: NamedThing, origin: Origin): string {
    this.measure(name, thing, origin)
    const taken = this.#claims.get(name)
    if (taken === undefined) this.#claims.set(name, { thing, origin })
    else this.#found.push(this.#clash(name, thing, origin, taken))
    return name
  }

  /** Reports a name that is too long. */
  measure(name: string, thing: NamedThing, origin: Origin): void {
    const length = byteLength(name)
    if (length > longestName) this.#found.push(report('name-too-long', origin, { name, thing, length }))
  }

  #clash(name: string, thing: NamedThing, origin: Origin, taken: Claim): Diagnostic {
    const related = [{ message: `the ${taken.thing} of that name`, at: taken.origin }]
    return report('name-clash', origin, { name, thing, other: taken.thing }, related)
  }

  /** The first free name that Postgres would choose: the label gets a number when the name is taken. */
  choose(first: string, second: string | null, label: string | null, thing: NamedThing, origin: Origin): string {
    let name = objectName(first, second, label)
    for (let pass = 1; this.#claims.has(name); pass++) name = objectName(first, second, `${label ?? ''}${pass}`)
    return this.claim(name, thing, origin)
  }
}
