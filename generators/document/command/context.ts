import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import type { Span } from '../../kernel/source.js'
import type { Entity, Query } from '../../model/entity.js'
import { parameterName } from '../../model/mongo-parameter.js'
import type { JsonValue } from '../../model/origin.js'
import type { SchemaSet } from '../../model/schema-set.js'
import { bsonTypesOf } from '../bson.js'
import { atPath, comparableWith, type Shape } from './shape.js'

/** What the parts of a command are checked against. */
export interface CommandContext {
  readonly set: SchemaSet
  readonly entity: Entity
  readonly query: Query
  /** Where a key or a value of the command was written. */
  readonly placeOf: (of: 'key' | 'value', pointer: string) => Span
}

/** A part of a command: what it says, and the JSON pointer to it. */
export interface Part {
  readonly pointer: string
  readonly value: JsonValue
}

export interface Member extends Part {
  readonly key: string
}

const escaped = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1')

/** The members of a part that is a mapping; of anything else, none. */
export const membersOf = ({ pointer, value }: Part): readonly Member[] =>
  value === null || typeof value !== 'object' || Array.isArray(value)
    ? []
    : Object.entries(value as Readonly<Record<string, JsonValue>>).map(([key, inner]) => ({
        key,
        pointer: `${pointer}/${escaped(key)}`,
        value: inner,
      }))

/** The items of a part that is a list; of anything else, none. */
export const itemsOf = ({ pointer, value }: Part): readonly Part[] =>
  Array.isArray(value) ? value.map((item: JsonValue, index) => ({ pointer: `${pointer}/${index}`, value: item })) : []

export const isOperator = (key: string): boolean => key.startsWith('$')

/** What stands at a path, or the finding that nothing can. `of` says whether the path was written as a key or a value. */
export const shapeAt = (
  { query, placeOf }: CommandContext,
  of: 'key' | 'value',
  { pointer }: Part,
  path: string,
  shape: Shape,
): { readonly found: Shape | null; readonly diagnostics: readonly Diagnostic[] } => {
  const at = atPath(shape, path)
  if (at.found !== null) return { found: at.found, diagnostics: [] }
  const words = { path, query: query.name, nearest: at.nearest }
  return { found: null, diagnostics: [report('query-path', placeOf(of, pointer), words)] }
}

/** A parameter that stands for a value somewhere has a type that can be there. `path` is where, for people. */
export function* checkParameter(
  { set, query, placeOf }: CommandContext,
  { pointer, value }: Part,
  shape: Shape,
): Generator<Diagnostic> {
  const name = parameterName(value)
  const parameter = query.parameters.find((each) => each.name === name)
  const there = comparableWith(shape)
  if (parameter === undefined || there === null) return
  const given = bsonTypesOf(set, parameter.type)
  if (given.some((type) => there.includes(type))) return
  const words = { name: parameter.name, query: query.name, given: given.join(' or '), there: there.join(' or ') }
  yield report('query-parameter-type', placeOf('value', pointer), words)
}
