import type { SchemaSet } from '../../../generators/model/index.js'
import { textSet } from './emitted.js'

const definitions = `entity: person
collection: populate_persons
fields:
  id: snowflake
  name: text
---
entity: team
collection: populate_teams
fields:
  id: identity
  code: { type: text, unique: true }
  label: text
---
object: part
fields:
  owner: { type: ref(person)?, enforced: false }
  helpers: { type: list<ref(person)>, enforced: false, default: [] }
  team: { type: ref(team.code)?, enforced: false }
---
object: outer
fields:
  inner: part
  note: text?
---
entity: thing
collection: populate_things
fields:
  id: snowflake
  owner: ref(person)?
  team_id: { type: ref(team)?, enforced: false }
  team_code: ref(team.code)?
  watchers: { type: list<ref(person)>, enforced: false, default: [] }
  teams: { type: list<ref(team.code)>, enforced: false, default: [], code: teamList }
  part: part?
  outer: outer?
  parts: { type: list<part>, default: [] }
  flags: { type: map<ref(person)>, enforced: false, default: {} }
  grid: { type: list<list<ref(person)>>, enforced: false, default: [] }
  either: { type: "union<ref(person), integer>?", enforced: false }
  places: { type: map<part>, default: {} }
`

/** A set with references in every place. */
export const populatedSet = (): SchemaSet => textSet('esm', definitions)
