import type { JudgeId } from '../../../generators/pipeline/conformance/judges/judge.js'

/** Who speaks for an emitted file, and may be wrong. */
export type Target = 'zod' | 'mongoose' | 'mongo' | 'postgres' | 'json-schema'

/**
 * One rule that an emitter gets wrong: the emitted text as it would then be. A mutation of another kind (of pairs, of
 * rows of before) is another list, with a question of its own to its judge.
 */
export interface Mutation {
  /** What is wrong, as a test is called by it. */
  readonly rule: string
  /** The emitter whose text it is. */
  readonly emitter: string
  readonly target: Target
  readonly file: string
  readonly from: string
  readonly to: string
  /** Where the judges notice: a corner of an entity; null for a whole row. */
  readonly entity: string
  readonly at: string | null
  /** The judge that is then alone. */
  readonly judge: JudgeId
}

type Place = readonly [entity: string, at: string | null]
type Change = readonly [from: string, to: string]

/** Makes mutations of one emitter's files. */
export const mutationOf =
  (target: Target, judge: JudgeId, emitter: string, fileOf: (entity: string) => string) =>
  (rule: string, [entity, at]: Place, [from, to]: Change): Mutation => ({
    rule,
    emitter,
    target,
    file: fileOf(entity),
    from,
    to,
    entity,
    at,
    judge,
  })
