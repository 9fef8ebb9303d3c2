import { report } from '../../kernel/diagnostic.js'
import type { Origin } from '../../model/origin.js'
import { entityRule } from './rule.js'

/** A singleton has one row, so nothing about it tells rows apart. */
export const singletons = entityRule('singletons', function* ({ key, uniques, indexes, retention, seed }) {
  if (key.kind !== 'singleton') return
  const refuse = (problem: 'unique' | 'index' | 'retention' | 'seed', at: Origin) =>
    report('singleton-contradiction', at, { problem })
  for (const { origin } of uniques) yield refuse('unique', origin)
  for (const { origin } of indexes) yield refuse('index', origin)
  if (retention?.lifecycle?.kind === 'steps') yield refuse('retention', retention.lifecycle.origin)
  const [, second] = seed
  if (second !== undefined) yield refuse('seed', second.origin)
})
