import type { HazardKind, InTheWay, Phase, Step } from '../../evolution/index.js'
import { canonical, sha256 } from '../../kernel/hash.js'
import type { SchemaSet } from '../../model/schema-set.js'
import { printModel } from '../model-file/print.js'

/** What the embedded engine was seen to do in a step. */
export interface Observed {
  /** The strongest lock on each table that was there before: `guilds AccessExclusiveLock`. */
  readonly locks: readonly string[]
  /** Tables that were written anew. */
  readonly rewrites: readonly string[]
  /** Tables whose rows were all read. */
  readonly scans: readonly string[]
}

/** A step as a plan has it. `observed` is null where nothing could be: Postgres lets nobody look into it. */
export interface PlannedStep extends Omit<Step, 'statements' | 'done' | 'cleanup' | 'reverse' | 'before'> {
  readonly statements: readonly string[]
  readonly before: readonly { readonly [name in keyof InTheWay]: string }[]
  readonly done: string | null
  readonly cleanup: string | null
  readonly reverse: readonly string[] | null
  readonly observed: Observed | null
}

/** A hazard of a step, and why somebody accepts it; null: nobody did. */
export interface Acceptance {
  readonly hazard: HazardKind
  readonly step: string
  readonly because: string | null
}

export interface Plan {
  readonly name: string
  /** The hash of the plan before it; null: it is the first. */
  readonly parent: string | null
  /** The hash of the model that it begins at; null: nothing is there. */
  readonly from: string | null
  /** The hash of the model that it ends at. */
  readonly to: string
  /** For a bot that is stopped meanwhile: one transaction where that is possible. */
  readonly quick: boolean
  readonly steps: readonly PlannedStep[]
  /** What was not proved of it, in sentences. */
  readonly unproved: readonly string[]
}

/** The hash of all that a plan does. Who accepts which hazard is no part of it. */
export const hashOfPlan = (plan: Plan): string => sha256(canonical(plan))

/** The hash of a set as plans call it: of its model.json. */
export const hashOfSet = (set: SchemaSet): string => sha256(printModel(set))

export const stepsOf = ({ steps }: Plan, phase: Phase): readonly PlannedStep[] =>
  steps.filter((step) => step.phase === phase)
