import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { compileEmitted } from '../../../generators/engines/script/compile.js'
import { known } from '../../../generators/kernel/bug.js'
import type { SchemaSet } from '../../../generators/model/schema-set.js'
import { compileFolder } from '../../support/compile.js'
import { below, emitValidators, equalityTest } from './emit.js'

const folder = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url))

const setIn = (path: string): SchemaSet => known(compileFolder(folder(path)).value, `the set in ${path}`).set

const asCommonJs = (set: SchemaSet): SchemaSet => ({
  ...set,
  targets: { ...set.targets, typescript: { module: 'cjs' } },
})

describe('emitted validators', () => {
  it.each(['test/fixtures/everything'])(
    'of %s compile, and their types are the emitted types',
    async (path) => {
      const set = setIn(path)
      expect(await compileEmitted([...(await emitValidators(set)), equalityTest(set)], 'esm')).toEqual([])
    },
    60_000,
  )

  it('of all six systems compile, and their types are the emitted types', async () => {
    const systems = ['discord', 'amina', 'tomori', 'companion', 'community', 'starter']
    const files = systems.map(async (name) => {
      const set = setIn(`schemas/${name}`)
      return below(name, [...(await emitValidators(set)), equalityTest(set)])
    })
    expect(await compileEmitted((await Promise.all(files)).flat(), 'esm')).toEqual([])
  }, 120_000)

  it('compile for CommonJS', async () => {
    const set = asCommonJs(setIn('test/fixtures/everything'))
    expect(await compileEmitted(await emitValidators(set), 'cjs')).toEqual([])
  }, 60_000)

  it('compile for a set of one store', async () => {
    const set = setIn('test/fixtures/everything')
    const only: SchemaSet = {
      ...set,
      stores: ['mongo'],
      entities: set.entities
        .filter((entity) => entity.stores.includes('mongo'))
        .map((entity) => ({
          ...entity,
          stores: ['mongo'],
          fields: entity.fields.filter(({ stores }) => stores.includes('mongo')),
        })),
    }
    const files = await emitValidators(only)
    expect(await compileEmitted([...files, equalityTest(only)], 'esm')).toEqual([])
    expect(files.some(({ text }) => text.includes('Postgres('))).toBe(false)
  }, 60_000)
})

describe('type equality', () => {
  it('fails where a type and its validator differ', async () => {
    const set = setIn('test/fixtures/everything')
    const files = await emitValidators(set)
    const broken = files.map((file) =>
      file.path === 'zod/club_state.ts'
        ? { ...file, text: file.text.replace('version: integer', 'version: z.string()') }
        : file,
    )
    const findings = await compileEmitted([...broken, equalityTest(set)], 'esm')
    expect(findings.some(({ path }) => path === 'equality.ts')).toBe(true)
  }, 60_000)
})
