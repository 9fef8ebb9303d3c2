import { type Span, span } from '../../../generators/kernel/source.js'
import { parseExpression, type Scope } from '../../../generators/language/expression/index.js'
import type { Expression } from '../../../generators/model/expression.js'
import type { Field } from '../../../generators/model/field.js'
import type { ObjectDefinition, SchemaSet } from '../../../generators/model/schema-set.js'
import type { Type } from '../../../generators/model/type.js'

export const nowhere: Span = span({ path: 'literal.yaml', text: '' }, 0, 0)

export const field = (name: string, type: Type): Field => ({
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
  origin: nowhere,
})

const text: Type = { kind: 'text', form: 'text', minLength: null, maxLength: null, pattern: null, as: null }
const integer: Type = { kind: 'integer', width: 'integer', min: null, max: null }

export const config: ObjectDefinition = {
  name: 'config',
  inline: null,
  summary: null,
  gone: [],
  fields: [field('enabled', { kind: 'boolean' }), field('level', integer)],
  checks: [],
  origin: nowhere,
}

const fields: readonly Field[] = [
  field('name', text),
  field('odd name', text),
  field('count', integer),
  field('limit', integer),
  field('big', { kind: 'bigint', form: 'bigint', min: null, max: null }),
  field('price', { kind: 'decimal', precision: 10, scale: 2, inMongo: 'decimal128', min: null, max: null }),
  field('active', { kind: 'boolean' }),
  field('created_at', { kind: 'timestamp', form: 'instant', zoned: null, precision: null }),
  field('expires_at', { kind: 'timestamp', form: 'instant', zoned: null, precision: null }),
  field('day', { kind: 'date' }),
  field('guild_id', { kind: 'snowflake', brand: 'guild', as: null }),
  field('status', { kind: 'enum', enum: 'status' }),
  field('tier', { kind: 'enum', enum: 'tier' }),
  field('config', { kind: 'object', object: 'config' }),
  field('tags', { kind: 'list', of: text, minItems: null, maxItems: null, as: null }),
  field('data', { kind: 'json', as: 'jsonb' }),
]

const enumeration = (name: string, values: readonly (string | number)[]) => ({
  name,
  inline: null,
  summary: null,
  values: values.map((value) => ({ value, summary: null, was: null, origin: nowhere })),
  gone: [],
  as: 'type' as const,
  base: null,
  origin: nowhere,
})

export const set: SchemaSet = {
  name: 'test',
  title: 'Test',
  summary: null,
  stores: ['postgres', 'mongo'],
  enforce: 'store',
  uses: [],
  targets: { postgres: null, mongoose: null, zod: null, typescript: null, 'json-schema': null, markdown: null },
  groups: [],
  pages: [],
  actors: [],
  gone: [],
  entities: [],
  objects: [config],
  enums: [enumeration('status', ['open', 'closed']), enumeration('tier', [0, 1, 2])],
  origin: nowhere,
}

export const scope: Scope = { set, owner: { name: 'ticket', fields }, isBroken: () => false }

export const parse = (source: string) =>
  parseExpression(source, (start, end) => span({ path: 'literal.yaml', text: source }, start, end))

export const parsed = (source: string): Expression => {
  const { value, diagnostics } = parse(source)
  if (value === null) throw new Error(diagnostics.map(({ message }) => message).join())
  return value
}
