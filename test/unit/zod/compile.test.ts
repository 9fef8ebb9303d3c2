import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import type { EmittedScript } from '../../../generators/engines/script/compile.js'
import { known } from '../../../generators/kernel/bug.js'
import type { SchemaSet } from '../../../generators/model/schema-set.js'
import { compileFolder } from '../../support/compile.js'
import { compiledByName, type FindingsOf } from '../../support/compiled.js'
import { emitValidators, equalityTest } from './emit.js'

const folder = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url))

const setIn = (path: string): SchemaSet => known(compileFolder(folder(path)).value, `the set in ${path}`).set

const everything = setIn('test/fixtures/everything')

const systems = ['discord', 'amina', 'tomori', 'companion', 'community', 'starter']

const asCommonJs = (set: SchemaSet): SchemaSet => ({
  ...set,
  targets: { ...set.targets, typescript: { module: 'cjs', imports: 'js', runtime: 'package' } },
})

const inMongoOnly = (set: SchemaSet): SchemaSet => ({
  ...set,
  stores: ['mongo'],
  entities: set.entities
    .filter((entity) => entity.stores.includes('mongo'))
    .map((entity) => ({
      ...entity,
      stores: ['mongo'],
      fields: entity.fields.filter(({ stores }) => stores.includes('mongo')),
    })),
})

/** Validators, and what compiles only where they are of the emitted types. */
const withEquality = async (set: SchemaSet): Promise<EmittedScript> => ({
  files: [...(await emitValidators(set)), equalityTest(set)],
  module: 'esm',
})

const otherVersion = ({ files, module }: EmittedScript): EmittedScript => ({
  module,
  files: files.map((file) =>
    file.path === 'zod/club_state.ts'
      ? { ...file, text: file.text.replace('version: integer', 'version: z.string()') }
      : file,
  ),
})

const scripts = async (): Promise<Readonly<Record<string, EmittedScript>>> => {
  const whole = await withEquality(everything)
  const ofSystems = systems.map(async (name) => [name, await withEquality(setIn(`schemas/${name}`))] as const)
  return {
    ...Object.fromEntries(await Promise.all(ofSystems)),
    everything: whole,
    'other types': otherVersion(whole),
    CommonJS: { files: await emitValidators(asCommonJs(everything)), module: 'cjs' },
    'one store': await withEquality(inMongoOnly(everything)),
  }
}

describe('emitted validators', () => {
  let compiled: Readonly<Record<string, EmittedScript>>
  let findingsOf: FindingsOf

  beforeAll(async () => {
    compiled = await scripts()
    findingsOf = await compiledByName(compiled)
  }, 300_000)

  it.each(['everything', ...systems])('of %s compile, and their types are the emitted types', (name) =>
    expect(findingsOf(name)).toEqual([]),
  )

  it('compile for CommonJS', () => expect(findingsOf('CommonJS')).toEqual([]))

  it('compile for a set of one store', () => {
    expect(findingsOf('one store')).toEqual([])
    expect(compiled['one store']?.files.some(({ text }) => text.includes('Postgres('))).toBe(false)
  })

  it('do not compile where a type is another than its validator’s', () =>
    expect(findingsOf('other types').some(({ path }) => path === 'equality.ts')).toBe(true))
})
