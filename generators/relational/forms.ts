import { known } from '../kernel/bug.js'
import type { Field } from '../model/field.js'
import { enumOf, objectOf } from '../model/lookup.js'
import type { PostgresOptions } from '../model/options.js'
import type { SchemaSet } from '../model/schema-set.js'
import { isScalar, type ListType, type TimestampType, type Type } from '../model/type.js'
import type { Enforcer } from '../model/words.js'
import type { InstantForm } from './tables.js'

/** What every question about columns needs: the set, and how this database is to hold it. */
export interface Context {
  readonly set: SchemaSet
  readonly options: PostgresOptions
}

/** The options a view uses where the Postgres target is off: docs and other views still speak of tables. */
export const defaultOptions: PostgresOptions = {
  schema: 'public',
  version: 15,
  timestamp: 'zoned',
  precision: 3,
  identity: 'identity',
  snowflake: 'bigint',
  idempotent: false,
  pg_cron: false,
  extension_schema: 'public',
  bot_role: 'bot',
  check_names: 'table',
  comments: null,
  access: true,
}

/** Whether what is enforced so has comments in the database, as the target's option says. */
export const hasComments = ({ comments }: Pick<PostgresOptions, 'comments'>, enforce: Enforcer): boolean =>
  comments ?? enforce === 'store'

/** A comment, where there are any. */
export const commentOf = ({ options }: Context, enforce: Enforcer, text: string | null): string | null =>
  hasComments(options, enforce) ? text : null

export const instantForm = (type: TimestampType, options: PostgresOptions): InstantForm => {
  if (type.form === 'milliseconds') return 'milliseconds'
  return (type.zoned ?? options.timestamp === 'zoned') ? 'zoned' : 'naive'
}

/** The form of a type that holds instants or days, or null of any other. */
export const instantFormOf = (type: Type, options: PostgresOptions): InstantForm | null => {
  if (type.kind === 'timestamp') return instantForm(type, options)
  return type.kind === 'date' ? 'date' : null
}

export const isNumericEnum = (context: Context, name: string): boolean =>
  enumOf(context.set, name).values.every(({ value }) => typeof value === 'number')

/** Whether a list is an array of Postgres rather than `jsonb`. */
export const isArray = (type: ListType): boolean => type.as !== 'jsonb' && isScalar(type.of)

/** The type at the end of a path that starts at one of the fields and goes on into objects. */
export const typeAt = (context: Context, fields: readonly Field[], path: readonly string[]): Type => {
  const [first = '', ...rest] = path
  const field = known(
    fields.find(({ name }) => name === first),
    `field ${first}`,
  )
  if (rest.length === 0 || field.type.kind !== 'object') return field.type
  return typeAt(context, objectOf(context.set, field.type.object).fields, rest)
}
