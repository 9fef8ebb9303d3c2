import type { SchemaSet } from '../../../model/schema-set.js'
import { NoValue } from '../no-value.js'
import type { Members } from '../rows/sample.js'
import type { Condition } from './condition.js'
import { type Extent, rowsFor } from './domain.js'
import type { Answer, Asked, ConditionReader, ReaderId } from './reader.js'

/** A row about which readers of a condition disagree: whether it is met. */
export interface ConditionFinding {
  readonly condition: Condition
  readonly row: Members
  readonly answers: ReadonlyMap<ReaderId, Answer>
}

const shownAnswer = (answer: Answer): string => (typeof answer === 'boolean' ? String(answer) : answer.words)

/** The first row that readers disagree about, of those with the fewest values in it: they are in that order. */
const disagreement = (
  { condition, rows }: Asked,
  given: ReadonlyMap<ReaderId, readonly Answer[]>,
): ConditionFinding | null => {
  for (const [place, row] of rows.entries()) {
    const answers = new Map(
      [...given].flatMap(([id, all]) => {
        const answer = all[place]
        return answer === undefined ? [] : [[id, answer] as const]
      }),
    )
    const isAgreed = [...answers.values()].every((answer) => typeof answer === 'boolean')
    if (!isAgreed || new Set([...answers.values()].map(shownAnswer)).size > 1) return { condition, row, answers }
  }
  return null
}

/** What was asked, and what was found: at most one row for each condition. */
export interface AskedConditions {
  readonly asked: readonly Asked[]
  readonly findings: readonly ConditionFinding[]
  /** Conditions that no rows could be made for, and why. */
  readonly unasked: readonly { readonly condition: Condition; readonly reason: string }[]
}

/** Asks every reader which rows of the fields that conditions read meet them. */
export const askConditions = async (
  set: SchemaSet,
  readers: readonly ConditionReader[],
  conditions: readonly Condition[],
  extent: Extent,
): Promise<AskedConditions> => {
  const asked: Asked[] = []
  const unasked: AskedConditions['unasked'][number][] = []
  for (const condition of conditions) {
    try {
      asked.push({ condition, rows: rowsFor(set, condition.entity, condition.expression, extent) })
    } catch (error) {
      if (!(error instanceof NoValue)) throw error
      unasked.push({ condition, reason: error.message })
    }
  }
  const given = asked.map(() => new Map<ReaderId, readonly Answer[]>())
  for (const { id, read } of readers) {
    for (const [place, answers] of (await read(asked)).entries()) {
      if (answers !== null) given[place]?.set(id, answers)
    }
  }
  const findings = asked.flatMap((one, place) => disagreement(one, given[place] ?? new Map()) ?? [])
  return { asked, findings, unasked }
}
