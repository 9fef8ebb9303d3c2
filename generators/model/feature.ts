/**
 * Everything of the language that a target answers for. The list is closed: a new feature does not compile until
 * each target says what it does with it.
 */
export const features = [
  'key',
  'composite-key',
  'singleton',
  'identity',
  'sequence-per-parent',
  'reference',
  'composite-reference',
  'reference-actions',
  'unique',
  'unique-nulls-not-distinct',
  'unique-deferrable',
  'unique-partial',
  'index',
  'index-partial',
  'index-expression',
  'index-descending',
  'index-nulls',
  'index-collation',
  'index-covering',
  'index-method',
  'check',
  'enforce',
  'generated-field',
  'default',
  'default-now',
  'immutable',
  'timestamps',
  'append-only',
  'limits',
  'pattern',
  'enum',
  'object',
  'list',
  'map',
  'union',
  'bytes',
  'decimal',
  'timestamp-ms',
  'vector',
  'partition',
  'raw-sql',
  'raw-mongo',
  'one-store-only',
  'descriptions',
  'suggest',
  'bands',
  'deprecated',
  'personal',
  'rename',
  'access',
  'examples',
  'seed',
  'queries',
  'retention',
  'guild-leave',
  'member-leave',
  'erase',
  'encrypted',
  'use',
] as const

export type Feature = (typeof features)[number]

/**
 * `native`: the target has the thing itself. `emulated`: other means give the same meaning. `lost`: the store cannot,
 * and the docs say so. `planned`: kept and shown, acted on by a later version. `none`: not this target's business
 * (a validator has no indexes).
 */
export type Support = 'native' | 'emulated' | 'lost' | 'planned' | 'none'
