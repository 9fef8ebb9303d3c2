import type { SchemaSet } from '../../generators/model/schema-set.js'
import { wantedFacts } from '../../generators/pipeline/drift/wanted.js'
import { type Planned, type PostgresState, planBetween } from '../../generators/pipeline/migrate/planning.js'
import { type Proved, provePlan } from '../../generators/pipeline/migrate/prove.js'
import { setOf, withDefaults } from '../support/schema-sql.js'

export const stateOf = (set: SchemaSet): PostgresState => ({
  set,
  options: withDefaults({ ...set.targets.postgres }),
})

export interface PlannedAndProved {
  readonly planned: Planned
  readonly proved: Proved
}

/** Plans from one set to another, and proves the plan. */
export const planSets = async (before: SchemaSet, after: SchemaSet, isQuick = false): Promise<PlannedAndProved> => {
  const [was, is] = [stateOf(before), stateOf(after)]
  const wanted = await wantedFacts(is.set, is.options)
  if (typeof wanted === 'string') throw new Error(wanted)
  try {
    const planned = await planBetween(was, is, wanted, isQuick)
    if (typeof planned === 'string') throw new Error(planned)
    const steps = planned.steps.map((step) => ({ ...step, observed: null }))
    const proved = await provePlan(was, is, wanted, planned.renames, steps, isQuick, () => undefined)
    return { planned, proved }
  } finally {
    await wanted.close()
  }
}

export const planTexts = (before: string, after: string, isQuick = false): Promise<PlannedAndProved> =>
  planSets(setOf(before), setOf(after), isQuick)
