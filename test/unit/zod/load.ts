import { loadEmitted, type ModuleExports } from '../../../generators/engines/script/load.js'
import type { SchemaSet } from '../../../generators/model/schema-set.js'
import { emitValidators } from './emit.js'

/** The part of a Zod schema that tests use. */
export interface Validator {
  readonly safeParse: (value: unknown) => {
    readonly success: boolean
    readonly data?: unknown
    readonly error?: { readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[] }
  }
  readonly parse: (value: unknown) => unknown
  readonly decode: (value: unknown) => unknown
  readonly encode: (value: unknown) => unknown
}

const isValidator = (value: unknown): value is Validator =>
  typeof value === 'object' && value !== null && 'safeParse' in value

/** The exports of an entity's validators, run. */
export const loadModule = async (set: SchemaSet, module: string): Promise<ModuleExports> => {
  const load = await loadEmitted(await emitValidators(set))
  return load(`zod/${module}.ts`)
}

/** A schema or codec among exports; one that needs classes of the driver is given them. */
export const validator = (exports: ModuleExports, name: string, ...classes: readonly unknown[]): Validator => {
  const found = exports[name]
  const made: unknown = typeof found === 'function' ? found(...classes) : found
  if (!isValidator(made)) throw new Error(`no validator ${name}`)
  return made
}
