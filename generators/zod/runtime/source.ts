import type { Import } from '../../script/code.js'

/** A declaration of a shared file: its text, and what of the same library it needs before it. */
export interface Declaration<Name extends string> {
  readonly needs?: readonly Name[]
  readonly imports?: readonly Import[]
  readonly text: string
}

/** Declarations in the order they are printed, which is also one in which each follows what it needs. */
export type Library<Name extends string> = Readonly<Record<Name, Declaration<Name>>>

const withNeeds = <Name extends string>(library: Library<Name>, wanted: Iterable<Name>): ReadonlySet<Name> => {
  const found = new Set<Name>()
  const add = (name: Name): void => {
    if (found.has(name)) return
    found.add(name)
    for (const needed of library[name].needs ?? []) add(needed)
  }
  for (const name of wanted) add(name)
  return found
}

/** The declarations that some names come to, each once, in the library's order. */
export const declarationsOf = <Name extends string>(
  library: Library<Name>,
  wanted: Iterable<Name>,
): readonly Declaration<Name>[] => {
  const found = withNeeds(library, wanted)
  const all = Object.entries<Declaration<Name>>(library)
  return all.filter(([name]) => (found as ReadonlySet<string>).has(name)).map(([, declaration]) => declaration)
}
