import { jsonOf } from '../rows/sample.js'
import type { ConditionFinding } from './asking.js'
import type { Answer, ReaderId } from './reader.js'

const said = (answer: Answer): string => {
  if (typeof answer === 'boolean') return answer ? 'is met' : 'is not met'
  return answer.words
}

/** The fields of a finding's row that the condition reads, as JSON text. */
export const shownFields = ({ row }: ConditionFinding): string => JSON.stringify(jsonOf(row))

/** What each reader says of the row, a line for those who say the same. */
export const saidOfCondition = ({ answers }: ConditionFinding): readonly string[] => {
  const sayers = new Map<string, ReaderId[]>()
  for (const [id, answer] of answers) sayers.set(said(answer), [...(sayers.get(said(answer)) ?? []), id])
  return [...sayers].map(([words, ids]) => `${ids.join(', ')}: ${words}`)
}

/** A disagreement about a condition for people. */
export const toldCondition = (finding: ConditionFinding): string => {
  const { condition } = finding
  return [
    `${condition.entity.name}: ${condition.name} (${condition.reading})`,
    `  ${shownFields(finding)}`,
    ...saidOfCondition(finding).map((line) => `  ${line}`),
  ].join('\n')
}
