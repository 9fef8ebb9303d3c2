import type { Entity } from '../../generators/model/entity.js'
import { type Effect, type Event, effectsOfEvent, type Match, type Named } from '../../generators/model/event.js'
import type { JsonValue } from '../../generators/model/origin.js'
import type { SchemaSet } from '../../generators/model/schema-set.js'
import type { Subject, ValuePath } from '../../generators/model/subject.js'
import { inOrder, type PlainRow, type Snapshot } from './plain-values.js'
import { isSet, withValues } from './reference-run.js'

/** What an event did to rows of one place, as the emitted functions say it. */
export interface TouchedRows {
  readonly entity: string
  readonly from: string
  readonly field: string
  readonly did: 'deleted' | 'changed' | 'kept'
  readonly rows: number
  readonly because: string | null
}

/** Discord's ids of whom an event is about. */
export type Subjects = Readonly<Partial<Record<Subject, string>>>

type Tables = ReadonlyMap<string, readonly PlainRow[]>

const tableOf = ({ entity, place }: Effect): string => (place.kind === 'rows' ? entity.table : place.into)

const valuesAt = (value: JsonValue | undefined, [step, ...rest]: ValuePath): readonly JsonValue[] => {
  if (value === null || value === undefined) return []
  if (step === undefined) return [value]
  if (step.in === 'list') return Array.isArray(value) ? value.flatMap((item: JsonValue) => valuesAt(item, rest)) : []
  return valuesAt((value as PlainRow)[step.name], rest)
}

/** Where rows are now; `known` is where they were when the event came: whom it is about is found there. */
interface Happening {
  readonly known: Tables
  readonly tables: Map<string, readonly PlainRow[]>
  readonly subjects: Subjects
}

/** What a naming's field holds for the subject: Discord's id, or the key of the subject's row; null where there is none. */
const idFor = ({ known, subjects }: Happening, { subject, naming }: Named): JsonValue => {
  const id = subjects[subject] ?? null
  if (naming.by === 'id') return id
  const { entity, id: field, key } = naming.of
  const row = known.get(entity.table)?.find((one) => one[field.name] === id)
  return key === null ? null : (row?.[key.name] ?? null)
}

type Matches = (row: PlainRow) => boolean

const names = (happening: Happening, named: Named): Matches => {
  const id = idFor(happening, named)
  const { field, paths } = named.naming
  return (row) => id !== null && paths.some((path) => valuesAt(row[field.name], path).includes(id))
}

const matching = (happening: Happening, match: Match): Matches => {
  switch (match.kind) {
    case 'named': {
      const all = match.all.map((named) => names(happening, named))
      return (row) => all.every((matches) => matches(row))
    }
    case 'any': {
      const some = match.of.map((named) => names(happening, named))
      return (row) => some.some((matches) => matches(row))
    }
    case 'pointing': {
      const isGoing = matching(happening, match.rows)
      const keyOf = (row: PlainRow, fields: readonly string[]): readonly JsonValue[] =>
        fields.map((name) => row[name] ?? null)
      const going = happening.tables.get(match.to.table)?.filter(isGoing) ?? []
      const keys = new Set(going.map((row) => JSON.stringify(keyOf(row, match.by.to.fields))))
      return (row) => {
        const key = keyOf(row, match.by.fields)
        return !key.includes(null) && keys.has(JSON.stringify(key))
      }
    }
  }
}

const did = { delete: 'deleted', set: 'changed', keep: 'kept' } as const

const changed = (entity: Entity, { action }: Effect, row: PlainRow): readonly PlainRow[] => {
  switch (action.kind) {
    case 'delete':
      return []
    case 'keep':
      return [row]
    case 'set':
      return [withValues(entity, action.values, row, 'now')]
  }
}

/** What an event makes of rows, and says of it: effect by effect, row by row, with none of the emitted code. */
export const afterEvent = (
  set: SchemaSet,
  event: Event,
  snapshot: Snapshot,
  subjects: Subjects,
): { readonly after: Snapshot; readonly touched: readonly TouchedRows[] } => {
  const tables = new Map(Object.entries(snapshot))
  const happening: Happening = { known: new Map(tables), tables, subjects }
  const touched = effectsOfEvent(set, event).map((effect): TouchedRows => {
    const { entity, action, field } = effect
    const table = tableOf(effect)
    const matches = matching(happening, effect.match)
    const isMeant: Matches = (row) => matches(row) && !(action.kind === 'set' && isSet(entity, action.values, row))
    const rows = tables.get(table) ?? []
    tables.set(
      table,
      rows.flatMap((row) => (isMeant(row) ? changed(entity, effect, row) : [row])),
    )
    const because = action.kind === 'keep' ? action.because : null
    return {
      entity: entity.name,
      from: table,
      field,
      did: did[action.kind],
      rows: rows.filter(isMeant).length,
      because,
    }
  })
  return { after: Object.fromEntries([...tables].map(([table, rows]) => [table, inOrder(rows)])), touched }
}
