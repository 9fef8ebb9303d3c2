import type { SchemaSet } from '../../../generators/model/index.js'
import { textSet } from './emitted.js'

/** A set of objects that have an id of their own. */
export const ownIdSet = (): SchemaSet =>
  textSet(
    'esm',
    `object: entry
fields:
  _id: objectid
  name: text
---
object: mark
fields:
  _id: uuid
  level: integer = 1
---
entity: thing
fields:
  id: snowflake
  entries: { type: list<entry>, default: [] }
  one: entry?
  mark: { type: mark, default: {} }
  marks: { type: map<mark>, default: {} }
`,
  )
