import { hashOf } from '../kernel/hash.js'
import { ok, type Result, withDiagnostics } from '../kernel/result.js'
import type { MarkdownOptions } from '../model/options.js'
import type { SchemaSet } from '../model/schema-set.js'
import type { Unit } from '../model/target.js'
import { docsPath, entityUnit } from './entity-unit.js'
import { entityFacts, indexOf, type SetIndex } from './facts.js'
import { holdingsOf } from './holdings.js'
import { lossesOfSet, lossSummary, type StoreAnswers } from './losses.js'
import { chaptersOf, sectionTitles } from './names.js'
import { clashesWithReadme, type OwnPage, ownPages } from './own-pages.js'
import { plannedLines } from './planned.js'
import type { SectionName, SetFacts } from './readme.js'
import { type SetContent, setUnit } from './set-unit.js'
import { sharedParts, sharedTypes } from './shared.js'

const sectionNames = Object.keys(sectionTitles) as readonly SectionName[]

/** A page of the user's own is copied as it is. */
const ownPageUnit = (page: OwnPage): Unit => ({
  id: `page ${page.path}`,
  definitions: [`page ${page.path}`],
  hash: hashOf(page),
  emit: async () => ok([{ path: docsPath(page.path), order: 0, text: page.text }]),
})

const setContent = (index: SetIndex, pages: readonly OwnPage[], answers: readonly StoreAnswers[]): SetContent => {
  const { set, options } = index
  const losses = lossSummary([...index.losses.values()].flat())
  const planned = plannedLines(set, answers)
  const types = sharedTypes(set)
  const isFilled: Readonly<Record<SectionName, boolean>> = {
    access: set.entities.some(({ access }) => access.length > 0),
    retention: set.entities.some(({ retention }) => retention !== null),
    losses: losses.length > 0,
    planned: planned.length > 0,
    shared: types.objects.length + types.enums.length > 0,
  }
  const sections = sectionNames.filter((name) => isFilled[name])
  const chapters = [...new Set(index.chapterOf.values())].map(({ entities: _, ...chapter }) => chapter)
  const headings = [set.title, ...chapters.map(({ title }) => title), ...sections.map((name) => sectionTitles[name])]
  const facts: SetFacts = {
    name: set.name,
    title: set.title,
    summary: set.summary,
    stores: set.stores,
    options,
    pages: pages.map(({ title, path }) => ({ title, path })),
    chapters,
    sections,
    retentionColumns: index.retentionColumns,
    actors: set.actors
      .filter(({ name }) => index.matrix.includes(name))
      .map(({ name, summary }) => ({ name, summary })),
  }
  return { facts, losses, planned, shared: sharedParts(set, types, headings) }
}

/** The docs of a set: a unit for each entity, one for the frame of README.md, one for each page of the user's own. */
export const markdownUnits = (
  set: SchemaSet,
  options: MarkdownOptions,
  answers: readonly StoreAnswers[],
): Result<readonly Unit[]> => {
  const index = indexOf(set, options, chaptersOf(set), lossesOfSet(set, answers), holdingsOf(set))
  const { value: pages, diagnostics } = ownPages(set)
  const units = [
    setUnit(setContent(index, pages, answers)),
    ...set.entities.map((entity) => entityUnit(entityFacts(index, entity))),
    ...pages.map(ownPageUnit),
  ]
  return withDiagnostics(units, [...clashesWithReadme(set), ...diagnostics])
}
