import {
  anchorsOf,
  atLineStart,
  code,
  joined,
  link,
  type Markdown,
  md,
  paragraphs,
  prose,
  text,
} from '../kernel/safe/markdown.js'
import type { MarkdownOptions } from '../model/options.js'
import type { Actor, SchemaSet, TakenIn } from '../model/schema-set.js'
import type { Store } from '../model/store.js'
import { storeNames } from './holding.js'
import { type Chapter, sectionTitles } from './names.js'
import { type FrontMatter, footerOf, frontMatterOf, type Part } from './page.js'
import type { Table } from './table.js'

/** The top of README.md. */
export interface SetHead {
  readonly frontMatter: FrontMatter | null
  readonly title: Markdown
  readonly lead: readonly Markdown[]
  readonly pages: readonly Markdown[]
  readonly contents: Markdown
}

export interface ChapterHead {
  readonly title: Markdown
  readonly hasPicture: boolean
}

/** What stands between a chapter's picture and the rows of its entities. */
export interface ChapterEntities {
  readonly hasPicture: boolean
  readonly table: Table
}

export interface Section {
  readonly heading: Markdown
  readonly paragraphs: readonly Markdown[]
  readonly items: readonly Markdown[]
  /** Whole blocks: what is fenced, or follows the items. */
  readonly blocks: readonly string[]
  readonly parts: readonly Part[]
  readonly table: Table | null
}

export interface Row {
  readonly cells: readonly Markdown[]
}

export interface Footer {
  readonly footer: Markdown
}

/** Where the parts of README.md stand: ten places a chapter, then the sections. */
export const orders = {
  head: 0,
  chapter: (order: number) => (order + 1) * 10,
  access: 1_000_000,
  taken: 2_500_000,
  losses: 3_000_000,
  planned: 4_000_000,
  shared: 5_000_000,
  footer: 9_000_000,
} as const

export type SectionName = keyof typeof sectionTitles

/** All that the frame of README.md is made from: everything in it but the rows of its entities. */
export interface SetFacts {
  readonly name: string
  readonly title: string
  readonly summary: string | null
  readonly stores: SchemaSet['stores']
  /** The oldest version of Postgres that the SQL runs on; null when there is none. */
  readonly postgresVersion: number | null
  readonly options: MarkdownOptions
  /** Those beside the entities' own, with what they tell of where botschema makes them. */
  readonly pages: readonly { readonly title: string; readonly path: string; readonly about: string | null }[]
  readonly chapters: readonly Omit<Chapter, 'entities'>[]
  /** Those that the set has something for, in their order. */
  readonly sections: readonly SectionName[]
  /** The actors that some entity names. */
  readonly actors: readonly Omit<Actor, 'origin'>[]
  readonly uses: readonly Omit<TakenIn, 'origin'>[]
}

const contentsOf = (facts: SetFacts): Markdown => {
  const titles = facts.sections.map((name) => sectionTitles[name])
  const anchors = anchorsOf([facts.title, ...facts.chapters.map(({ title }) => title), ...titles])
  const sections = titles.map((title, index) =>
    link(text(title), `#${anchors[1 + facts.chapters.length + index] ?? ''}`),
  )
  return joined([...facts.chapters.map(({ title, anchor }) => link(text(title), `#${anchor}`)), ...sections], ' · ')
}

const storeText = (store: Store, { postgresVersion }: SetFacts): Markdown =>
  store === 'postgres' && postgresVersion !== null
    ? md`${text(storeNames[store])} (version ${postgresVersion} or later)`
    : text(storeNames[store])

export const setHead = (facts: SetFacts): SetHead => ({
  frontMatter: frontMatterOf(facts.options, facts.title, facts.summary, 1),
  title: text(facts.title),
  lead: [
    ...paragraphs(facts.summary ?? '').map(atLineStart),
    md`Kept in ${joined(
      facts.stores.map((store) => storeText(store, facts)),
      ' and ',
    )}.`,
  ],
  pages: facts.pages.map(({ title, path, about }) => joined([link(text(title), path), text(about ?? '')], ': ')),
  contents: contentsOf(facts),
})

export const chapterHead = ({ title, hasPicture }: Omit<Chapter, 'entities'>): ChapterHead => ({
  title: text(title),
  hasPicture,
})

/** A table whose rows come from the entities. */
export const headOnly = (head: readonly Markdown[], centred = 0): Table => ({
  head,
  rule: head.map((_, index) => (index >= head.length - centred ? ':-:' : '---')),
  rows: [],
})

/** The head of a chapter's table; each entity gives its own row. */
export const chapterEntities = ({ hasPicture, hasGrowth }: Omit<Chapter, 'entities'>): ChapterEntities => ({
  hasPicture,
  table: headOnly([md`entity`, md`what it is`, md`key`, ...(hasGrowth ? [md`growth`] : [])]),
})

const emptySection = (name: SectionName): Section => ({
  heading: text(sectionTitles[name]),
  paragraphs: [],
  items: [],
  blocks: [],
  parts: [],
  table: null,
})

/** The section of the matrix of actors and entities, up to its rows. */
export const accessSection = ({ actors }: SetFacts): Section => ({
  ...emptySection('access'),
  paragraphs: [
    md`C creates, R reads, U updates, D deletes; a small letter: some fields only, which the entity's page names.`,
  ],
  items: actors.map(({ name, summary }) => joined([code(name), prose(summary)], ': ')),
  table: headOnly([md`entity`, ...actors.map(({ name }) => code(name))], actors.length),
})

/** The section of the modules and sets that the definitions came from. */
export const takenSection = ({ uses }: SetFacts): Section => ({
  ...emptySection('taken'),
  paragraphs: [md`Definitions of these, which the set may have extended.`],
  items: uses.map(({ module, summary }) =>
    summary === null ? code(module) : joined([code(module), prose(summary)], ': '),
  ),
})

export const lossesSection = (lines: readonly Markdown[]): Section => ({ ...emptySection('losses'), items: lines })

export const plannedSection = (lines: readonly Markdown[]): Section => ({
  ...emptySection('planned'),
  paragraphs: [md`What the set says of these is checked and shown here; a later version of botschema acts on it.`],
  items: lines,
})

export const sharedSection = (parts: readonly Part[]): Section => ({ ...emptySection('shared'), parts })

export const footer = ({ name }: Pick<SetFacts, 'name'>): Footer => ({ footer: footerOf(name) })
