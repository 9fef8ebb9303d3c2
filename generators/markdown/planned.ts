import { joined, type Markdown, md, text } from '../kernel/safe/markdown.js'
import type { Entity } from '../model/entity.js'
import { type Feature, features } from '../model/feature.js'
import type { SchemaSet } from '../model/schema-set.js'
import { storeNames } from './holding.js'
import type { StoreAnswers } from './losses.js'

const some = (holds: (entity: Entity) => boolean) => (set: SchemaSet) => set.entities.some(holds)

/** Whether a set makes use of a feature that a store may still plan; a feature that is not here counts as used. */
const uses: { readonly [Name in Feature]?: (set: SchemaSet) => boolean } = {
  encrypted: (set) =>
    [...set.entities, ...set.objects].some(({ fields }) => fields.some(({ encrypted }) => encrypted !== null)),
  retention: some(({ retention }) => retention !== null && retention.lifecycle !== null),
  'guild-leave': some(({ retention }) => retention !== null && retention.guildLeave !== null),
  'member-leave': some(({ retention }) => retention !== null && retention.memberLeave !== null),
  erase: some(({ retention }) => retention !== null && retention.erase.length > 0),
  queries: some(({ queries }) => queries.length > 0),
  access: some(({ access }) => access.length > 0),
  seed: some(({ seed }) => seed.length > 0),
}

/** What the set says and these docs show, but a store's output does not act on yet: a line for each feature. */
export const plannedLines = (set: SchemaSet, answers: readonly StoreAnswers[]): readonly Markdown[] =>
  features
    .filter((feature) => uses[feature]?.(set) ?? true)
    .flatMap((feature) => {
      const planning = answers.filter(
        ({ store, supports }) => set.stores.includes(store) && supports[feature] === 'planned',
      )
      if (planning.length === 0) return []
      const stores = joined(
        planning.map(({ store }) => text(storeNames[store])),
        ', ',
      )
      return [md`${text(feature.replace(/-/g, ' '))} (${stores})`]
    })
