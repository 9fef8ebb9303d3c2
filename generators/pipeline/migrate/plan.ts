import { compareSets, type NoRecipe, placesOf, renamesOf } from '../../evolution/index.js'
import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { hasErrors } from '../../kernel/result.js'
import { findObject } from '../../model/lookup.js'
import type { SchemaSet } from '../../model/schema-set.js'
import { askedOf, conflictOf } from '../changes/index.js'
import { emittedSql, wantedFacts } from '../drift/wanted.js'
import type { Host } from '../host.js'
import { printModel } from '../model-file/print.js'
import { join } from '../paths.js'
import { endFile, planFile } from './chain.js'
import { type PostgresState, planBetween } from './planning.js'
import { type MigratedSet, stateOf } from './prepare.js'
import { hazardsOf, printPlan, sqlFiles } from './print.js'
import { type Proved, provePlan } from './prove.js'
import { hashOfSet, type Plan, type PlannedStep } from './state.js'

/** What `migrate plan` made of a set, as `--json` has it. */
export interface PlannedSet {
  readonly folder: string
  readonly name: string
  /** The folder of the plan; null: there is nothing to plan. */
  readonly plan: string | null
  readonly steps: readonly PlannedStep[]
  readonly hazards: readonly { readonly hazard: string; readonly step: string }[]
  readonly tables: Proved['tables']
  readonly unproved: readonly string[]
}

export interface PlanResult {
  readonly diagnostics: readonly Diagnostic[]
  readonly planned: PlannedSet | null
}

const planName = /^[a-z0-9]+(?:-[a-z0-9]+)*$/

export const isPlanName = (name: string): boolean => planName.test(name) && name.length <= 60

/** Stored JSON and values of checks are rows, which a change of the schema does not change. */
const unplannable = (before: SchemaSet, after: SchemaSet): readonly Diagnostic[] =>
  compareSets(before, after).changes.flatMap(({ at, kind, subject }) => {
    if (kind !== 'renamed') return []
    const [thing, name = ''] = subject.split(' ')
    const isKey = thing === 'field' && findObject(after, name.split('.')[0] ?? '') !== undefined
    if (!isKey && thing !== 'value') return []
    const reason = isKey ? 'rows hold JSON with the old key' : 'rows hold the old value'
    return [report('plan-no-recipe', at, { what: subject, reason })]
  })

const refusals = ({ options, set }: PostgresState, refused: readonly NoRecipe[]): readonly Diagnostic[] => {
  const placeOf = placesOf(set, options)
  return refused.map(({ object, reason }) => {
    const id = object ?? ''
    const [kind, name = ''] = id.split(/ (.*)/s)
    const at = placeOf({ id, parent: name.includes('.') ? `table ${name.slice(0, name.indexOf('.'))}` : null })
    return report('plan-no-recipe', at, { what: `${kind} \`${name}\``, reason })
  })
}

/** The plan before, its end, and whether the set says something else. */
export const headOf = async ({ chain, state }: MigratedSet) => {
  const head = chain.plans.at(-1) ?? null
  const before = head === null ? null : stateOf(head.end)
  const isBehind =
    before === null || (await emittedSql(before.set, before.options)) !== (await emittedSql(state.set, state.options))
  return { head, before, isBehind }
}

export const nothing = ({ folder, state }: MigratedSet): PlannedSet => ({
  folder,
  name: state.set.name,
  plan: null,
  steps: [],
  hazards: [],
  tables: [],
  unproved: [],
})

/** Writes a plan into a folder of its own, with the model that it ends at. */
export const writePlan = (host: Host, set: MigratedSet, name: string, plan: Plan, end: SchemaSet): string => {
  const last = set.chain.plans.at(-1)?.folder ?? '0000'
  const folder = `${String(Number(last.slice(0, 4)) + 1).padStart(4, '0')}-${name}`
  const write = (file: string, text: string): void =>
    host.files.write(set.root, set.migrations, `${folder}/${file}`, text)
  for (const [file, text] of sqlFiles(plan)) write(file, text)
  write(endFile, printModel(end))
  // The plan itself last: a folder without it is none.
  write(planFile, printPlan(plan))
  return join(set.migrations, folder)
}

/** How a plan is made. */
export interface PlanOptions {
  readonly name: string
  readonly isQuick: boolean
}

export const unobserved = (steps: readonly Omit<PlannedStep, 'observed'>[]): readonly PlannedStep[] =>
  steps.map((step) => ({ ...step, observed: null }))

export const failuresOf = (set: MigratedSet, { failures }: Proved): readonly Diagnostic[] =>
  failures.map(({ problem, step }) => report('plan-not-proved', set.at, { problem, step }))

/** Plans the way from the last plan's end to the set, proves it, and writes it where the proof is whole. */
export const planSet = async (host: Host, set: MigratedSet, { isQuick, name }: PlanOptions): Promise<PlanResult> => {
  const { before, head, isBehind } = await headOf(set)
  if (!isBehind) return { diagnostics: [], planned: nothing(set) }
  const { state } = set
  if (before !== null) {
    const { conflicts, questions } = compareSets(before.set, state.set)
    const asked = [...questions.map(askedOf), ...conflicts.map(conflictOf), ...unplannable(before.set, state.set)]
    if (hasErrors(asked)) return { diagnostics: asked, planned: null }
  }
  host.progress(`${set.folder}: planning`)
  const wanted = await wantedFacts(state.set, state.options)
  if (typeof wanted === 'string') {
    return { diagnostics: [report('plan-not-held', set.at, { reason: wanted })], planned: null }
  }
  try {
    const made = await planBetween(before, state, wanted, isQuick)
    if (typeof made === 'string') {
      return { diagnostics: [report('plan-not-proved', set.at, { step: null, problem: made })], planned: null }
    }
    if (made.refused.length > 0) return { diagnostics: refusals(state, made.refused), planned: null }
    const proved = await provePlan(before, state, wanted, made.renames, unobserved(made.steps), isQuick, (text) =>
      host.progress(`${set.folder}: ${text}`),
    )
    if (proved.failures.length > 0) return { diagnostics: failuresOf(set, proved), planned: null }
    const plan: Plan = {
      name,
      parent: head?.hash ?? null,
      from: head?.plan.to ?? null,
      to: hashOfSet(state.set),
      quick: isQuick,
      steps: proved.steps,
      unproved: proved.unproved,
    }
    return {
      diagnostics: [],
      planned: {
        ...nothing(set),
        plan: writePlan(host, set, name, plan, state.set),
        steps: plan.steps,
        hazards: hazardsOf(plan).map(({ hazard, step }) => ({ hazard, step })),
        tables: proved.tables,
        unproved: plan.unproved,
      },
    }
  } finally {
    await wanted.close()
  }
}

/** Proves all plans of a set again, each from where it begins. */
export const proveSet = async (host: Host, set: MigratedSet): Promise<readonly Diagnostic[]> => {
  const diagnostics: Diagnostic[] = []
  for (const [index, { at, end, folder, plan }] of set.chain.plans.entries()) {
    const [earlier, state] = [set.chain.plans[index - 1], stateOf(end)]
    const before = earlier === undefined ? null : stateOf(earlier.end)
    if (state === null) continue
    const wanted = await wantedFacts(state.set, state.options)
    if (typeof wanted === 'string') {
      diagnostics.push(report('plan-not-held', at, { reason: wanted }))
      continue
    }
    try {
      const renames = before === null ? [] : renamesOf(before.set, state.set, state.options)
      const { failures } = await provePlan(before, state, wanted, renames, plan.steps, plan.quick, (text) =>
        host.progress(`${folder}: ${text}`),
      )
      diagnostics.push(...failures.map(({ problem, step }) => report('plan-not-proved', at, { problem, step })))
    } finally {
      await wanted.close()
    }
  }
  return diagnostics
}
