import { Document, isScalar, visit } from 'yaml'
import { phases } from '../../evolution/index.js'
import { comment } from '../../kernel/safe/sql.js'
import { type Acceptance, hashOfPlan, type Plan, type PlannedStep, stepsOf } from './state.js'

const head = ` Planned and proved by botschema. Edit nothing but \`because\`: each hazard needs a reason before the plan is applied.`

/** What a plan asks people to accept, before anybody did. */
export const hazardsOf = ({ steps }: Plan): readonly Acceptance[] =>
  steps.flatMap(({ hazards, id }) => hazards.map((hazard) => ({ hazard, step: id, because: null })))

/** Statements of several lines stand as blocks. */
const withBlocks = (document: Document): void => {
  visit(document, {
    Scalar: (_, node) => {
      if (isScalar(node) && typeof node.value === 'string' && node.value.includes('\n')) node.type = 'BLOCK_LITERAL'
    },
  })
}

/** A step with what it does first, without what is empty: reading fills that in. */
const writtenStep = (step: PlannedStep): Readonly<Record<string, unknown>> => {
  const { before, cleanup, done, hazards, id, observed, phase, reverse, statements, transaction, values } = step
  const isEmpty = (value: unknown): boolean => value === null || (Array.isArray(value) && value.length === 0)
  const seen = observed && Object.fromEntries(Object.entries(observed).filter(([, all]) => !isEmpty(all)))
  const members = {
    id,
    phase,
    transaction,
    hazards,
    observed: seen,
    before,
    statements,
    done,
    cleanup,
    reverse,
    values,
  }
  return Object.fromEntries(Object.entries(members).filter(([, value]) => !isEmpty(value)))
}

/** A plan as plan.yaml has it. */
export const printPlan = (plan: Plan, accept: readonly Acceptance[] = hazardsOf(plan)): string => {
  const { steps, unproved, ...about } = plan
  const document = new Document(
    { ...about, hash: hashOfPlan(plan), accept, unproved, steps: steps.map(writtenStep) },
    { aliasDuplicateObjects: false },
  )
  document.commentBefore = head
  withBlocks(document)
  return document.toString({ lineWidth: 0 })
}

const how = ({ observed, transaction }: PlannedStep): string => {
  if (transaction === 'none') return 'in no transaction'
  const parts = [
    observed === null || observed.locks.length === 0 ? [] : [`locks ${observed.locks.join(', ')}`],
    observed === null || observed.rewrites.length === 0 ? [] : [`rewrites ${observed.rewrites.join(', ')}`],
    observed === null || observed.scans.length === 0 ? [] : [`reads through ${observed.scans.join(', ')}`],
  ].flat()
  return parts.length === 0 ? 'locks no table that was there' : parts.join('; ')
}

const stepText = (step: PlannedStep): string => {
  const hazards = step.hazards.length === 0 ? [] : [comment(`HAZARD: ${step.hazards.join(', ')}`)]
  const before = step.before.map(({ table, words }) => comment(`first looks for rows of ${table} ${words}`))
  const [open, close] = step.transaction === 'own' ? [['BEGIN;'], ['COMMIT;']] : [[], []]
  return [comment(step.id), comment(how(step)), ...hazards, ...before, ...open, ...step.statements, ...close].join('\n')
}

/** The SQL of a plan by phase, for people: what is applied stands in plan.yaml. */
export const sqlFiles = (plan: Plan): ReadonlyMap<string, string> =>
  new Map(
    phases.flatMap((phase, at) => {
      const steps = stepsOf(plan, phase)
      return steps.length === 0 ? [] : [[`${at + 1}-${phase}.sql`, `${steps.map(stepText).join('\n\n')}\n`] as const]
    }),
  )
