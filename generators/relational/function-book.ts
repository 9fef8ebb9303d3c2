import { known } from '../kernel/bug.js'
import { qualified, type Sql, sql } from '../kernel/safe/sql.js'
import type { Origin } from '../model/origin.js'
import type { Context } from './forms.js'
import { type SharedName, sharedFunctions } from './json-functions.js'
import type { Scope } from './scope.js'
import type { CheckFunction } from './tables.js'

type Owner = CheckFunction['owner']

interface Definition {
  readonly owner: Owner
  readonly parameters: CheckFunction['parameters']
  readonly comment: string
  readonly body: () => Sql
}

/** The check functions that a schema needs, each defined when it is first called, after those it calls itself. */
export class FunctionBook {
  readonly #context: Context
  readonly #names: Scope
  readonly #functions = new Map<string, CheckFunction>()
  readonly #keys = new Map<string, string>()
  /** For each function being defined, how deep the ones it has called so far are. */
  readonly #depths: number[] = []

  constructor(context: Context, names: Scope) {
    this.#context = context
    this.#names = names
    for (const name of Object.keys(sharedFunctions)) names.claim(name, 'function', context.set.origin)
  }

  /** Callees before callers. */
  get functions(): readonly CheckFunction[] {
    return [...this.#functions.values()]
  }

  /** The full name of a shared function. */
  shared(name: SharedName): Sql {
    const { parameters, body, comment } = sharedFunctions[name]
    const owner: Owner = { kind: 'shared' }
    return this.#define(name, name, { owner, parameters, comment, body: () => body((other) => this.shared(other)) })
  }

  /** The full name of the function that `key` stands for, made as `definition` says when it is not there yet. */
  function(key: string, name: string, origin: Origin, definition: Definition): Sql {
    const taken = this.#keys.get(key)
    const chosen = taken ?? this.#names.choose('is', name, null, 'function', origin)
    this.#keys.set(key, chosen)
    return this.#define(chosen, chosen, definition)
  }

  #define(key: string, name: string, definition: Definition): Sql {
    const made = this.#functions.get(key) ?? this.#make(key, name, definition)
    const caller = this.#depths.length - 1
    if (caller >= 0) this.#depths[caller] = Math.max(known(this.#depths[caller], 'caller'), made.depth + 1)
    return qualified(this.#context.options.schema, made.name)
  }

  #make(key: string, name: string, { owner, parameters, comment, body }: Definition): CheckFunction {
    this.#depths.push(0)
    const text = body()
    const depth = known(this.#depths.pop(), 'depth')
    const made: CheckFunction = { kind: 'check', name, owner, parameters, body: sql`${text}`, comment, depth }
    this.#functions.set(key, made)
    return made
  }
}
