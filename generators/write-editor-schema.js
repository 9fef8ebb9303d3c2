// A step of the build: the JSON Schema that editors complete and explain the YAML with, from the one definition of the
// syntax. It is committed; a test fails when it is not what the definition makes.
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { editorSchema } from '../dist/language/index.js'

const file = fileURLToPath(new URL('../schemas/botschema.schema.json', import.meta.url))

writeFileSync(file, `${JSON.stringify(editorSchema(), null, 2)}\n`)
