import type { JsonValue } from '../model/origin.js'
import { sharedDefinitions } from '../script/schema/definitions.js'

const definitions = '#/$defs/'

function* refsIn(value: JsonValue): Generator<string> {
  if (value === null || typeof value !== 'object') return
  for (const [key, inner] of Object.entries(value)) {
    if (key !== '$ref' || typeof inner !== 'string') yield* refsIn(inner)
    else if (inner.startsWith(definitions)) yield inner.slice(definitions.length)
  }
}

/** The shared scalars that schemas refer to, and those that these refer to. */
export const sharedWithin = (schema: JsonValue): readonly string[] => {
  const found = new Set<string>()
  const visit = (inner: JsonValue): void => {
    for (const name of refsIn(inner)) {
      const shared = sharedDefinitions[name]
      if (shared === undefined || found.has(name)) continue
      found.add(name)
      visit(shared)
    }
  }
  visit(schema)
  return Object.keys(sharedDefinitions).filter((name) => found.has(name))
}
