import type { JsonValue } from '../model/origin.js'
import { sharedDefinitions } from '../script/schema/definitions.js'

const definitions = '#/$defs/'

/** Tells `found` the name of each definition that a schema refers to, however deep. */
const eachRef = (value: JsonValue, found: (name: string) => void): void => {
  if (value === null || typeof value !== 'object') return
  for (const [key, inner] of Object.entries(value)) {
    if (key !== '$ref' || typeof inner !== 'string') eachRef(inner, found)
    else if (inner.startsWith(definitions)) found(inner.slice(definitions.length))
  }
}

/** The shared scalars that schemas refer to, and those that these refer to. */
export const sharedWithin = (schema: JsonValue): readonly string[] => {
  const found = new Set<string>()
  const visit = (name: string): void => {
    const shared = sharedDefinitions[name]
    if (shared === undefined || found.has(name)) return
    found.add(name)
    eachRef(shared, visit)
  }
  eachRef(schema, visit)
  return Object.keys(sharedDefinitions).filter((name) => found.has(name))
}
