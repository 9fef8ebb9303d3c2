import type { Check, Entity } from '../../../generators/model/entity.js'
import type { Comparison, Expression, FunctionName, Literal } from '../../../generators/model/expression.js'
import type { Default, Field } from '../../../generators/model/field.js'
import type { JsonValue, Origin } from '../../../generators/model/origin.js'
import type { EnumDefinition, ObjectDefinition, SchemaSet } from '../../../generators/model/schema-set.js'
import type { TextType, Type } from '../../../generators/model/type.js'

export const origin: Origin = { source: { path: 'test.yaml', text: '' }, start: 0, end: 0 }

export const field = (name: string, type: Type, parts: Partial<Field> = {}): Field => ({
  name,
  property: name,
  type,
  nullable: false,
  optional: false,
  summary: null,
  notes: null,
  default: null,
  generated: null,
  maintained: null,
  immutable: false,
  enforce: 'store',
  suggest: [],
  bands: [],
  encrypted: null,
  personal: false,
  deprecated: null,
  was: null,
  stores: ['postgres', 'mongo'],
  postgres: { check: null, default: null, collation: null },
  mongo: { schema: null, origin: null },
  refersTo: [],
  origin,
  ...parts,
})

export const literalDefault = (value: JsonValue): Default => ({ kind: 'literal', value, origin })
export const nowDefault: Default = { kind: 'now', origin }

export const text = (parts: Partial<TextType> = {}): Type => ({
  kind: 'text',
  form: 'text',
  minLength: null,
  maxLength: null,
  pattern: null,
  as: null,
  ...parts,
})
export const integer: Type = { kind: 'integer', width: 'integer', min: null, max: null }
export const long: Type = { kind: 'integer', width: 'long', min: null, max: null }
export const bigint: Type = { kind: 'bigint', form: 'bigint', min: null, max: null }
export const double: Type = { kind: 'float', width: 'double', min: null, max: null }
export const real: Type = { kind: 'float', width: 'real', min: null, max: null }
export const decimal: Type = { kind: 'decimal', precision: 10, scale: 2, inMongo: 'decimal128', min: null, max: null }
export const boolean: Type = { kind: 'boolean' }
export const timestamp: Type = { kind: 'timestamp', form: 'instant', zoned: null, precision: null }
export const snowflake = (brand: string): Type => ({ kind: 'snowflake', brand, as: null })
export const identity = (brand: string): Type => ({ kind: 'identity', brand, row: false, as: null })
export const list = (of: Type, parts: { minItems?: number; maxItems?: number } = {}): Type => ({
  kind: 'list',
  of,
  minItems: null,
  maxItems: null,
  as: null,
  ...parts,
})
export const map = (of: Type): Type => ({ kind: 'map', of, minItems: null, maxItems: null })
export const object = (name: string): Type => ({ kind: 'object', object: name })
export const enumeration = (name: string): Type => ({ kind: 'enum', enum: name })

export const entity = (name: string, fields: readonly Field[], parts: Partial<Entity> = {}): Entity => ({
  name,
  summary: null,
  group: null,
  table: `${name}s`,
  collection: `${name}s`,
  model: name,
  docs: {
    title: null,
    represents: null,
    grows: null,
    cleaned: null,
    why: null,
    notes: [],
    notStored: [],
    sources: [],
  },
  fields,
  key: { kind: 'fields', fields: ['id'], origin },
  uniques: [],
  references: [],
  indexes: [],
  checks: [],
  appendOnly: false,
  retention: null,
  access: [],
  queries: [],
  lists: [],
  examples: [],
  seed: [],
  stores: ['postgres', 'mongo'],
  enforce: 'store',
  was: null,
  gone: [],
  postgres: { partition: null, checks: [], key: null, unlogged: false },
  mongo: { validationLevel: 'strict', validationAction: 'error' },
  origin,
  ...parts,
})

export const objectDefinition = (
  name: string,
  fields: readonly Field[],
  parts: Partial<ObjectDefinition> = {},
): ObjectDefinition => ({ name, inline: null, summary: null, gone: [], fields, checks: [], origin, ...parts })

export const enumDefinition = (name: string, values: readonly (string | number)[]): EnumDefinition => ({
  name,
  inline: null,
  summary: null,
  values: values.map((value) => ({ value, summary: null, was: null, origin })),
  gone: [],
  as: 'type',
  base: null,
  origin,
})

export const schemaSet = (parts: Partial<SchemaSet>): SchemaSet => ({
  name: 'test',
  title: 'Test',
  summary: null,
  stores: ['postgres', 'mongo'],
  enforce: 'store',
  uses: [],
  targets: {
    postgres: null,
    mongoose: null,
    zod: {},
    typescript: { module: 'esm', imports: 'js', runtime: 'package' },
    'json-schema': null,
    markdown: null,
  },
  groups: [],
  pages: [],
  actors: [],
  gone: [],
  entities: [],
  objects: [],
  enums: [],
  origin,
  ...parts,
})

export const read = (...path: readonly string[]): Expression => ({ kind: 'field', path, origin })
export const value = (of: string | number | boolean | null): Expression => ({
  kind: 'literal',
  value: literalOf(of),
  origin,
})
const literalOf = (of: string | number | boolean | null): Literal => {
  if (of === null) return { kind: 'null' }
  if (typeof of === 'boolean') return { kind: 'boolean', truth: of }
  return typeof of === 'number' ? { kind: 'number', text: String(of) } : { kind: 'string', text: of }
}
export const compare = (left: Expression, operator: Comparison, right: Expression): Expression => ({
  kind: 'compare',
  operator,
  left,
  right,
  origin,
})
export const isNull = (operand: Expression, negated = false): Expression => ({
  kind: 'is-null',
  operand,
  negated,
  origin,
})
export const or = (left: Expression, right: Expression): Expression => ({ kind: 'or', left, right, origin })
export const and = (left: Expression, right: Expression): Expression => ({ kind: 'and', left, right, origin })
export const not = (operand: Expression): Expression => ({ kind: 'not', operand, origin })
export const oneOf = (operand: Expression, options: readonly Expression[], negated = false): Expression => ({
  kind: 'in',
  operand,
  options,
  negated,
  origin,
})
export const between = (operand: Expression, low: Expression, high: Expression, negated = false): Expression => ({
  kind: 'between',
  operand,
  low,
  high,
  negated,
  origin,
})
export const arithmetic = (left: Expression, operator: '+' | '-' | '*', right: Expression): Expression => ({
  kind: 'arithmetic',
  operator,
  left,
  right,
  origin,
})
export const call = (name: FunctionName, ...given: readonly Expression[]): Expression => ({
  kind: 'call',
  function: name,
  arguments: given,
  origin,
})
export const check = (name: string, expression: Expression): Check => ({ name, expression, text: '', origin })
