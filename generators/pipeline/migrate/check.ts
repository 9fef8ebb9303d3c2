import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import type { ChainedPlan } from './chain.js'
import { headOf } from './plan.js'
import type { MigratedSet } from './prepare.js'
import { hazardsOf } from './print.js'

/** The hazards of a plan that nobody gave a reason for. */
export const unaccepted = ({ accept, at, plan }: ChainedPlan): readonly Diagnostic[] =>
  hazardsOf(plan).flatMap(({ hazard, step }) => {
    const found = accept.find((one) => one.hazard === hazard && one.step === step)
    return (found?.because ?? '').trim() === '' ? [report('plan-hazard', found?.at ?? at, { hazard, step })] : []
  })

/** What is wrong with the plans of a set, besides what kept them from being read. */
export const checkSet = async (set: MigratedSet): Promise<readonly Diagnostic[]> => {
  const { head, isBehind } = await headOf(set)
  const behind = isBehind ? [report('plan-behind', set.at, { plan: head?.folder ?? null })] : []
  return [...set.chain.plans.flatMap(unaccepted), ...behind]
}
