import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { nearest } from '../../kernel/nearest.js'
import type { CommandContext, Member } from './context.js'

/** The finding that a word with a `$` is no operator of those that may stand where it stands; null where it is one. */
export const unknownOperator = (
  { query, placeOf }: CommandContext,
  { key, pointer }: Member,
  known: ReadonlySet<string>,
): Diagnostic | null =>
  known.has(key)
    ? null
    : report('query-operator', placeOf('key', pointer), { name: key, query: query.name, nearest: nearest(key, known) })
