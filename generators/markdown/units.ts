import { hashOf } from '../kernel/hash.js'
import { ok, type Result, withDiagnostics } from '../kernel/result.js'
import type { MarkdownOptions } from '../model/options.js'
import type { SchemaSet } from '../model/schema-set.js'
import type { Unit } from '../model/target.js'
import { entityUnit } from './entity-unit.js'
import { entityFacts, indexOf, type SetIndex } from './facts.js'
import { holdingsOf } from './holdings.js'
import { lossesOfSet, lossSummary, type StoreAnswers } from './losses.js'
import { chaptersOf, sectionTitles } from './names.js'
import { clashesWithReadme, type OwnPage, ownPages } from './own-pages.js'
import { setPageUnits } from './page-facts.js'
import { docsPath, type SetPages } from './pages.js'
import { plannedLines } from './planned.js'
import { protectionHeads } from './protection-page.js'
import type { SectionName, SetFacts } from './readme.js'
import { retentionHeads } from './retention-page.js'
import { type SetContent, setUnit } from './set-unit.js'
import { type SharedTypes, sharedParts, sharedTypes } from './shared.js'

const sectionNames = Object.keys(sectionTitles) as readonly SectionName[]

/** A page of the user's own is copied as it is. */
const ownPageUnit = (page: OwnPage): Unit => ({
  id: `page ${page.path}`,
  definitions: [`page ${page.path}`],
  hash: hashOf(page),
  emit: async () => ok([{ path: docsPath(page.path), order: 0, text: page.text }]),
})

const has = <T>(items: readonly T[]): boolean => items.length > 0

/** The pages about all entities, as README.md lists them after the user's own. */
const listed = ({ retention, protection }: SetPages): SetFacts['pages'] => [
  ...(retention === null
    ? []
    : [
        {
          title: retentionHeads.page,
          path: retention.path,
          about: 'what happens to rows as they age, and when a guild or a member leaves',
        },
      ]),
  ...(protection === null
    ? []
    : [
        { title: protectionHeads.page, path: protection, about: 'what is kept of persons, and how they are forgotten' },
      ]),
]

const setFacts = (
  { set, options, chapterOf, pages: setPages, matrix }: SetIndex,
  pages: readonly OwnPage[],
  sections: readonly SectionName[],
): SetFacts => ({
  name: set.name,
  title: set.title,
  summary: set.summary,
  stores: set.stores,
  postgresVersion: set.targets.postgres?.version ?? null,
  options,
  pages: [...pages.map(({ title, path }) => ({ title, path, about: null })), ...listed(setPages)],
  chapters: [...new Set(chapterOf.values())].map(({ entities: _, ...chapter }) => chapter),
  sections,
  uses: set.uses.map(({ module, summary }) => ({ module, summary })),
  actors: set.actors.filter(({ name }) => matrix.includes(name)).map(({ name, summary }) => ({ name, summary })),
})

const definitionsOf = (set: SchemaSet, { objects, enums }: SharedTypes): readonly string[] => [
  `set ${set.name}`,
  ...objects.filter(({ inline }) => inline === null).map(({ name }) => `object ${name}`),
  ...enums.filter(({ inline }) => inline === null).map(({ name }) => `enum ${name}`),
]

const setContent = (index: SetIndex, pages: readonly OwnPage[], answers: readonly StoreAnswers[]): SetContent => {
  const { set } = index
  const losses = lossSummary([...index.losses.values()].flat())
  const planned = plannedLines(set, answers)
  const types = sharedTypes(set)
  const isFilled: Readonly<Record<SectionName, boolean>> = {
    access: set.entities.some(({ access }) => has(access)),
    taken: has(set.uses),
    losses: has(losses),
    planned: has(planned),
    shared: has(types.objects) || has(types.enums),
  }
  const sections = sectionNames.filter((name) => isFilled[name])
  const facts = setFacts(index, pages, sections)
  const headings = [
    set.title,
    ...facts.chapters.map(({ title }) => title),
    ...sections.map((name) => sectionTitles[name]),
  ]
  return { facts, losses, planned, shared: sharedParts(set, types, headings), definitions: definitionsOf(set, types) }
}

/** The docs of a set: a unit for each entity, one for the frame of each page about all, one for each page of the user's own. */
export const markdownUnits = (
  set: SchemaSet,
  options: MarkdownOptions,
  answers: readonly StoreAnswers[],
): Result<readonly Unit[]> => {
  const index = indexOf(set, options, chaptersOf(set), lossesOfSet(set, answers), holdingsOf(set))
  const { value: pages, diagnostics } = ownPages(set, index.pages)
  const units = [
    setUnit(setContent(index, pages, answers)),
    ...set.entities.map((entity) => entityUnit(entityFacts(index, entity))),
    ...setPageUnits(index),
    ...pages.map(ownPageUnit),
  ]
  return withDiagnostics(units, [...clashesWithReadme(set), ...diagnostics])
}
