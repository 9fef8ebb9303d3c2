import type { SchemaSet } from '../model/schema-set.js'
import { type Code, joined, trusted } from '../script/code.js'
import { runtimeSource } from '../script/expression.js'
import { type ModuleKind, moduleText } from '../script/module.js'
import { header } from '../script/names.js'
import { idDeclaration, idNeeds } from './id.js'
import { codecLibrary } from './runtime/codecs.js'
import { type ScalarName, scalarLibrary } from './runtime/scalars.js'
import { declarationsOf, type Library } from './runtime/source.js'
import { zod } from './type-code.js'
import type { Usage } from './usage.js'

const printed = <Name extends string>(library: Library<Name>, names: Iterable<Name>): readonly Code[] =>
  declarationsOf(library, names).map(({ text, imports = [] }) => trusted(text, [zod, ...imports]))

/** The functions that rules call; the one that texts need too is among the scalars. */
const runtimeCode = (usage: Usage): readonly Code[] => {
  const names = [...usage.runtime].filter((name) => name !== 'countCharacters')
  return runtimeSource(names).map((text) => trusted(text))
}

/** `zod/scalars.ts`: the schemas of ids and scalars that the set uses, each once. */
export const scalarsModule = (set: SchemaSet, usage: Usage, kind: ModuleKind): string => {
  const ids = usage.ids.map((id) => idDeclaration(set, id))
  const runtime: readonly ScalarName[] = usage.runtime.has('countCharacters') ? ['countCharacters'] : []
  const scalars = new Set([
    ...usage.scalars,
    ...runtime,
    ...usage.ids.flatMap((id) => ['id' as const, ...idNeeds(set, id)]),
  ])
  return moduleText({
    path: 'zod/scalars',
    kind,
    header: header(set.name),
    body: [...printed(scalarLibrary, scalars), ...runtimeCode(usage), ...(ids.length ? [joined(ids, '\n')] : [])],
  })
}

/** `zod/codecs.ts`: how scalars are read from JSON and from what drivers return. */
export const codecsModule = (set: SchemaSet, usage: Usage, kind: ModuleKind): string =>
  moduleText({
    path: 'zod/codecs',
    kind,
    header: header(set.name),
    body: printed(codecLibrary, usage.codecs),
  })
