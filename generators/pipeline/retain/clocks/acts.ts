import { known } from '../../../kernel/bug.js'
import { archivesOf } from '../../../model/archive.js'
import type { Entity } from '../../../model/entity.js'
import { type Act, actsOf, clockOf } from '../../../model/lifecycle.js'
import type { Store } from '../../../model/store.js'
import { reportedAct, retainedIn } from '../../../script/retention.js'
import type { RetainedSet } from '../prepare.js'
import type { ReportedAct } from '../report.js'

/** An act with the table or collection that its rows are in, as an entity of its own where that is an archive. */
export interface PlacedAct {
  readonly entity: Entity
  readonly act: Act
  readonly place: Entity
}

const placeOf = (entity: Entity, { place }: Act, store: Store): Entity =>
  place.kind === 'rows'
    ? entity
    : known(
        archivesOf(entity, store).find(({ table }) => table === place.into),
        `the archive ${place.into}`,
      )

/** Every act of a set in its store. */
export const placedActs = ({ set, store }: RetainedSet): readonly PlacedAct[] =>
  retainedIn(set, store).flatMap((entity) =>
    actsOf(entity).map((act) => ({ entity, act, place: placeOf(entity, act, store) })),
  )

/** Whether emitted code speaks of this very act. */
export const isAbout = (reported: ReportedAct, { act, entity }: PlacedAct, store: Store): boolean => {
  const own = reportedAct(entity, act, store)
  return reported.entity === entity.name && reported.step === act.step && reported.from === own.from
}

/** A report with the fields that its act sets, which emitted code does not tell: none where it archives or deletes. */
export interface ToldAct {
  readonly fields: readonly string[]
}

/** Adds to each report the fields that its act sets. */
export const told = <Reported extends ReportedAct>(
  retained: RetainedSet,
  reports: readonly Reported[],
): readonly (Reported & ToldAct)[] => {
  const acts = placedActs(retained)
  return reports.map((reported) => {
    const action = acts.find((act) => isAbout(reported, act, retained.store))?.act.action
    return { ...reported, fields: action?.kind === 'set' ? action.values.map(({ field }) => field) : [] }
  })
}

export interface OrderedField {
  readonly field: string
  readonly descending: boolean
}

/** Orders of fields that due rows are found by; an index that gives one of them serves the act. */
export const ordersOf = ({ act }: PlacedAct): readonly (readonly OrderedField[])[] => {
  const clock = { field: clockOf(act.due), descending: false }
  if (act.due.kind !== 'surplus') return [[clock]]
  const owners = (act.keptNewest?.per ?? []).map((field) => ({ field, descending: false }))
  return [
    [...owners, clock],
    [...owners, { ...clock, descending: true }],
  ]
}
