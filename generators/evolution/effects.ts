import type { Change, Difference } from './differ.js'
import type { Kind, ObjectFacts, Value } from './facts.js'

/** How bad a difference is. */
export type Effect = 'breaks reads' | 'breaks writes' | 'loosens a promise' | 'is cosmetic'

/** From the worst. */
const effects: readonly Effect[] = ['breaks reads', 'breaks writes', 'loosens a promise', 'is cosmetic']

const worst = (all: readonly Effect[]): Effect => effects.find((effect) => all.includes(effect)) ?? 'is cosmetic'

const missing: Readonly<Record<Kind, Effect>> = {
  schema: 'breaks reads',
  extension: 'breaks writes',
  type: 'breaks reads',
  function: 'breaks writes',
  sequence: 'breaks writes',
  table: 'breaks reads',
  column: 'breaks reads',
  constraint: 'loosens a promise',
  index: 'loosens a promise',
  view: 'breaks reads',
  trigger: 'loosens a promise',
}

/** Inserts leave out a column that they do not know. */
const extraColumn = ({ properties }: ObjectFacts): Effect => {
  const isFilled = ['default', 'generated', 'made'].some((name) => properties[name] !== null)
  return properties['notNull'] === true && !isFilled ? 'breaks writes' : 'is cosmetic'
}

const extra = (object: ObjectFacts): Effect => {
  switch (object.kind) {
    case 'column':
      return extraColumn(object)
    case 'constraint':
    case 'trigger':
      return 'breaks writes'
    case 'index':
      return object.properties['unique'] === true ? 'breaks writes' : 'is cosmetic'
    default:
      return 'is cosmetic'
  }
}

const lacks = (all: Value, some: Value): boolean =>
  Array.isArray(all) && Array.isArray(some) && some.some((value) => !all.includes(value))

const ofColumn = ({ property, wanted }: Change): Effect => {
  switch (property) {
    case 'type':
    case 'generated':
    case 'generation':
      return 'breaks reads'
    case 'made':
    case 'sequence':
      return 'breaks writes'
    case 'notNull':
      return wanted === true ? 'loosens a promise' : 'breaks writes'
    case 'default':
      return wanted === null ? 'loosens a promise' : 'breaks writes'
    default:
      return 'loosens a promise'
  }
}

const changed = ({ kind }: ObjectFacts, change: Change): Effect => {
  const { found, property, wanted } = change
  if (property === 'comment') return 'is cosmetic'
  switch (kind) {
    case 'column':
      return ofColumn(change)
    case 'type':
      if (property !== 'values') return 'breaks reads'
      if (lacks(found, wanted)) return 'breaks writes'
      return lacks(wanted, found) ? 'breaks reads' : 'loosens a promise'
    case 'table':
      return property === 'form' ? 'breaks reads' : 'loosens a promise'
    case 'view':
      return 'breaks reads'
    // Emitted SQL names the schema of an extension's functions.
    case 'extension':
      return 'breaks writes'
    default:
      return 'loosens a promise'
  }
}

/** What a difference means for a bot that runs the code of the set. */
export const effectOf = (difference: Difference): Effect => {
  const { kind, object } = difference
  switch (kind) {
    case 'missing':
      return worst([object, ...difference.alongside].map((one) => missing[one.kind]))
    case 'different':
      return worst(difference.changes.map((change) => changed(object, change)))
    case 'extra':
      return extra(object)
    case 'unfit':
      return 'loosens a promise'
  }
}
