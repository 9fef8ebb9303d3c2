import { known } from '../kernel/bug.js'
import {
  anchorsOf,
  atLineStart,
  code,
  fenced,
  frontMatterString,
  joined,
  link,
  type Markdown,
  md,
  prose,
  sentence,
  text,
} from '../kernel/safe/markdown.js'
import { header } from '../script/names.js'
import { type Passage, passagesOf } from './about.js'
import { accessTable } from './access.js'
import { valueTable } from './enums.js'
import { rowTable } from './examples.js'
import type { EntityFacts } from './facts.js'
import { fieldTable } from './fields.js'
import { storeNames } from './holding.js'
import { indexTable, rulesOf } from './keys.js'
import { lifeLines } from './life.js'
import { lifePicture } from './life-picture.js'
import { listTable } from './lists.js'
import { pageOf, titleOf } from './names.js'
import { type QueryView, queryView } from './queries.js'
import { inboundTable, neighbourPicture, outboundTable } from './references.js'
import { type StoresView, storesView } from './stores.js'
import type { Table } from './table.js'
import { hasOwnList, type TypeLinks, typeTitle } from './types.js'

export interface FrontMatter {
  readonly title: string
  readonly description: string | null
  /** Its place among all pages; those of one place stand by their names. */
  readonly position: number
}

/** A heading, a line and a table: an object's fields, an enum's values. */
export interface Part {
  readonly heading: Markdown
  readonly text: Markdown
  readonly table: Table | null
}

/** The page of an entity as its layout prints it; what is null or empty has no place on the page. */
export interface EntityPage {
  readonly frontMatter: FrontMatter | null
  readonly title: Markdown
  readonly lead: Markdown
  readonly about: readonly Passage[]
  readonly picture: string | null
  readonly fields: Table | null
  readonly parts: readonly Part[]
  readonly rules: readonly Markdown[]
  readonly indexes: Table | null
  readonly lists: Table | null
  readonly references: readonly Table[]
  readonly life: LifeView | null
  readonly access: Table | null
  readonly queries: readonly QueryView[]
  readonly examples: Table | null
  readonly seed: Table | null
  readonly stores: StoresView | null
  readonly footer: Markdown
}

export interface LifeView {
  readonly intro: readonly Markdown[]
  readonly picture: string | null
  readonly steps: readonly Markdown[]
  readonly events: readonly Markdown[]
  readonly more: readonly Markdown[]
}

const mermaid = (source: string | null): string | null => (source === null ? null : fenced('mermaid', source))

export const frontMatterOf = (
  options: EntityFacts['options'],
  title: string,
  description: string | null,
  position: number,
): FrontMatter | null =>
  options.front_matter === 'none'
    ? null
    : {
        title: frontMatterString(title),
        description: description === null ? null : frontMatterString(description),
        position,
      }

/** The line that says what made a page. It is text rather than a comment, which MDX has another form for. */
export const footerOf = (setName: string): Markdown => md`*${prose(header(setName))}*`

const leadOf = ({ entity, chapter, set }: EntityFacts): Markdown => {
  const was = entity.was === null ? md`` : md`was ${code(entity.was)}`
  const { stores } = entity
  const place = stores.map((store) =>
    store === 'postgres' ? md`table ${code(entity.table)}` : md`collection ${code(entity.collection)}`,
  )
  const chapterLink = md`chapter ${link(text(chapter.title), `README.md#${chapter.anchor}`)}`
  const only =
    stores.length < set.stores.length
      ? md`kept in ${text(stores.map((store) => storeNames[store]).join(', '))} only`
      : md``
  return joined([atLineStart(sentence(prose(entity.summary ?? ''))), chapterLink, ...place, only, was], ' · ')
}

const headingsOf = (facts: EntityFacts): readonly string[] => [
  titleOf(facts.entity),
  'Fields',
  ...facts.objects.map(({ object }) => typeTitle(object, facts.entity.name)),
  ...facts.enums.filter(hasOwnList).map((definition) => typeTitle(definition, facts.entity.name)),
]

const linksOf = (facts: EntityFacts): TypeLinks => {
  const anchors = anchorsOf(headingsOf(facts)).slice(2)
  const objects = new Map(
    facts.objects.map(({ object }, index) => [object.name, { definition: object, href: `#${anchors[index]}` }]),
  )
  const listed = facts.enums.filter(hasOwnList)
  const enums = new Map(listed.map(({ name }, index) => [name, `#${anchors[facts.objects.length + index]}`]))
  const definitions = new Map(facts.enums.map((definition) => [definition.name, definition]))
  return {
    self: facts.entity.name,
    entity: (name) => (Object.hasOwn(facts.titles, name) && name !== facts.entity.name ? pageOf(name) : null),
    object: (name) => known(objects.get(name), `object ${name}`),
    enumeration: (name) => ({
      definition: known(definitions.get(name), `enum ${name}`),
      href: enums.get(name) ?? null,
    }),
  }
}

const partsOf = (facts: EntityFacts, links: TypeLinks): readonly Part[] => [
  ...facts.objects.map(({ object }) => ({
    heading: text(typeTitle(object, facts.entity.name)),
    text: atLineStart(sentence(prose(object.summary ?? ''))),
    table: fieldTable({ entity: null, fields: object.fields, stores: facts.entity.stores }, links),
  })),
  ...facts.enums.filter(hasOwnList).map((definition) => ({
    heading: text(typeTitle(definition, facts.entity.name)),
    text: atLineStart(sentence(prose(definition.summary ?? ''))),
    table: valueTable(definition),
  })),
]

/** Where the life of all entities is told. */
const moreOnLife = ({ pages, personal }: EntityFacts): readonly Markdown[] => [
  ...(pages.retention === null ? [] : [link(md`Retention of all entities`, pages.retention.path)]),
  ...(pages.protection === null || personal.length === 0 ? [] : [link(md`Data protection`, pages.protection)]),
]

const lifeOf = (facts: EntityFacts): LifeView | null => {
  const { entity, events } = facts
  const lines = lifeLines(entity, events)
  if (lines.intro.length + lines.steps.length + lines.events.length === 0) return null
  return { ...lines, picture: mermaid(lifePicture(entity, events)), more: [joined(moreOnLife(facts), ' · ')] }
}

const isTable = (table: Table | null): table is Table => table !== null

/** The page of an entity from its facts: meaning first, then what is looked up, then the stores. */
export const entityPage = (facts: EntityFacts): EntityPage => {
  const { entity } = facts
  const links = linksOf(facts)
  const titleIn = (name: string): string => facts.titles[name] ?? name
  const queries = entity.queries.filter((query) => query.postgres !== null || query.mongo !== null)
  return {
    frontMatter: frontMatterOf(facts.options, titleOf(entity), entity.summary, 10 + facts.chapter.order),
    title: text(titleOf(entity)),
    lead: leadOf(facts),
    about: passagesOf(entity),
    picture: mermaid(neighbourPicture(facts.outbound, facts.inbound)),
    fields: fieldTable({ entity, fields: entity.fields, stores: entity.stores }, links),
    parts: partsOf(facts, links),
    rules: rulesOf(entity, facts.objects),
    indexes: indexTable(entity),
    lists: listTable(facts.set, entity),
    references: [outboundTable(facts.outbound, titleIn), inboundTable(facts.inbound, titleIn)].filter(isTable),
    life: lifeOf(facts),
    access: accessTable(entity, (actor) => facts.actors[actor] ?? null),
    queries: queries.map((query) => queryView(query, links)),
    examples: rowTable(entity, entity.examples),
    seed: rowTable(entity, entity.seed),
    stores: storesView(facts),
    footer: footerOf(facts.set.name),
  }
}
