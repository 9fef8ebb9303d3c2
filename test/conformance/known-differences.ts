import type { Type } from '../../generators/model/type.js'
import { serverUrl } from '../support/postgres.js'
import type { JudgeId } from './judge.js'

/** A difference between judges that is known and stands: one that is no more fails the tests. */
export interface KnownDifference {
  readonly judges: readonly JudgeId[]
  readonly kind: Type['kind']
  /** What the judge says, where the validators say the opposite. */
  readonly says: 'accepted' | 'refused'
  /** The value, as code has it. */
  readonly sample: unknown
  /** Why it cannot be mended. */
  readonly reason: string
}

/** Of the embedded engine, which is Postgres built for WebAssembly with a driver of its own. */
const ofEmbeddedEngine: readonly KnownDifference[] = [
  {
    judges: ['Postgres', 'Postgres update'],
    kind: 'text',
    says: 'refused',
    sample: '\ufeff',
    reason:
      'The embedded engine reads texts with a decoder that drops a byte order mark at their start (PGlite, not Postgres): servers and pg return it.',
  },
]

export const knownDifferences: readonly KnownDifference[] = serverUrl === null ? ofEmbeddedEngine : []
