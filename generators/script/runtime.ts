import { type Import, typeImport, valueImport } from './code.js'

/**
 * The parts of `@botschema/runtime` that emitted code imports. Each names the generation of the interface that the code
 * was made for: a later one is another path, so that old outputs and new runtimes stay apart.
 */
type RuntimePart = 'v1' | 'v1/zod' | 'v1/postgres' | 'v1/mongoose' | 'v1/mongo'

/** A part of the runtime as a program imports it. */
export const runtimePath = (part: RuntimePart): string => `@botschema/runtime/${part}`

/** A part of the runtime as the module of an import. */
export const runtimeModule = (part: RuntimePart): string => `package:${runtimePath(part)}`

/** A value that emitted code takes of the runtime. */
export const runtimeValue = (part: RuntimePart, name: string): Import => valueImport(runtimeModule(part), name)

/** A type that emitted code takes of the runtime. */
export const runtimeType = (part: RuntimePart, name: string): Import => typeImport(runtimeModule(part), name)

/** `Given<GuildId>`: a value of the type, or the same with strings in the place of its ids. */
export const givenType = runtimeType('v1', 'Given')

/** All types of a part of the runtime under one name, so that none clashes with a name of the user's: `runtime.Gets`. */
export const runtimeNamespace = (part: RuntimePart): Import => ({
  ...typeImport(runtimeModule(part), 'runtime'),
  isNamespace: true,
})
