import { propertyAccess } from '../../kernel/safe/typescript.js'
import type { Field } from '../../model/field.js'
import { fieldOf, objectOf } from '../../model/lookup.js'
import type { SchemaSet } from '../../model/schema-set.js'
import type { Type } from '../../model/type.js'

/** How an expression reads one field. */
export interface Read {
  /** The access, as TypeScript: `row.config?.enabled`. */
  readonly code: string
  readonly type: Type
  /** Whether the value may be null (or, below an object, its key absent, which means the same). */
  readonly nullable: boolean
  /** The access that is undefined when nothing was given, as in a patch: then the value is unknown. Null: always given. */
  readonly given: string | null
  /** Whether `code` may be undefined although a value was given: the field stands below an object that may be null. */
  readonly nested: boolean
  /** Whether the value is as documents hold it, a Decimal128 or a number of milliseconds, rather than as rows do. */
  readonly stored: boolean
}

/** How the fields that an expression names are read where its code will stand. */
export type Scope = (path: readonly string[]) => Read

export interface ScopeOptions {
  /** What the fields are properties of: `row`, `this`. */
  readonly receiver: string
  /** Whether a field of the owner may be left out and is then unknown (a patch); false: absent is null (inside an object). */
  readonly partial: boolean
  /** The property of a field of the owner, where it is not `field.property` (`_id` of a document). */
  readonly property?: (field: Field) => string
  /** Whether values are as documents hold them; false: as rows do. */
  readonly stored?: boolean
}

type Owner = { readonly fields: readonly Field[] }

/** The fields that a path goes through, from the owner's inwards. */
export const fieldsAlong = (set: SchemaSet, owner: Owner, path: readonly string[]): readonly Field[] => {
  const [name, ...rest] = path
  if (name === undefined) return []
  const field = fieldOf(owner, name)
  if (rest.length === 0 || field.type.kind !== 'object') return [field]
  return [field, ...fieldsAlong(set, objectOf(set, field.type.object), rest)]
}

/** The fields of an entity or object, read from one value. Paths are those that the language has resolved. */
export const scopeOf =
  (set: SchemaSet, owner: Owner, options: ScopeOptions): Scope =>
  (path) => {
    const [root, ...below] = fieldsAlong(set, owner, path)
    if (root === undefined) throw new RangeError('an expression names no field')
    const first = options.receiver + propertyAccess(options.property?.(root) ?? root.property)
    return below.reduce<Read>(
      (outer, field) => ({
        code: `${outer.code}${mayBeMissing(outer) ? optionalAccess(field.property) : propertyAccess(field.property)}`,
        type: field.type,
        nullable: outer.nullable || field.nullable || field.optional,
        given: outer.given,
        nested: true,
        stored: outer.stored,
      }),
      {
        code: first,
        type: root.type,
        nullable: root.nullable || root.optional,
        given: options.partial ? first : null,
        nested: root.optional,
        stored: options.stored ?? false,
      },
    )
  }

const mayBeMissing = (read: Read): boolean => read.nullable || read.given !== null

const optionalAccess = (property: string): string => {
  const access = propertyAccess(property)
  return access.startsWith('.') ? `?${access}` : `?.${access}`
}
