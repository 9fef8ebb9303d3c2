import type { Type } from '../../model/type.js'
import { comparable } from './comparable.js'
import type { JudgeId } from './judges/judge.js'
import { codeOf, type Sample } from './rows/sample.js'

/** What stands for Postgres: the engine that botschema brings along, or a server. */
export type PostgresKind = 'embedded' | 'server'

/** A difference between judges that is known and stands: one that is no more fails the tests. */
export interface KnownDifference {
  /** What its uses are counted under; several values may differ in one way. */
  readonly id: string
  readonly judges: readonly JudgeId[]
  readonly kind: Type['kind']
  /** What the judge says, where the validators say the opposite. */
  readonly says: 'accepted' | 'refused'
  /** The value, as code has it. */
  readonly sample: unknown
  /** The Postgres that has it; null for any. */
  readonly postgres: PostgresKind | null
  /** Why it cannot be mended. */
  readonly reason: string
}

/** Of the embedded engine, which is Postgres built for WebAssembly with a driver of its own. */
const ofEmbeddedEngine: KnownDifference = {
  id: 'byte-order-mark',
  judges: ['Postgres', 'Postgres update'],
  kind: 'text',
  says: 'refused',
  sample: '\ufeff',
  postgres: 'embedded',
  reason:
    'The embedded engine reads texts with a decoder that drops a byte order mark at their start (PGlite, not Postgres): servers and pg return it.',
}

/** README, "What is proved, and where". */
const all: readonly KnownDifference[] = [ofEmbeddedEngine]

/** The known differences beside some Postgres. */
export const knownDifferencesOf = (kind: PostgresKind): readonly KnownDifference[] =>
  all.filter(({ postgres }) => postgres === null || postgres === kind)

const differs = (known: KnownDifference, type: Type, value: Sample): boolean =>
  known.kind === type.kind && comparable(known.sample) === comparable(codeOf(value))

/** Whether some judge is known to differ on a value, beside some Postgres. */
export const isKnownToDiffer = (type: Type, value: Sample): boolean => all.some((known) => differs(known, type, value))

/** The known difference that a judge's verdict on a value is, if it is one. */
export const knownDifference = (
  kind: PostgresKind,
  judge: JudgeId,
  says: string,
  type: Type,
  value: Sample,
): KnownDifference | undefined =>
  knownDifferencesOf(kind).find(
    (known) => known.judges.includes(judge) && known.says === says && differs(known, type, value),
  )
