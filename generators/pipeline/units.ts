import { hashOf } from '../kernel/hash.js'
import { collect, type Result } from '../kernel/result.js'
import { type TargetId, type TargetOptions, targetIds } from '../model/options.js'
import type { SchemaSet } from '../model/schema-set.js'
import type { Loss, Target, Unit } from '../model/target.js'
import { targets } from './targets.js'

/** A unit with the target it is of. `key` names it among all units of a set; `version` changes with all that its emission reads. */
export interface TargetUnit {
  readonly unit: Unit
  readonly key: string
  readonly version: string
}

/** A loss with the target that has it. */
export interface TargetLoss extends Loss {
  readonly target: TargetId
}

type Use<T> = <Id extends TargetId>(target: Target<Id>, options: NonNullable<TargetOptions[Id]>) => T

const useTarget = async <Id extends TargetId, T>(id: Id, set: SchemaSet, use: Use<T>): Promise<T | null> => {
  const options: TargetOptions[Id] = set.targets[id]
  return options === null ? null : use(await targets[id](), options)
}

const useTargets = async <T>(set: SchemaSet, use: Use<T>): Promise<readonly T[]> => {
  const used: T[] = []
  for (const id of targetIds) {
    const result = await useTarget(id, set, use)
    if (result !== null) used.push(result)
  }
  return used
}

const unitsOf = (set: SchemaSet): Use<Result<readonly TargetUnit[]>> => {
  return (target, options) => {
    const { value, diagnostics } = target.units(set, options)
    const optionsHash = hashOf(options)
    const units = value.map((unit) => ({
      unit,
      key: `${target.id}/${unit.id}`,
      version: `${optionsHash} ${unit.hash}`,
    }))
    return { value: units, diagnostics }
  }
}

/** The units of every target that the set has on, with what the targets' names and views find. */
export const unitsOfSet = async (set: SchemaSet): Promise<Result<readonly TargetUnit[]>> => {
  const { value, diagnostics } = collect(await useTargets(set, unitsOf(set)))
  return { value: value.flat(), diagnostics }
}

/** What the targets cannot hold their stores to, for this very set. */
export const lossesOfSet = async (set: SchemaSet): Promise<readonly TargetLoss[]> => {
  const losses = await useTargets(set, (target, options) =>
    target.losses(set, options).map((loss) => ({ ...loss, target: target.id })),
  )
  return losses.flat()
}

/** What each target says of each feature of the language. */
export const supportOfSet = async (set: SchemaSet): Promise<readonly Pick<Target, 'id' | 'supports'>[]> =>
  useTargets(set, ({ id, supports }) => ({ id, supports }))
