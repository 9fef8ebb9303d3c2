import type { EmittedFile } from '../../../generators/engines/script/emitted.js'
import { entityOf, type SchemaSet, type Unit } from '../../../generators/model/index.js'
import { mongoose } from '../../../generators/mongoose/index.js'
import { typescript } from '../../../generators/typescript/index.js'
import { zod } from '../../../generators/zod/index.js'
import { compileFolder, compileTexts, printed } from '../../support/compile.js'

type Compiled = ReturnType<typeof compileTexts>

const setOf = ({ value, diagnostics }: Compiled): SchemaSet => {
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  if (value === null || errors.length > 0) throw new Error(printed(diagnostics).join('\n'))
  return value.set
}

/** A set of one entity `thing`, of definitions beside it, kept in Mongo. */
export const thingSet = (fields: string, more = ''): SchemaSet =>
  setOf(
    compileTexts({
      'botschema.yaml': 'name: sample\nstores: [mongo]\n',
      'thing.yaml': `entity: thing\nfields:\n${fields
        .trim()
        .split('\n')
        .map((line) => `  ${line}`)
        .join('\n')}\n${more}`,
    }),
  )

/** A set of definitions in one text, kept in Mongo, whose code is modules of one kind. */
export const textSet = (module: string, text: string): SchemaSet =>
  setOf(
    compileTexts({
      'botschema.yaml': `name: sample\nstores: [mongo]\ntargets:\n  typescript: { module: ${module} }\n`,
      'thing.yaml': text,
    }),
  )

/** The set in a folder. */
export const setIn = (folder: string): SchemaSet => setOf(compileFolder(folder))

export const everything = (): SchemaSet => setIn('test/fixtures/everything')

export const thing = (set: SchemaSet) => entityOf(set, 'thing')

type Units = readonly Unit[]

const filesOf = async (units: Units): Promise<readonly EmittedFile[]> => {
  const parts = (await Promise.all(units.map((unit) => unit.emit()))).flatMap(({ value }) => value)
  const ordered = [...parts].sort((a, b) => a.order - b.order || (a.text < b.text ? -1 : 1))
  const texts = new Map<string, string>()
  for (const { path, text } of ordered) texts.set(path, (texts.get(path) ?? '') + text)
  // As a compiler lists a folder: the order decides how deep it goes into types that it meets for the first time.
  return [...texts].map(([path, text]) => ({ path, text })).sort((a, b) => (a.path < b.path ? -1 : 1))
}

const modelUnits = (set: SchemaSet): Units => [
  ...mongoose.units(set, set.targets.mongoose ?? { validators: 'strict', access: false }).value,
  ...typescript.units(set, set.targets.typescript ?? { module: 'esm', imports: 'js', runtime: 'package' }).value,
]

/** The files of the Mongoose target and of the types it imports. */
export const emitted = (set: SchemaSet): Promise<readonly EmittedFile[]> => filesOf(modelUnits(set))

/** Those files, and the validators and codecs of rows. */
export const emittedWithCodecs = (set: SchemaSet): Promise<readonly EmittedFile[]> =>
  filesOf([...modelUnits(set), ...zod.units(set, set.targets.zod ?? {}).value])
