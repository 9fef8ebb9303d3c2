import { actsOf } from '../model/lifecycle.js'
import type { SchemaSet } from '../model/schema-set.js'
import type { Unit } from '../model/target.js'
import { type EventStep, eventSteps } from './event-steps.js'
import { chosen, type SetIndex } from './facts.js'
import type { PageOfRetention } from './pages.js'
import { personalFieldsOf } from './personal.js'
import type { ProtectionFacts } from './protection-page.js'
import { protectionUnit } from './protection-unit.js'
import { isUnruled, type RetentionFacts } from './retention-page.js'
import { retentionUnit } from './retention-unit.js'
import { runnersOf } from './running.js'
import { timelinePeriods } from './timeline.js'

const titlesOf = ({ titles }: SetIndex, steps: readonly EventStep[]): Readonly<Record<string, string>> =>
  chosen(
    titles,
    steps.map(({ entity }) => entity),
  )

const retentionFacts = (index: SetIndex, page: PageOfRetention): RetentionFacts => {
  const { set, options, pages } = index
  const { entities } = set
  const steps = eventSteps(set)
  const leaving = { 'guild-leave': steps['guild-leave'], 'member-leave': steps['member-leave'] }
  return {
    set: { name: set.name, title: set.title },
    options,
    protection: pages.protection,
    periods: page.hasTimeline ? timelinePeriods(entities) : [],
    hasActs: entities.some((entity) => actsOf(entity).length > 0),
    hasForever: entities.some(({ retention }) => retention?.lifecycle?.kind === 'forever'),
    hasUnruled: entities.some(isUnruled),
    hasHooks: page.hasHooks,
    leaving,
    titles: titlesOf(index, [...leaving['guild-leave'], ...leaving['member-leave']]),
    runners: runnersOf(set),
  }
}

const holdsPersons = (set: SchemaSet): ((step: EventStep) => boolean) => {
  const names = new Set(
    set.entities.filter((entity) => personalFieldsOf(set, entity).length > 0).map(({ name }) => name),
  )
  return ({ entity }) => names.has(entity)
}

const protectionFacts = (index: SetIndex): ProtectionFacts => {
  const { set, options, pages } = index
  const steps = eventSteps(set)
  const isPersonal = holdsPersons(set)
  const leaving = {
    'guild-leave': steps['guild-leave'].filter(isPersonal),
    'member-leave': steps['member-leave'].filter(isPersonal),
  }
  return {
    set: { name: set.name, title: set.title },
    options,
    retention: pages.retention?.path ?? null,
    erasing: steps.erase,
    leaving,
    titles: titlesOf(index, [...steps.erase, ...leaving['guild-leave'], ...leaving['member-leave']]),
    runners: runnersOf(set),
  }
}

/** The pages about all entities beside README.md, but for what the entities fill in. */
export const setPageUnits = (index: SetIndex): readonly Unit[] => {
  const { retention, protection } = index.pages
  return [
    ...(retention === null ? [] : [retentionUnit(retention.path, retentionFacts(index, retention))]),
    ...(protection === null ? [] : [protectionUnit(protection, protectionFacts(index))]),
  ]
}
