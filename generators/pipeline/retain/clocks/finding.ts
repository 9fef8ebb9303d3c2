import { type Diagnostic, report } from '../../../kernel/diagnostic.js'
import { clockOf } from '../../../model/lifecycle.js'
import type { Store } from '../../../model/store.js'
import { ordersOf, type PlacedAct } from './acts.js'

const fieldsOf = (act: PlacedAct): readonly string[] => (ordersOf(act)[0] ?? []).map(({ field }) => field)

/** Whether the set has an index that begins as the act asks; then the database lacks it. */
const isDescribed = (act: PlacedAct): boolean => {
  const fields = fieldsOf(act)
  return act.entity.indexes.some(({ parts }) =>
    fields.every((field, position) => {
      const part = parts[position]
      return part?.kind === 'field' && part.path.length === 1 && part.path[0] === field
    }),
  )
}

/** What would give the act its index. */
const remedyOf = (act: PlacedAct): 'archive' | 'described' | 'line' =>
  act.act.place.kind === 'archive' ? 'archive' : isDescribed(act) ? 'described' : 'line'

/** An act whose rows are found by reading all there are. */
export const unservedClock = (act: PlacedAct, store: Store): Diagnostic =>
  report('clock-unindexed', act.act.due.origin, {
    entity: act.entity.name,
    table: store === 'postgres' ? act.place.table : act.place.collection,
    clock: clockOf(act.act.due),
    remedy: remedyOf(act),
    fields: fieldsOf(act),
  })
