import { report } from '../../kernel/diagnostic.js'
import { entityRule, placeOf } from './rule.js'

/** Rows that a bot's function is handed have keys: by those it is said which of them are settled. */
export const hookKeys = entityRule('hook-keys', function* ({ key, retention }) {
  if (key.kind !== 'none' || retention?.lifecycle?.kind !== 'steps') return
  for (const { before, origin } of retention.lifecycle.steps) {
    if (before === null) continue
    const related = [{ message: 'it is said here that rows have no key', at: key.origin }]
    yield report('hook-without-key', placeOf(origin, before), { hook: before }, related)
  }
})
