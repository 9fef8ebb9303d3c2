import { hooksOf } from '../model/lifecycle.js'
import type { SchemaSet } from '../model/schema-set.js'
import { pageOf } from './names.js'
import { personalFieldsOf } from './personal.js'
import { hasTimeline } from './timeline.js'

export const docsPath = (file: string): string => `markdown/${file}`

/** The page on retention, with what it has for all entities or none. */
export interface PageOfRetention {
  readonly path: string
  readonly hasTimeline: boolean
  readonly hasHooks: boolean
}

/** The pages about all entities beside README.md; null where the set has nothing for one. */
export interface SetPages {
  readonly retention: PageOfRetention | null
  readonly protection: string | null
}

/** File systems that ignore case have one file for `Guild.md` and `guild.md`. */
export const caseless = (path: string): string => path.toLowerCase()

/** `retention.md`, or `retention-2.md` where an entity has that page: entities come first, since others link to them. */
const freePage = ({ entities }: SchemaSet, name: string): string => {
  const taken = new Set(entities.map((entity) => caseless(pageOf(entity.name))))
  let path = `${name}.md`
  for (let count = 2; taken.has(path); count++) path = `${name}-${count}.md`
  return path
}

export const pagesOf = (set: SchemaSet): SetPages => ({
  retention: set.entities.some(({ retention }) => retention !== null)
    ? {
        path: freePage(set, 'retention'),
        hasTimeline: hasTimeline(set.entities),
        hasHooks: set.entities.some((entity) => hooksOf(entity).length > 0),
      }
    : null,
  protection: set.entities.some((entity) => personalFieldsOf(set, entity).length > 0)
    ? freePage(set, 'data-protection')
    : null,
})
