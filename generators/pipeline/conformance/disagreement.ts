import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { findField } from '../../model/lookup.js'
import type { Finding } from './agreement.js'
import type { ConditionFinding } from './conditions/asking.js'
import type { Answer, ReaderId } from './conditions/reader.js'
import { saidOfCondition, shownFields } from './conditions/words.js'
import type { EarlierReaderId } from './earlier/reader.js'
import type { JudgeId, Verdict } from './judges/judge.js'
import { nameAt } from './rows/given.js'
import { changeOf, saidOf, shownRow } from './words.js'

/** A row that targets disagree about: the smallest that was found. */
export interface Disagreement {
  readonly entity: string
  /** The field that was changed; null where the row as a whole is at issue. */
  readonly field: string | null
  /** What was changed, for people. */
  readonly change: string
  /** What was changed of the row, as JSON text by the properties of code. */
  readonly row: string
  readonly verdicts: readonly Said[]
}

interface Said {
  readonly judge: JudgeId | ReaderId | EarlierReaderId
  readonly verdict: 'accepted' | 'refused'
  /** The judge's own words, or what became of the row; null where there is nothing to say. */
  readonly words: string | null
}

const said = (judge: JudgeId, verdict: Verdict): readonly Said[] => {
  switch (verdict.kind) {
    case 'abstains':
      return []
    case 'refused':
      return [{ judge, verdict: 'refused', words: verdict.words }]
    case 'accepted':
      return [{ judge, verdict: 'accepted', words: verdict.stored?.words || null }]
  }
}

const fieldOf = ({ probe: { entity, corner } }: Finding) =>
  corner === null ? undefined : findField(entity, nameAt(corner.path) ?? '')

/** A finding as data. */
export const disagreementOf = (finding: Finding): Disagreement => ({
  entity: finding.probe.entity.name,
  field: fieldOf(finding)?.name ?? null,
  change: changeOf(finding.probe),
  row: shownRow(finding.probe),
  verdicts: [...finding.verdicts].flatMap(([judge, verdict]) => said(judge, verdict)),
})

/** A finding at the place of the field that was changed, or of the entity. */
export const diagnosticOf = (finding: Finding): Diagnostic => {
  const { entity } = finding.probe
  return report('targets-disagree', fieldOf(finding)?.origin ?? entity.origin, {
    entity: entity.name,
    change: changeOf(finding.probe),
    row: shownRow(finding.probe),
    said: saidOf(finding).join('\n'),
  })
}

const saidByReader = (judge: ReaderId, answer: Answer): Said =>
  typeof answer === 'boolean'
    ? { judge, verdict: answer ? 'accepted' : 'refused', words: null }
    : { judge, verdict: 'refused', words: answer.words }

/** A row that meets a condition to some who read it, and to others not, as data. */
export const conditionDisagreementOf = (finding: ConditionFinding): Disagreement => ({
  entity: finding.condition.entity.name,
  field: null,
  change: finding.condition.name,
  row: shownFields(finding),
  verdicts: [...finding.answers].map(([id, answer]) => saidByReader(id, answer)),
})

/** The same at the place of the condition. */
export const conditionDiagnosticOf = (finding: ConditionFinding): Diagnostic =>
  report('targets-disagree', finding.condition.expression.origin, {
    entity: finding.condition.entity.name,
    change: finding.condition.name,
    row: shownFields(finding),
    said: saidOfCondition(finding).join('\n'),
  })
