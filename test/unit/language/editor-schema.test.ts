import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { editorSchema } from '../../../generators/language/index.js'

const file = fileURLToPath(new URL('../../../schemas/botschema.schema.json', import.meta.url))
const text = `${JSON.stringify(editorSchema(), null, 2)}\n`

it('the committed schema for editors is the one that the language makes', () => {
  if (process.env['RECORD'] === '1' && process.env['CI'] === undefined) writeFileSync(file, text)
  expect(existsSync(file)).toBe(true)
  expect(readFileSync(file, 'utf8')).toBe(text)
})
