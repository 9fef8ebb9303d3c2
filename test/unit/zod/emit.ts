import type { EmittedFile } from '../../../generators/engines/script/emitted.js'
import type { SchemaSet } from '../../../generators/model/schema-set.js'
import type { OutputPart, Unit } from '../../../generators/model/target.js'
import { entityNames } from '../../../generators/script/names.js'
import { typescript } from '../../../generators/typescript/index.js'
import { zod } from '../../../generators/zod/index.js'

const partsOf = async (units: readonly Unit[]): Promise<readonly OutputPart[]> => {
  const results = await Promise.all(units.map((unit) => unit.emit()))
  return results.flatMap((result) => result.value)
}

const joinParts = (parts: readonly OutputPart[]): readonly EmittedFile[] => {
  const paths = [...new Set(parts.map(({ path }) => path))]
  return paths.map((path) => ({
    path,
    text: parts
      .filter((part) => part.path === path)
      .sort((a, b) => a.order - b.order || (a.text < b.text ? -1 : 1))
      .map((part) => part.text)
      .join(''),
  }))
}

/** The validators of a set, with the types that they import. */
export const emitValidators = async (set: SchemaSet): Promise<readonly EmittedFile[]> => {
  const options = set.targets.typescript ?? {
    module: 'esm' as const,
    imports: 'js' as const,
    runtime: 'package' as const,
  }
  const types = await partsOf(typescript.units(set, options).value)
  return joinParts([...types, ...(await partsOf(zod.units(set, {}).value))])
}

/** A module that compiles only when a set's types and validators are the same. */
export const equalityTest = (set: SchemaSet): EmittedFile => ({
  path: 'equality.ts',
  text: [
    "import type { z } from 'zod'",
    'type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false',
    'const same = <_ extends true>(): void => undefined',
    ...set.entities.flatMap((entity) => {
      const names = entityNames(entity)
      const types = `import type { ${names.row}, ${names.insert}, ${names.patch} } from './typescript/${names.module}.js'`
      const schemas = [names.rowSchema, names.insertSchema, names.patchSchema, names.jsonCodec]
      return [
        types,
        `import type { ${schemas.join(', ')} } from './zod/${names.module}.js'`,
        `same<Equal<${names.row}, z.output<typeof ${names.rowSchema}>>>()`,
        `same<Equal<${names.row}, z.output<typeof ${names.jsonCodec}>>>()`,
        `same<Equal<${names.insert}, z.input<typeof ${names.insertSchema}>>>()`,
        `same<Equal<${names.patch}, z.input<typeof ${names.patchSchema}>>>()`,
      ]
    }),
  ].join('\n'),
})

/** The files of a set in a folder of its own, so that many sets are compiled at once. */
export const below = (folder: string, files: readonly EmittedFile[]): readonly EmittedFile[] =>
  files.map(({ path, text }) => ({ path: `${folder}/${path}`, text }))
