import { compileScripts, type EmittedScript } from '../../engines/script/compile.js'
import type { EngineFinding } from '../../engines/script/emitted.js'
import type { Compiler, Evidence } from './proof.js'

/**
 * How many characters of outputs one program may have: about two sets of a dozen entities, which take a tenth more memory
 * than one. All sets of this repository in one program take 1.6 GB, which small machines of a CI do not have.
 */
const largestProgram = 1.6 * 1024 * 1024

const scriptOf = ({ set, files }: Evidence): EmittedScript => ({
  files,
  module: set.targets.typescript?.module ?? 'esm',
})

const sizeOf = ({ files }: Evidence): number => files.reduce((sum, { text }) => sum + text.length, 0)

/** Neighbours in groups of at most `largestProgram` characters; what is larger is a group of its own. */
const groupsOf = (sets: readonly Evidence[]): readonly (readonly Evidence[])[] => {
  const groups: Evidence[][] = []
  let room = 0
  for (const evidence of sets) {
    room -= sizeOf(evidence)
    if (room < 0 || groups.length === 0) {
      groups.push([])
      room = largestProgram - sizeOf(evidence)
    }
    groups.at(-1)?.push(evidence)
  }
  return groups
}

/** Compiles sets in as few programs as may be, each when the first of its sets is asked for; any other set by itself. */
export const compiledTogether = (sets: readonly Evidence[]): Compiler => {
  const groups = groupsOf(sets)
  const compiled = new Map<readonly Evidence[], Promise<readonly (readonly EngineFinding[])[]>>()
  return async (evidence) => {
    const group = groups.find((each) => each.includes(evidence)) ?? [evidence]
    const compiling = compiled.get(group) ?? compileScripts(group.map(scriptOf))
    compiled.set(group, compiling)
    return (await compiling)[group.indexOf(evidence)] ?? []
  }
}
