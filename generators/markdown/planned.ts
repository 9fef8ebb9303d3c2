import { joined, type Markdown, md, text } from '../kernel/safe/markdown.js'
import { features } from '../model/feature.js'
import { featureUses } from '../model/feature-uses.js'
import type { SchemaSet } from '../model/schema-set.js'
import { storeNames } from './holding.js'
import type { StoreAnswers } from './losses.js'

/** What the set says and these docs show, but a store's output does not act on yet: a line for each feature. */
export const plannedLines = (set: SchemaSet, answers: readonly StoreAnswers[]): readonly Markdown[] =>
  features.flatMap((feature) => {
    const planning = answers.filter(
      ({ store, supports }) => set.stores.includes(store) && supports[feature] === 'planned',
    )
    if (planning.length === 0 || featureUses(set, feature).length === 0) return []
    const stores = joined(
      planning.map(({ store }) => text(storeNames[store])),
      ', ',
    )
    return [md`${text(feature.replace(/-/g, ' '))} (${stores})`]
  })
