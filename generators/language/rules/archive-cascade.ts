import { report } from '../../kernel/diagnostic.js'
import { referencesTo } from '../../model/lookup.js'
import { isGoneBy } from './retention-blocked.js'
import { entityRule } from './rule.js'

/** Rows that are moved to an archive do not take others with them, which nobody would archive. */
export const archiveCascade = entityRule('archive-cascade', function* ({ name, retention }, { set }) {
  const steps = retention?.lifecycle?.kind === 'steps' ? retention.lifecycle.steps : []
  const step = steps.find(({ action }) => action.kind === 'archive')
  if (step === undefined) return
  for (const { from, reference } of referencesTo(set, name)) {
    if (!reference.enforced || reference.onDelete !== 'cascade') continue
    if (from.name !== name && isGoneBy(from, step)) continue
    const words = { entity: from.name, field: reference.fields.join(', ') }
    yield report('archive-cascade', step.origin, words, [{ message: 'the reference is here', at: reference.origin }])
  }
})
