import { readdirSync, readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { describe, expect, test } from 'vitest'
import { editorSchema } from '../../../generators/language/index.js'
import { loadFile } from '../../../generators/language/load/index.js'
import { jsonOf } from '../../../generators/language/shape/json.js'
import { compileFolder, printed } from '../../support/compile.js'

const folder = new URL('../../fixtures/everything/', import.meta.url)

const documents = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .flatMap((name) => loadFile({ path: name, text: readFileSync(new URL(name, folder), 'utf8') }).documents)

describe('the fixture set', () => {
  test('compiles without a finding', () => {
    expect(printed(compileFolder(folder.pathname).diagnostics)).toEqual([])
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
