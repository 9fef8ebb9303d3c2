import { identifier, type Sql, sql } from '../../kernel/safe/sql.js'
import type { Facts, ObjectFacts } from '../facts.js'
import { createAll, inOrder } from './create.js'
import { alterTable, named } from './text.js'

export const dropped = (schema: string, object: ObjectFacts): Sql => {
  if (object.kind === 'column') return sql`${alterTable(schema, object)} DROP COLUMN ${identifier(object.name)};`
  if (object.kind === 'constraint')
    return sql`${alterTable(schema, object)} DROP CONSTRAINT ${identifier(object.name)};`
  return sql`DROP ${named(schema, object)};`
}

/** What stands on an object in the way that `stands` says, and what stands on that. */
export const dependentsOf = (
  { objects }: Facts,
  id: string,
  stands: (object: ObjectFacts) => boolean,
): readonly ObjectFacts[] => {
  const found = new Map<string, ObjectFacts>()
  const open = [id]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const object of objects.values()) {
      if (object.id === id || found.has(object.id) || !object.needs.includes(next) || !stands(object)) continue
      found.set(object.id, object)
      open.push(object.id)
    }
  }
  return [...found.values()]
}

/**
 * What takes objects off a database, does something, and makes them again as they are wanted. Null where something would
 * go that nobody described, or that holds rows.
 */
export const around = (
  wanted: Facts,
  standing: readonly ObjectFacts[],
  work: readonly Sql[] | null,
): readonly Sql[] | null => {
  const again = standing.flatMap(({ id }) => wanted.objects.get(id) ?? [])
  const holdsRows = standing.some(
    ({ kind, properties }) =>
      kind === 'table' || kind === 'type' || (kind === 'column' && properties['generated'] === null),
  )
  if (work === null || holdsRows || again.length < standing.length) return null
  const made = createAll(wanted, again)
  if (made === null) return null
  const drops = [...inOrder(standing)].reverse().map((object) => dropped(wanted.schema, object))
  return [...drops, ...work, ...made]
}

/** What makes an object anew, with all that stands on it. */
export const replaced = (wanted: Facts, found: Facts, object: ObjectFacts): readonly Sql[] | null => {
  const current = found.objects.get(object.id) ?? object
  return around(wanted, [current, ...dependentsOf(found, object.id, () => true)], [])
}
