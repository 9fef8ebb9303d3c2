import { unreachable } from '../kernel/bug.js'
import { mermaidLabel } from '../kernel/safe/mermaid.js'
import type { Entity } from '../model/entity.js'
import type { Step, StepAction } from '../model/retention.js'
import { expressionText } from './expression.js'
import { ageText } from './life.js'

interface Drawn {
  readonly lines: readonly string[]
  /** The states that a row may be in so far. */
  readonly now: readonly string[]
}

const isPlain = (value: unknown): value is string | number | boolean | null =>
  value === null || typeof value !== 'object'

const setLabel = (action: Extract<StepAction, { kind: 'set' }>): string =>
  action.values
    .map(({ field, value }) => `${field} = ${isPlain(value) ? String(value) : 'now' in Object(value) ? 'now' : '…'}`)
    .join(', ')

const dueLabel = ({ due }: Step, clock: string | null): string => {
  if (due.kind === 'at') return `at ${due.field}`
  return due.of === clock ? ageText(due.age) : `${ageText(due.age)} after ${due.of}`
}

const arrowLabel = (step: Step, clock: string | null): string =>
  mermaidLabel(
    [
      dueLabel(step, clock),
      ...(step.where === null ? [] : [`where ${expressionText(step.where)}`]),
      ...(step.before === null ? [] : [`after ${step.before}`]),
      ...(step.summarise === null ? [] : [`summarised in ${step.summarise.into}`]),
    ].join(', '),
  )

const stateOf = (action: StepAction, index: number): { readonly id: string; readonly label: string | null } => {
  switch (action.kind) {
    case 'set':
      return { id: `changed_${index + 1}`, label: setLabel(action) }
    case 'archive':
      return { id: 'archived', label: `in ${action.into}` }
    case 'delete':
      return { id: '[*]', label: null }
    default:
      return unreachable(action)
  }
}

/** A step with a condition leaves the rows behind that do not meet it, so both states go on. */
const draw = (drawn: Drawn, step: Step, index: number, clock: string | null): Drawn => {
  const { id, label } = stateOf(step.action, index)
  const arrows = drawn.now.map((state) => `  ${state} --> ${id}: ${arrowLabel(step, clock)}`)
  const named = label === null ? [] : [`  ${id}: ${mermaidLabel(label)}`]
  const staying = step.where === null ? [] : drawn.now
  return {
    lines: [...drawn.lines, ...named, ...arrows],
    now: step.action.kind === 'delete' ? staying : [...staying, id],
  }
}

/** The life of a row as a Mermaid state diagram; null where rows do not change with age. */
export const lifePicture = (entity: Entity): string | null => {
  const lifecycle = entity.retention?.lifecycle
  if (lifecycle?.kind !== 'steps' || lifecycle.steps.length === 0) return null
  const start: Drawn = { lines: ['stateDiagram-v2', '  direction LR', '  [*] --> kept'], now: ['kept'] }
  const drawn = lifecycle.steps.reduce((so, step, index) => draw(so, step, index, lifecycle.clock), start)
  return drawn.lines.join('\n')
}
