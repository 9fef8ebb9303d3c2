import { unreachable } from '../kernel/bug.js'
import {
  anchorOf,
  code,
  fenced,
  joined,
  link,
  type Markdown,
  md,
  prose,
  sentence,
  text,
} from '../kernel/safe/markdown.js'
import type { Entity } from '../model/entity.js'
import type { MarkdownOptions } from '../model/options.js'
import type { EventStep } from './event-steps.js'
import { eventHeads, placeText } from './event-words.js'
import { storeNames } from './holding.js'
import { keepingText } from './keeping.js'
import { pageOf, wordsOf } from './names.js'
import { frontMatterOf } from './page.js'
import type { Fate, PersonalField } from './personal.js'
import { headOnly, type Row, type Section, type SetHead } from './readme.js'
import { entityLink, eventSection, type LeavingEvent, leavingEvents, plainSection } from './retention-page.js'
import { eventCalls, type Runners } from './running.js'
import { assignments } from './values.js'

/** All that the page on data protection is made from but the rows of its entities. */
export interface ProtectionFacts {
  readonly set: { readonly name: string; readonly title: string }
  readonly options: MarkdownOptions
  /** The page on retention, where there is one. */
  readonly retention: string | null
  /** What is done when a person asks to be forgotten, in its order. */
  readonly erasing: readonly EventStep[]
  /** What the other events do to rows with personal data. */
  readonly leaving: { readonly [Name in LeavingEvent]: readonly EventStep[] }
  readonly titles: Readonly<Record<string, string>>
  readonly runners: Runners
}

export const protectionHeads = {
  page: 'Data protection',
  kept: 'What is kept of persons',
  howLong: 'For how long, and why',
  forgetting: 'How a person is forgotten',
  staying: 'What stays, and why',
  leaving: 'When a guild or a member leaves',
  checking: 'How to see that it is done',
} as const

export const protectionHead = ({ set, options }: ProtectionFacts): SetHead => {
  const rest = 'keeps of persons: where, for how long, why, who touches it, and how it is erased.'
  return {
    frontMatter: frontMatterOf(options, protectionHeads.page, `What ${set.title} ${rest}`, 3),
    title: text(protectionHeads.page),
    lead: [md`What ${link(text(set.title), 'README.md')} ${text(rest)}`],
    pages: [],
    contents: md``,
  }
}

export const keptSection = (): Section => ({
  ...plainSection(protectionHeads.kept),
  table: headOnly([md`entity`, md`field`, md`what it is`, md`kept in`, md`as`, md`when the person asks`]),
})

export const howLongSection = (): Section => ({
  ...plainSection(protectionHeads.howLong),
  table: headOnly([md`entity`, md`for how long`, md`why`, md`who touches it`]),
})

const unsaid: Section = {
  ...plainSection(protectionHeads.forgetting),
  paragraphs: [
    md`**Nothing in the set says how a person is forgotten.** No entity has ${code('erase:')} under ${code('retention:')}, so no function is made that does it, and what stands above stays for as long as is said there.`,
  ],
}

/** What happens when a person asks, step by step; that nothing is said of it, where nothing is. */
export const forgettingSection = (facts: ProtectionFacts): Section =>
  facts.erasing.length === 0 ? unsaid : eventSection('erase', protectionHeads.forgetting, facts.erasing, facts)

const stayingLine = (steps: readonly EventStep[]): readonly Markdown[] => {
  const [first] = steps
  if (first?.action.kind !== 'keep') return []
  const places = joined(steps.map(placeText), ', ')
  return [md`${code(first.field)} in ${places}: ${sentence(prose(first.action.because))}`]
}

const stayingLines = (erasing: readonly EventStep[]): readonly Markdown[] => {
  const kept = erasing.filter(({ action }) => action.kind === 'keep')
  const rules = new Set(kept.map(({ entity, field }) => `${entity} ${field}`))
  return [...rules].flatMap((rule) => stayingLine(kept.filter(({ entity, field }) => `${entity} ${field}` === rule)))
}

/** What an erasure keeps; null where it keeps nothing. */
export const stayingSection = ({ erasing }: ProtectionFacts): Section | null => {
  const items = stayingLines(erasing)
  return items.length === 0 ? null : { ...plainSection(protectionHeads.staying), items }
}

const leavingLine = (event: LeavingEvent, { leaving, titles, retention }: ProtectionFacts): Markdown => {
  const steps = leaving[event].filter(({ place }) => place === 'rows')
  const named = (kind: EventStep['action']['kind']): Markdown => {
    const entities = new Set(steps.filter(({ action }) => action.kind === kind).map(({ entity }) => entity))
    return joined(
      [...entities].map((entity) => link(text(titles[entity] ?? entity), pageOf(entity))),
      ', ',
    )
  }
  const parts = [
    { what: md`deleted`, of: named('delete') },
    { what: md`changed`, of: named('set') },
    { what: md`kept`, of: named('keep') },
  ].filter(({ of }) => of !== '')
  if (parts.length === 0) return md``
  const head =
    retention === null
      ? text(eventHeads[event])
      : link(text(eventHeads[event]), `${retention}#${anchorOf(eventHeads[event])}`)
  return md`${head}, ${joined(
    parts.map(({ what, of }) => md`rows of ${of} are ${what}`),
    '; ',
  )}.`
}

/** What else takes personal data away; null where nothing does. */
export const leavingSection = (facts: ProtectionFacts): Section | null => {
  const items = leavingEvents.map((event) => leavingLine(event, facts)).filter((line) => line !== '')
  return items.length === 0 ? null : { ...plainSection(protectionHeads.leaving), items }
}

/** An id of Discord's form that is nobody's. */
const anId = '123456789012345678'

const searches = ({ postgres, mongo }: Runners): string =>
  [
    ...(postgres === null ? [] : [`pg_dump --data-only "$DATABASE_URL" | grep --count ${anId}`]),
    ...(mongo === null ? [] : [`mongodump --uri "$MONGODB_URI" --archive | grep --text --count ${anId}`]),
  ].join('\n')

/** How to look afterwards; null where nothing erases. */
export const checkingSection = ({ erasing, runners }: ProtectionFacts): Section | null => {
  const search = searches(runners)
  if (erasing.length === 0 || search === '') return null
  const call = eventCalls(runners, 'erase')
  const again =
    call === '' ? [] : [md`Call it once more: it finds nothing to delete or to change, and counts what is kept.`]
  return {
    ...plainSection(protectionHeads.checking),
    paragraphs: [
      ...again,
      md`A dump of the database then holds the id in nothing but what stays, and where others wrote it into their own texts, which no rule reads. Backups from before still hold it all: forget the person again after one is restored.`,
    ],
    blocks: [fenced('sh', search)],
  }
}

/** How a row goes that a field stands in: by another field, or with a row that it points at. */
const goingText = (rows: EventStep['rows']): Markdown => {
  switch (rows.kind) {
    case 'named':
      return md`goes with its row, by ${joined(
        rows.all.map(({ field }) => code(field)),
        ' and ',
      )}`
    case 'any':
      return md`goes with its row, by ${joined(
        rows.of.map(({ field }) => code(field)),
        ' or ',
      )}`
    case 'pointing':
      return md`goes with its ${text(wordsOf(rows.to))}`
    default:
      return unreachable(rows)
  }
}

const fateText = (fate: Fate | null): Markdown => {
  if (fate === null) return md`*nothing is said*`
  if (fate.kind === 'row') return goingText(fate.step.rows)
  switch (fate.action.kind) {
    case 'delete':
      return md`its row is deleted`
    case 'set':
      return assignments(fate.action.values)
    case 'keep':
      return md`is kept`
    default:
      return unreachable(fate.action)
  }
}

const placesText = ({ heldIn, only }: PersonalField): Markdown => {
  const names = joined(heldIn.map(code), ', ')
  const stores = only.map((store) => storeNames[store]).join(', ')
  return stores === '' ? names : md`${names} (${text(stores)} only)`
}

const personalRow = (entity: Entity, field: PersonalField): Row => ({
  cells: [
    entityLink(entity),
    code(field.path),
    sentence(prose(field.summary ?? '')),
    placesText(field),
    field.sealedBy === null ? md`plain` : md`encrypted, with ${code(field.sealedBy)}`,
    fateText(field.fate),
  ],
})

/** What an entity keeps of persons: a row for each field. */
export const personalRows = (entity: Entity, fields: readonly PersonalField[]): readonly Row[] =>
  fields.map((field) => personalRow(entity, field))

/** Why rows are there at all; why they stay is said with for how long. */
const reasonText = ({ docs, retention }: Entity): Markdown => {
  if (docs.why !== null) return sentence(prose(docs.why))
  return retention?.lifecycle?.kind === 'forever' ? md`` : md`*not said*`
}

/** For how long an entity's rows are kept, why, and who touches them. */
export const howLongRow = (entity: Entity, actorText: (actor: string) => string): Row => ({
  cells: [
    entityLink(entity),
    keepingText(entity) ?? md`*no rule ends it*`,
    reasonText(entity),
    entity.access.length === 0
      ? md`*not said*`
      : joined(
          entity.access.map(({ actor }) => prose(actorText(actor))),
          '; ',
        ),
  ],
})
