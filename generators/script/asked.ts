import { memoised } from '../kernel/memoised.js'
import { type Asks, asksOf } from '../model/asks.js'
import type { Entity } from '../model/entity.js'
import type { Field } from '../model/field.js'
import { fieldsIn, objectOf } from '../model/lookup.js'
import type { SchemaSet } from '../model/schema-set.js'
import type { Store } from '../model/store.js'

/** A value that conditions may name: a field, or one inside of an object. */
export interface AskedValue {
  /** As conditions name it, by properties: `settings.welcome.enabled`. */
  readonly name: string
  /** The names in the store, from the entity's own field on. */
  readonly path: readonly [string, ...string[]]
  readonly field: Field
  readonly asks: Asks
  /** Whether it, or an object around it, may be null or missing. */
  readonly isNullable: boolean
}

interface Around {
  readonly names: readonly string[]
  readonly path: readonly string[]
  readonly objects: readonly string[]
  readonly isNullable: boolean
}

/** The values inside of an object; one that holds itself is entered once. */
const insideOf = (set: SchemaSet, fields: readonly Field[], around: Around): readonly AskedValue[] =>
  fields.flatMap((field) => {
    const { type, name, property, nullable, optional } = field
    const names = [...around.names, property]
    const [first = name, ...rest] = [...around.path, name]
    const isNullable = around.isNullable || nullable || optional
    const own: AskedValue = {
      name: names.join('.'),
      path: [first, ...rest],
      field,
      asks: asksOf(set, type, rest.length > 0),
      isNullable,
    }
    if (type.kind !== 'object' || around.objects.includes(type.object)) return [own]
    const objects = [...around.objects, type.object]
    const inner = insideOf(set, objectOf(set, type.object).fields, { names, path: own.path, objects, isNullable })
    return [own, ...inner]
  })

const asked = memoised((set: SchemaSet) =>
  memoised((entity: Entity) => {
    const valuesIn = (store: Store): readonly AskedValue[] =>
      insideOf(
        set,
        fieldsIn(entity, store).filter(({ encrypted }) => encrypted === null),
        { names: [], path: [], objects: [], isNullable: false },
      )
    return { postgres: valuesIn('postgres'), mongo: valuesIn('mongo') }
  }),
)

/** The values of an entity that a store keeps, its fields first met first; of those never null, some may be asked nothing. */
export const askedValues = (set: SchemaSet, entity: Entity, store: Store): readonly AskedValue[] =>
  asked(set)(entity)[store]

export const isOrdered = ({ asks }: AskedValue): boolean => asks === 'order' || asks === 'text'

/** Whether anything may be asked: of a structure that is never null, nothing. */
export const isAsked = ({ asks, isNullable }: AskedValue): boolean => asks !== 'null' || isNullable
