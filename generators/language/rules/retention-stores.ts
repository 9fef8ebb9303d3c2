import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import type { Entity } from '../../model/entity.js'
import { fieldsRead } from '../../model/expression.js'
import { findField } from '../../model/lookup.js'
import type { Lifecycle, Step } from '../../model/retention.js'
import { entityRule, placeOf } from './rule.js'

const readBy = ({ due, where, summarise }: Step): readonly string[] => [
  due.kind === 'at' ? due.field : due.of,
  ...(where === null ? [] : fieldsRead(where).flatMap(([name]) => name ?? [])),
  ...(summarise === null ? [] : [...summarise.by, ...summarise.aggregates].map(({ field }) => field)),
]

const usedBy = (step: Step): readonly string[] => [
  ...readBy(step),
  ...(step.action.kind === 'set' ? step.action.values.map(({ field }) => field) : []),
]

function* ofSteps(entity: Entity, { steps, clock, keepNewest }: Lifecycle & { kind: 'steps' }): Generator<Diagnostic> {
  const isEverywhere = (name: string): boolean => {
    const stores = findField(entity, name)?.stores
    return stores === undefined || entity.stores.every((store) => stores.includes(store))
  }
  const newest = keepNewest === null ? [] : [...keepNewest.per, ...(clock === null ? [] : [clock])]
  const used = [
    ...steps.map((step) => ({ names: usedBy(step), origin: step.origin })),
    ...(keepNewest === null ? [] : [{ names: newest, origin: keepNewest.origin }]),
  ]
  for (const { names, origin } of used) {
    for (const name of new Set(names)) {
      if (!isEverywhere(name))
        yield report('store-contradiction', placeOf(origin, name), { field: name, problem: 'lifecycle' })
    }
  }
}

/** Rows age alike in every store that keeps them. */
export const retentionStores = entityRule('retention-stores', function* (entity) {
  const lifecycle = entity.retention?.lifecycle
  if (lifecycle?.kind === 'steps') yield* ofSteps(entity, lifecycle)
})
