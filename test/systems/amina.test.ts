import { readdirSync, readFileSync } from 'node:fs'
import type { Schema, SchemaType } from 'mongoose'
import { beforeAll, describe, expect, it } from 'vitest'
import { type LoadedModels, loadModels } from '../../generators/engines/mongo/models.js'
import { compileFolder } from '../support/compile.js'

const root = new URL('../../', import.meta.url)
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8')

interface ExpectedPath {
  readonly type: string
  readonly default?: unknown
  readonly enum?: readonly string[]
  readonly min?: number
  readonly max?: number
  readonly maxLength?: number
  readonly unique?: boolean
}

interface ExpectedCollection {
  readonly model: string
  readonly timestamps: boolean | { readonly createdAt: string; readonly updatedAt: string | false }
  readonly indexes: readonly { readonly keys: Readonly<Record<string, number>>; readonly unique: boolean }[]
  readonly paths: Readonly<Record<string, ExpectedPath>>
}

/** What the real Mongoose says of the system's own schemas; never derived from the YAML or from output. */
const { collections } = JSON.parse(read('test/systems/amina.expected.json')) as {
  readonly collections: Readonly<Record<string, ExpectedCollection>>
}

/** Ids that Mongoose puts into embedded documents by itself, which nothing of the system reads. */
const strayIds: ReadonlySet<string> = new Set(['profile._id', 'flags[]._id'])

/** What stands in the system's pages and declarations, but not in its Mongoose schemas. */
const onTop: ReadonlySet<string> = new Set([
  'reaction_roles',
  'reaction_roles[].emote',
  'reaction_roles[].role_id',
  'suggestions.staff_roles',
])

/** A document of which there is one has its word for a key. */
const otherIds: Readonly<Record<string, string>> = { 'dev-configs': 'String' }

const isArray = (type: SchemaType): boolean => type.instance === 'Array'

/** Every path that holds a value, embedded schemas entered as the facts write them: `a.b`, `a[].b`. */
const leaves = (schema: Schema, prefix = ''): readonly (readonly [string, SchemaType])[] =>
  Object.entries(schema.paths).flatMap(([path, type]) => {
    const name = `${prefix}${path}`
    const inner = (type as { schema?: Schema }).schema
    if (path.includes('$*')) return []
    if (inner === undefined) return [[name, type] as const]
    return [
      ...(isArray(type) ? [[name, type] as const] : []),
      ...leaves(inner, isArray(type) ? `${name}[].` : `${name}.`),
    ]
  })

/** Mongoose's word for a type. Maps are records in code, not Maps, so they are Mixed. */
const kindOf = (type: string): string => (type.startsWith('Map<') ? 'Mixed' : type.replace(/<.*>$/, ''))

const expectedLeaves = (paths: ExpectedCollection['paths']): readonly (readonly [string, ExpectedPath])[] =>
  Object.entries(paths).filter(([path, { type }]) => !path.includes('$*') && !strayIds.has(path) && type !== 'Embedded')

/** A default as the facts write it: what the system takes from elsewhere stands in angle brackets. */
const defaultOf = (given: unknown): unknown => {
  const value = typeof given === 'function' ? given() : given
  if (value instanceof Date) return '<now>'
  return value instanceof Map ? { __map: [...value] } : value
}

const isNow = (value: unknown): boolean =>
  value === '<fn now>' || (typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value))

/** Mongoose's own way to validate one path; its declarations leave it out. */
type Validating = SchemaType & { readonly doValidateSync: (value: unknown, document: object) => Error | undefined }

const refuses = (type: SchemaType, value: unknown): boolean => {
  try {
    return (type as Validating).doValidateSync(type.cast(value), {}) !== undefined
  } catch {
    return true
  }
}

describe('Amina, as the real Mongoose reports it', () => {
  let models: LoadedModels
  const { value } = compileFolder(new URL('schemas/amina/', root).pathname)

  beforeAll(async () => {
    const files = ['typescript', 'mongoose'].flatMap((folder) =>
      readdirSync(new URL(`output/amina/${folder}/`, root))
        .filter((name) => name.endsWith('.ts'))
        .map((name) => ({ path: `${folder}/${name}`, text: read(`output/amina/${folder}/${name}`) })),
    )
    models = await loadModels(files)
  })

  const modelFor = (collection: string) => {
    const entity = value?.set.entities.find((one) => one.collection === collection)
    if (entity === undefined) throw new Error(`no entity has the collection ${collection}`)
    return models.modelOf(entity)
  }
  const leavesOf = (collection: string): ReadonlyMap<string, SchemaType> => new Map(leaves(modelFor(collection).schema))

  it('has every collection that the system documents or names', () => {
    expect(value?.set.entities.map(({ collection }) => collection).sort()).toEqual(Object.keys(collections).sort())
  })

  describe.each(Object.entries(collections))('%s', (name, facts) => {
    it('goes by its model’s name', () => {
      expect(modelFor(name).modelName).toBe(facts.model)
      expect(modelFor(name).collection.name).toBe(name)
    })

    it('has exactly its paths, with their types', () => {
      const found = [...leavesOf(name)]
        .filter(([path]) => !onTop.has(path))
        .map(([path, type]) => [path, type.instance])
      const wanted = expectedLeaves(facts.paths).map(([path, { type }]) => [
        path,
        path === '_id' ? (otherIds[name] ?? kindOf(type)) : kindOf(type),
      ])
      const keyed = facts.paths['_id'] === undefined ? [...wanted, ['_id', 'String']] : wanted
      expect(Object.fromEntries(found)).toEqual(Object.fromEntries(keyed))
    })

    it('has its defaults', () => {
      for (const [path, { default: wanted }] of expectedLeaves(facts.paths)) {
        if (wanted === undefined || (typeof wanted === 'string' && wanted.startsWith('<') && !isNow(wanted))) continue
        const found = defaultOf(leavesOf(name).get(path)?.options['default'])
        const normal = wanted !== null && typeof wanted === 'object' && '__map' in wanted ? { __map: [] } : wanted
        expect([path, isNow(wanted) ? '<now>' : normal]).toEqual([
          path,
          found instanceof Object && !Array.isArray(found) && Object.keys(found).length === 0 ? { __map: [] } : found,
        ])
      }
    })

    it('takes what its enums and limits take, and nothing else', () => {
      for (const [path, { enum: values, min, max, maxLength }] of expectedLeaves(facts.paths)) {
        const type = leavesOf(name).get(path)
        if (type === undefined) continue
        for (const one of values ?? []) expect([path, one, refuses(type, one)]).toEqual([path, one, false])
        if (values !== undefined) expect([path, refuses(type, 'SOMETHING ELSE')]).toEqual([path, true])
        if (min !== undefined) expect([path, refuses(type, min), refuses(type, min - 1)]).toEqual([path, false, true])
        if (max !== undefined) expect([path, refuses(type, max), refuses(type, max + 1)]).toEqual([path, false, true])
        if (maxLength !== undefined) {
          const [longest, longer] = ['x'.repeat(maxLength), 'x'.repeat(maxLength + 1)]
          expect([path, refuses(type, longest), refuses(type, longer)]).toEqual([path, false, true])
        }
      }
    })

    it('has its indexes', () => {
      const found = modelFor(name)
        .schema.indexes()
        .map(([keys, options]) => JSON.stringify({ keys, unique: options['unique'] === true }))
      expect(found.sort()).toEqual(facts.indexes.map((index) => JSON.stringify(index)).sort())
    })

    it('keeps its times under its own names', () => {
      const { timestamps } = modelFor(name).schema.options as { timestamps?: unknown }
      const wanted = facts.timestamps === true ? { createdAt: 'createdAt', updatedAt: 'updatedAt' } : facts.timestamps
      expect(timestamps ?? false).toEqual(wanted)
    })
  })
})
