import { sentenceCase } from '../kernel/identifiers.js'
import { anchorOf, anchorsOf } from '../kernel/safe/markdown.js'
import type { Entity } from '../model/entity.js'
import type { SchemaSet } from '../model/schema-set.js'

export const titleOf = (entity: Entity): string => entity.docs.title ?? sentenceCase(entity.name)

/** The file of an entity's page, beside README.md. */
export const pageOf = (entity: string): string => `${entity}.md`

/** `guild_member` as `guild member`: how a name reads inside a sentence. */
export const wordsOf = (name: string): string => name.replace(/_/g, ' ').trim()

/** `a guild`, `an automod rule`. */
export const withArticle = (words: string): string => `${/^[aeio]/i.test(words) ? 'an' : 'a'} ${words}`

/** The headings of README.md after the chapters. */
export const sectionTitles = {
  access: 'Access',
  taken: 'Taken in',
  losses: 'What a store cannot enforce',
  planned: 'Not acted on yet',
  shared: 'Shared types',
} as const

/** A chapter of README.md: a group, or what belongs to none. */
export interface Chapter {
  readonly title: string
  readonly anchor: string
  /** Its place among the chapters, from 0. */
  readonly order: number
  readonly entities: readonly Entity[]
  /** False when it holds more entities than a picture shows legibly. */
  readonly hasPicture: boolean
  /** Whether any of its entities says how fast it grows. */
  readonly hasGrowth: boolean
}

/** A picture of more boxes than this cannot be read, and Mermaid refuses one of more than 500 lines between them. */
const picturedEntities = 40

type Named = Pick<Chapter, 'title' | 'entities'>

const parts = (set: SchemaSet): readonly Named[] => {
  const named = new Set(set.groups.map(({ name }) => name))
  const groups = set.groups.map(({ name, title }) => ({
    title,
    entities: set.entities.filter((entity) => entity.group === name),
  }))
  const rest = set.entities.filter((entity) => entity.group === null || !named.has(entity.group))
  return [...groups, { title: groups.length === 0 ? 'Entities' : 'Other', entities: rest }]
}

/** The chapters that hold an entity, in the order of the groups; those without a group come last. */
export const chaptersOf = (set: SchemaSet): readonly Chapter[] => {
  const filled = parts(set).filter(({ entities }) => entities.length > 0)
  const anchors = anchorsOf([set.title, ...filled.map(({ title }) => title)]).slice(1)
  return filled.map(({ title, entities }, order) => ({
    title,
    anchor: anchors[order] ?? anchorOf(title),
    order,
    entities,
    hasPicture: entities.length <= picturedEntities,
    hasGrowth: entities.some(({ docs }) => docs.grows !== null),
  }))
}
