import { known, unreachable } from '../../kernel/bug.js'
import { identifier, joinSql, literal, qualified, type Sql, sql } from '../../kernel/safe/sql.js'
import type { Entity } from '../../model/entity.js'
import { type Effect, type Event, effectsInStore, type Match, type Named } from '../../model/event.js'
import type { Field } from '../../model/field.js'
import { fieldOf } from '../../model/lookup.js'
import type { PostgresOptions } from '../../model/options.js'
import type { SchemaSet } from '../../model/schema-set.js'
import type { Naming, Subject, SubjectEntity, ValuePath } from '../../model/subject.js'
import type { Type } from '../../model/type.js'
import { columnType } from '../column-type.js'
import type { Context } from '../forms.js'

/** The parameters of an event's function, by whom they name. */
export type Parameters = Readonly<Partial<Record<Subject, Sql>>>

const parameterNames = {
  'guild-leave': { guild: 'guild' },
  'member-leave': { guild: 'guild', user: 'member' },
  erase: { user: 'person' },
} as const satisfies Record<Event, Partial<Record<Subject, string>>>

/** The subjects that an event's function is given, and what their parameters are called. */
export const parametersOf = (event: Event): readonly { readonly subject: Subject; readonly name: string }[] =>
  Object.entries(parameterNames[event]).map(([subject, name]) => ({ subject: subject as Subject, name }))

/** The type of every parameter: of a guild's or a person's id. */
export const parameterType = ({ snowflake }: PostgresOptions): Sql => (snowflake === 'text' ? sql`text` : sql`bigint`)

/** The keys that a subject's row has in one entity, which an event looks up before it does anything. */
export interface LookedUp {
  readonly subject: Subject
  readonly of: SubjectEntity
  /** The variable that holds them: `guild_keys`. */
  readonly name: string
  readonly type: Sql
}

const namedIn = (match: Match): readonly Named[] => {
  switch (match.kind) {
    case 'named':
      return match.all
    case 'any':
      return match.of
    case 'pointing':
      return namedIn(match.rows)
  }
}

const variableName = (subject: Subject, place: number): string => `${subject}_keys${place === 0 ? '' : place + 1}`

/** The keys that an event's effects are found by, each once. */
export const lookedUpFor = (context: Context, effects: readonly Effect[]): readonly LookedUp[] => {
  const found = new Map<Subject, Set<SubjectEntity>>()
  for (const { subject, naming } of effects.flatMap(({ match }) => namedIn(match))) {
    if (naming.by !== 'key') continue
    found.set(subject, (found.get(subject) ?? new Set()).add(naming.of))
  }
  return [...found].flatMap(([subject, entities]) =>
    [...entities].map((of, place) => ({
      subject,
      of,
      name: variableName(subject, place),
      type: columnType(context, known(of.key, 'the key of a subject').type).text,
    })),
  )
}

/** What the conditions of an event are printed from. */
export interface EventContext extends Context {
  readonly parameters: Parameters
  readonly keys: readonly LookedUp[]
}

const isText = (context: Context, type: Type): boolean => columnType(context, type).name === 'text'

/** A parameter as a column of the field's type takes it; parameters are as the option `snowflake` says. */
const parameterAs = (context: EventContext, subject: Subject, type: Type): Sql => {
  const given = known(context.parameters[subject], `parameter of ${subject}`)
  const asText = isText(context, type)
  if (asText === (context.options.snowflake === 'text')) return given
  return asText ? sql`${given}::text` : sql`${given}::bigint`
}

const variable = (context: EventContext, { of }: Extract<Naming, { by: 'key' }>): Sql => {
  const found = context.keys.find((keys) => keys.of === of)
  return sql`run.${identifier(known(found, `keys of ${of.entity.name}`).name)}`
}

/** JSON that a value of `jsonb` holds where `id` stands at the path. */
const holding = (path: ValuePath, id: Sql): Sql =>
  path.reduceRight<Sql>(
    (inner, step) =>
      step.in === 'list' ? sql`jsonb_build_array(${inner})` : sql`jsonb_build_object(${literal(step.name)}, ${inner})`,
    id,
  )

const keyOf = ({ of }: Extract<Naming, { by: 'key' }>): Field => known(of.key, 'the key of a subject')

/** The type of a list's items, of the list at the start of a path. */
const itemType = ({ type }: Field): Type => (type.kind === 'list' ? type.of : type)

const isColumnArray = (context: Context, { type }: Field): boolean => columnType(context, type).array

const atPath = (context: EventContext, { subject, naming }: Named, column: Sql, path: ValuePath): Sql => {
  const { field } = naming
  if (path.length === 0) {
    return naming.by === 'id'
      ? sql`${column} = ${parameterAs(context, subject, field.type)}`
      : sql`${column} = ANY (${variable(context, naming)})`
  }
  if (isColumnArray(context, field)) {
    if (naming.by === 'id') return sql`${column} @> ARRAY[${parameterAs(context, subject, itemType(field))}]`
    return sql`${column} && ${variable(context, naming)}::${columnType(context, itemType(field)).text}[]`
  }
  // In JSON every id is a text.
  if (naming.by === 'id') {
    const given = known(context.parameters[subject], `parameter of ${subject}`)
    return sql`${column} @> ${holding(path, context.options.snowflake === 'text' ? given : sql`${given}::text`)}`
  }
  const key = isText(context, keyOf(naming).type) ? sql`key` : sql`key::text`
  return sql`EXISTS (SELECT FROM unnest(${variable(context, naming)}) AS key WHERE ${column} @> ${holding(path, key)})`
}

const anyOf = (conditions: readonly Sql[]): Sql =>
  conditions.length === 1 ? joinSql(conditions, '') : sql`(${joinSql(conditions, ' OR ')})`

const namedCondition = (context: EventContext, named: Named, table: Sql): Sql => {
  const { field, paths } = named.naming
  const column = sql`${table}.${identifier(field.name)}`
  // What is encrypted names nobody to the database.
  if (field.encrypted !== null) return sql`false`
  return anyOf(paths.map((path) => atPath(context, named, column, path)))
}

/**
 * A reference that holds the very values by which the rows that it points at are named: it is asked itself, with no look
 * at those. Only where it is enforced, which no archive's is; one with a null points at nothing.
 */
const shortened = (entity: Entity, match: Match): Match => {
  if (match.kind !== 'pointing') return match
  const { fields, to } = match.by
  const rows = shortened(match.to, match.rows)
  const named = rows.kind === 'named' ? rows.all : []
  const own = named.flatMap(({ subject, naming }): readonly Named[] => {
    const name = naming.paths.every(({ length }) => length === 0)
      ? fields[to.fields.indexOf(naming.field.name)]
      : undefined
    return name === undefined ? [] : [{ subject, naming: { ...naming, field: fieldOf(entity, name) } }]
  })
  const others = fields.filter((name) => !own.some(({ naming }) => naming.field.name === name))
  const points = others.every((name) => !fieldOf(entity, name).nullable)
  return points && own.length > 0 && own.length === named.length ? { kind: 'named', all: own } : { ...match, rows }
}

/** Which rows of its place an effect is about, in as few words as the place allows. */
const plainMatch = ({ entity, place, match }: Effect): Match => {
  if (place.kind === 'rows' || match.kind !== 'pointing') return shortened(entity, match)
  return { ...match, rows: shortened(match.to, match.rows) }
}

const tableOf = ({ options }: Context, { table }: Entity): Sql => qualified(options.schema, table)

/** The condition on the rows of an effect, in a table of this name. */
export const effectCondition = (context: EventContext, effect: Effect, table: Sql): Sql =>
  matchCondition(context, plainMatch(effect), table)

/** The condition on the rows of a match, in a table of this name. */
export const matchCondition = (context: EventContext, match: Match, table: Sql, depth = 0): Sql => {
  switch (match.kind) {
    case 'named':
      return joinSql(
        match.all.map((named) => namedCondition(context, named, table)),
        ' AND ',
      )
    case 'any':
      return anyOf(match.of.map((named) => namedCondition(context, named, table)))
    case 'pointing': {
      const alias = sql`target${depth === 0 ? sql`` : depth + 1}`
      const own = joinSql(
        match.by.fields.map((name) => sql`${table}.${identifier(name)}`),
        ', ',
      )
      const targets = joinSql(
        match.by.to.fields.map((name) => sql`${alias}.${identifier(name)}`),
        ', ',
      )
      const rows = matchCondition(context, match.rows, alias, depth + 1)
      const left = match.by.fields.length === 1 ? own : sql`(${own})`
      return sql`${left} IN (SELECT ${targets} FROM ${tableOf(context, match.to)} AS ${alias} WHERE ${rows})`
    }
    default:
      return unreachable(match)
  }
}

/** What an event does in Postgres. */
export const effectsInPostgres = (set: SchemaSet, event: Event): readonly Effect[] =>
  effectsInStore(set, event, 'postgres')
