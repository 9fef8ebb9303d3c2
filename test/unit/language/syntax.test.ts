import { readdirSync, readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { describe, expect, test } from 'vitest'
import { editorSchema } from '../../../generators/language/index.js'
import { loadFile } from '../../../generators/language/load/index.js'
import type { Mapping, Node } from '../../../generators/language/load/node.js'
import { jsonOf } from '../../../generators/language/shape/json.js'
import { definitionKinds, documentShapes, shapeNamed } from '../../../generators/language/shape/language.js'
import type { Key, Shape } from '../../../generators/language/shape/syntax.js'
import { compileFolder, printed } from '../../support/compile.js'

const folder = new URL('../../fixtures/everything/', import.meta.url)

const documents = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .flatMap((name) => loadFile({ path: name, text: readFileSync(new URL(name, folder), 'utf8') }).documents)

const kindOf = ({ entries }: Mapping) => definitionKinds.find((kind) => kind === entries[0]?.key.text) ?? 'set'

const kinds: Readonly<Record<Shape['kind'], Node['kind']>> = {
  text: 'scalar',
  truth: 'scalar',
  number: 'scalar',
  whole: 'scalar',
  choice: 'scalar',
  anything: 'scalar',
  list: 'sequence',
  keys: 'mapping',
  names: 'mapping',
  either: 'scalar',
  named: 'mapping',
}

/** Every key that the shapes know, with a name to print: `an index.using`. A named type shares most keys with a field. */
const known = new Map<Key, string>()
const seenShapes = new Set<Shape>()

const collectKey = (owner: string, name: string, key: Key): void => {
  if (!known.has(key)) known.set(key, `${owner}.${name}`)
  collect(key.shape)
}

const collect = (shape: Shape): void => {
  if (seenShapes.has(shape)) return
  seenShapes.add(shape)
  if (shape.kind === 'named') collect(shapeNamed(shape.name))
  if (shape.kind === 'list' || shape.kind === 'names') collect(shape.of)
  if (shape.kind === 'either') shape.of.forEach(collect)
  if (shape.kind === 'keys') for (const [name, key] of Object.entries(shape.keys)) collectKey(shape.title, name, key)
}

const used = new Set<Key>()

const mark = (shape: Shape, node: Node): void => {
  if (shape.kind === 'named') mark(shapeNamed(shape.name), node)
  if (shape.kind === 'either') {
    for (const one of shape.of) if (one.kind === 'named' || kinds[one.kind] === node.kind) mark(one, node)
  }
  if (shape.kind === 'list' && node.kind === 'sequence') for (const item of node.items) mark(shape.of, item)
  if (shape.kind === 'names' && node.kind === 'mapping') for (const { value } of node.entries) mark(shape.of, value)
  if (shape.kind !== 'keys' || node.kind !== 'mapping') return
  for (const { key, value } of node.entries) {
    const meant = shape.keys[key.text]
    if (meant === undefined) continue
    used.add(meant)
    mark(meant.shape, value)
  }
}

describe('the fixture set', () => {
  test('compiles without a finding', () => {
    expect(printed(compileFolder(folder.pathname).diagnostics)).toEqual([])
  })

  test('uses every key of the language', () => {
    for (const shape of Object.values(documentShapes)) collect(shape)
    for (const { root } of documents) mark(documentShapes[kindOf(root)], root)
    expect([...known].filter(([key]) => !used.has(key)).map(([, name]) => name)).toEqual([])
  })
})

describe("the editor's schema", () => {
  const validate = new Ajv({ strict: true, strictRequired: false, allowUnionTypes: true, strictTypes: false }).compile(
    editorSchema(),
  )

  test('takes every document of the fixture', () => {
    for (const { root } of documents) expect([validate(jsonOf(root)), validate.errors]).toEqual([true, null])
  })

  test('refuses a misspelt key', () => {
    expect(validate({ entity: 'a', feilds: {} })).toBe(false)
  })

  test('says what every key is for', () => {
    const bare: string[] = []
    const look = (value: unknown, path: string): void => {
      if (typeof value !== 'object' || value === null) return
      const { properties } = value as { properties?: Record<string, { description?: string; title?: string }> }
      for (const [name, key] of Object.entries(properties ?? {})) {
        if (!key.description?.endsWith('.')) bare.push(`${path}.${name}`)
      }
      for (const [name, inner] of Object.entries(value)) look(inner, `${path}.${name}`)
    }
    look(editorSchema(), '')
    expect(bare).toEqual([])
  })
})
