import { type Feature, features } from '../model/feature.js'
import { type FeatureUse, featureUses } from '../model/feature-uses.js'
import type { TargetId } from '../model/options.js'
import type { SchemaSet } from '../model/schema-set.js'
import { supportOfSet } from './units.js'

/** A feature that the set uses and some of its targets only keep and show so far. */
export interface PlannedFeature {
  readonly feature: Feature
  readonly targets: readonly TargetId[]
  readonly uses: readonly FeatureUse[]
}

/** What the set asks for that a later version will act on. */
export const plannedFeatures = async (set: SchemaSet): Promise<readonly PlannedFeature[]> => {
  const support = await supportOfSet(set)
  return features.flatMap((feature) => {
    const targets = support.filter(({ supports }) => supports[feature] === 'planned').map(({ id }) => id)
    const uses = targets.length === 0 ? [] : featureUses(set, feature)
    return uses.length === 0 ? [] : [{ feature, targets, uses }]
  })
}
