import { compileScripts, type EmittedScript } from '../../generators/engines/script/compile.js'
import type { EngineFinding } from '../../generators/engines/script/emitted.js'
import { known } from '../../generators/kernel/bug.js'

/** What the compiler finds in a script, by its name. */
export type FindingsOf = (name: string) => readonly EngineFinding[]

/** Compiles scripts as one program, since most of the time goes to the types of libraries. */
export const compiledByName = async (scripts: Readonly<Record<string, EmittedScript>>): Promise<FindingsOf> => {
  const names = Object.keys(scripts)
  const findings = await compileScripts(Object.values(scripts))
  return (name) => known(findings[names.indexOf(name)], name)
}
