import type { Entity, QueryValue } from '../model/entity.js'
import { events } from '../model/event.js'
import type { MarkdownOptions } from '../model/options.js'
import type { EnumDefinition, SchemaSet } from '../model/schema-set.js'
import { type EventStep, eventSteps } from './event-steps.js'
import type { Holding } from './holding.js'
import { ownerOf, ownNames, type StoreLoss } from './losses.js'
import { type Chapter, titleOf } from './names.js'
import { pagesOf, type SetPages } from './pages.js'
import { type PersonalField, personalFieldsOf } from './personal.js'
import { type Met, type Reach, reachOf, typesOf } from './reach.js'
import { type Link, linkOf } from './references.js'

/** All that the page of an entity and its rows in README.md are made from, and nothing else: its hash is theirs. */
export interface EntityFacts {
  readonly set: Pick<SchemaSet, 'name' | 'title' | 'stores'>
  readonly options: MarkdownOptions
  readonly chapter: Pick<Chapter, 'title' | 'anchor' | 'order' | 'hasPicture' | 'hasGrowth'>
  readonly entity: Entity
  readonly objects: readonly Met[]
  readonly enums: readonly EnumDefinition[]
  /** The titles of the entities that the page links to, by name. */
  readonly titles: Readonly<Record<string, string>>
  readonly outbound: readonly Link[]
  readonly inbound: readonly Link[]
  /** What the actors that touch the entity are, by name. */
  readonly actors: Readonly<Record<string, string>>
  /** The columns of README.md's matrix of access. */
  readonly matrix: readonly string[]
  /** What events do to its rows, in their order. */
  readonly events: readonly EventStep[]
  readonly personal: readonly PersonalField[]
  readonly pages: SetPages
  readonly holdings: readonly Holding[]
  readonly losses: readonly StoreLoss[]
  /** What of it is emitted as code. */
  readonly code: { readonly types: boolean; readonly validators: boolean; readonly models: boolean }
}

/** What the facts of all entities of a set are read from, made once. */
export interface SetIndex {
  readonly set: SchemaSet
  readonly options: MarkdownOptions
  readonly chapterOf: ReadonlyMap<string, Chapter>
  readonly titles: ReadonlyMap<string, string>
  readonly inbound: ReadonlyMap<string, readonly Link[]>
  readonly actors: ReadonlyMap<string, string>
  readonly matrix: readonly string[]
  readonly events: ReadonlyMap<string, readonly EventStep[]>
  readonly pages: SetPages
  readonly holdings: ReadonlyMap<string, readonly Holding[]>
  readonly losses: ReadonlyMap<string, readonly StoreLoss[]>
}

const grouped = <T>(items: Iterable<readonly [string, T]>): ReadonlyMap<string, readonly T[]> => {
  const groups = new Map<string, T[]>()
  for (const [key, item] of items) {
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [item])
    else group.push(item)
  }
  return groups
}

const allLinks = (set: SchemaSet): readonly (readonly [string, Link])[] =>
  set.entities.flatMap((from) =>
    from.references.map((reference) => [reference.to.entity, linkOf(from, reference)] as const),
  )

/** The actors that some entity names, in the set's order. */
const actorsInUse = (set: SchemaSet): readonly string[] => {
  const used = new Set(set.entities.flatMap((entity) => entity.access.map(({ actor }) => actor)))
  return set.actors.map(({ name }) => name).filter((name) => used.has(name))
}

const stepsByEntity = (set: SchemaSet): ReadonlyMap<string, readonly EventStep[]> => {
  const steps = events.flatMap((event) => eventSteps(set)[event])
  return grouped(steps.map((step) => [step.entity, step] as const))
}

const lossesByOwner = (set: SchemaSet, losses: readonly StoreLoss[]): ReadonlyMap<string, readonly StoreLoss[]> => {
  const names = ownNames(set)
  return grouped(losses.map((loss) => [ownerOf(loss, names), loss] as const))
}

export const indexOf = (
  set: SchemaSet,
  options: MarkdownOptions,
  chapters: readonly Chapter[],
  losses: readonly StoreLoss[],
  holdings: ReadonlyMap<string, readonly Holding[]>,
): SetIndex => ({
  set,
  options,
  chapterOf: new Map(chapters.flatMap((chapter) => chapter.entities.map(({ name }) => [name, chapter] as const))),
  titles: new Map(set.entities.map((entity) => [entity.name, titleOf(entity)])),
  inbound: grouped(allLinks(set)),
  actors: new Map(set.actors.map(({ name, summary }) => [name, summary])),
  matrix: actorsInUse(set),
  events: stepsByEntity(set),
  pages: pagesOf(set),
  holdings,
  losses: lossesByOwner(set, losses),
})

/** The values of some names, of those that have one. */
export const chosen = <T>(all: ReadonlyMap<string, T>, names: Iterable<string>): Readonly<Record<string, T>> =>
  Object.fromEntries(
    [...new Set(names)].flatMap((name) => {
      const found = all.get(name)
      return found === undefined ? [] : [[name, found]]
    }),
  )

const brandsIn = (entity: Entity, reach: Reach): readonly string[] =>
  typesOf(entity, reach).flatMap((type) => ('brand' in type ? [type.brand] : []))

/** What the queries of an entity take and give. */
const queryValues = ({ queries }: Entity): readonly QueryValue[] =>
  queries.flatMap(({ parameters, columns }) => [
    ...parameters,
    ...(columns === null || columns.kind === 'row' ? [] : columns.columns),
  ])

const brandsOfQueries = (entity: Entity): readonly string[] =>
  queryValues(entity).flatMap(({ type }) => ('brand' in type ? [type.brand] : []))

const codeOf = ({ targets }: SchemaSet, { stores }: Entity): EntityFacts['code'] => ({
  types: targets.typescript !== null,
  validators: targets.zod !== null,
  models: targets.mongoose !== null && stores.includes('mongo'),
})

/** What the page of one entity reads. */
export const entityFacts = (index: SetIndex, entity: Entity): EntityFacts => {
  const reach = reachOf(index.set, { fields: [...entity.fields, ...queryValues(entity)] })
  const outbound = entity.references.map((reference) => linkOf(entity, reference))
  const inbound = index.inbound.get(entity.name) ?? []
  const chapter = index.chapterOf.get(entity.name)
  const owners = [entity.name, ...reach.objects.map(({ object }) => object.name)]
  return {
    set: { name: index.set.name, title: index.set.title, stores: index.set.stores },
    options: index.options,
    chapter: {
      title: chapter?.title ?? '',
      anchor: chapter?.anchor ?? '',
      order: chapter?.order ?? 0,
      hasPicture: chapter?.hasPicture ?? false,
      hasGrowth: chapter?.hasGrowth ?? false,
    },
    entity,
    objects: reach.objects,
    enums: reach.enums,
    titles: chosen(index.titles, [
      ...outbound.map(({ reference }) => reference.to.entity),
      ...inbound.map(({ from }) => from),
      ...brandsIn(entity, reach),
      ...brandsOfQueries(entity),
    ]),
    outbound,
    inbound,
    actors: chosen(
      index.actors,
      entity.access.map(({ actor }) => actor),
    ),
    matrix: index.matrix,
    events: index.events.get(entity.name) ?? [],
    personal: personalFieldsOf(index.set, entity),
    pages: index.pages,
    holdings: index.holdings.get(entity.name) ?? [],
    losses: owners.flatMap((owner) => index.losses.get(owner) ?? []),
    code: codeOf(index.set, entity),
  }
}
