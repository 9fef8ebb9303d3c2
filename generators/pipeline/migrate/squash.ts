import { report } from '../../kernel/diagnostic.js'
import { wantedFacts } from '../drift/wanted.js'
import type { Host } from '../host.js'
import { join } from '../paths.js'
import type { ChainedPlan } from './chain.js'
import { failuresOf, headOf, nothing, type PlanResult, unobserved, writePlan } from './plan.js'
import { planBetween } from './planning.js'
import type { MigratedSet } from './prepare.js'
import { provePlan } from './prove.js'
import type { Plan } from './state.js'

const removePlan = (host: Host, { migrations, root }: MigratedSet, { folder }: ChainedPlan): void => {
  const place = join(migrations, folder)
  for (const { name } of host.files.list(place)) host.files.remove(root, join(place, name))
  host.files.removeEmptyFolder(root, place)
}

/**
 * Puts one plan in the place of all: from nothing to where they end. A database that is there already stays where it is,
 * since the ledger knows it by its model; one that is on the way has to be brought there before.
 */
export const squashSet = async (host: Host, set: MigratedSet, name: string): Promise<PlanResult> => {
  const { before, head, isBehind } = await headOf(set)
  if (isBehind || before === null || head === null) {
    return { diagnostics: [report('plan-behind', set.at, { plan: head?.folder ?? null })], planned: null }
  }
  if (set.chain.plans.length === 1) return { diagnostics: [], planned: nothing(set) }
  const wanted = await wantedFacts(before.set, before.options)
  if (typeof wanted === 'string') {
    return { diagnostics: [report('plan-not-held', set.at, { reason: wanted })], planned: null }
  }
  try {
    const made = await planBetween(null, before, wanted, false)
    if (typeof made === 'string') {
      return { diagnostics: [report('plan-not-held', set.at, { reason: made })], planned: null }
    }
    const proved = await provePlan(null, before, wanted, [], unobserved(made.steps), false, host.progress)
    if (proved.failures.length > 0) return { diagnostics: failuresOf(set, proved), planned: null }
    const { steps, unproved } = proved
    const plan: Plan = { name, parent: null, from: null, to: head.plan.to, quick: false, steps, unproved }
    // Written first: until the others are gone, `check` sees two that begin at nothing.
    const folder = writePlan(host, set, name, plan, head.end)
    for (const one of set.chain.plans) removePlan(host, set, one)
    return { diagnostics: [], planned: { ...nothing(set), plan: folder, steps, unproved } }
  } finally {
    await wanted.close()
  }
}
