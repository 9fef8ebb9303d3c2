import { compareSets, type SetChanges } from '../../generators/evolution/index.js'
import { known } from '../../generators/kernel/bug.js'
import { toJson } from '../../generators/kernel/diagnostic.js'
import type { SchemaSet } from '../../generators/model/schema-set.js'
import { compileTexts } from '../support/compile.js'

export type Texts = Readonly<Record<string, string>>

/** A set without errors. */
export const setOf = (texts: Texts): SchemaSet => {
  const { diagnostics, value } = compileTexts(texts)
  const errors = diagnostics.filter(({ severity }) => severity === 'error').map(toJson)
  if (errors.length > 0) throw new Error(JSON.stringify(errors, null, 2))
  return known(value, 'a set').set
}

/** Changes as lines: `narrowed field user.name → rows, writers, callers`. */
export const linesOf = ({ changes, conflicts, questions }: SetChanges): readonly string[] => [
  ...changes.map(({ breaks, kind, subject }) => `${kind} ${subject} → ${breaks.join(', ') || 'nobody'}`),
  ...questions.map(
    ({ candidates, gone, owner, thing }) =>
      `${thing} ${owner ?? ''}.${gone} → ${candidates.map(({ name }) => name).join(', ')}?`,
  ),
  ...conflicts.map(({ name, thing, was }) => `${thing} ${name} was not ${was}`),
]

export const comparedLines = (before: Texts, after: Texts): readonly string[] =>
  linesOf(compareSets(setOf(before), setOf(after)))
