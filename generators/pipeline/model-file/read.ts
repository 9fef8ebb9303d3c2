import { type Span, wholeOf } from '../../kernel/source.js'
import { parseExpression } from '../../language/expression/index.js'
import type { Check, Entity, MongoCommand } from '../../model/entity.js'
import type { Field } from '../../model/field.js'
import { isJsonObject, type JsonValue } from '../../model/origin.js'
import type { ObjectDefinition, SchemaSet } from '../../model/schema-set.js'
import type { Store } from '../../model/store.js'
import type { FiledCheck, FiledEntity } from './entity-forms.js'
import type { FiledField } from './field-forms.js'
import { brokenLink } from './links.js'
import { modelVersion } from './print.js'
import { readShape } from './schema.js'
import { type FiledObject, type FiledSet, setForm } from './set-forms.js'

/** A model.json may be anybody's: what is larger or deeper was written by nothing that botschema knows. */
const mostBytes = 64 * 1024 * 1024
const mostLevels = 200

export interface RefusedModel {
  /** `newer`: of a form that a later botschema writes. `broken`: of none. */
  readonly kind: 'newer' | 'broken'
  readonly problem: string
}

/** How deep the brackets of a JSON text go, without reading it by recursion. */
const levelsOf = (text: string): number => {
  let [level, most] = [0, 0]
  for (const [sign] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/gs)) {
    if (sign === '[' || sign === '{') level += 1
    else if (sign === ']' || sign === '}') level -= 1
    most = Math.max(most, level)
  }
  return most
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const pointerTo = (pointer: string, part: string | number): string =>
  `${pointer}/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`

const placesIn = (value: JsonValue, pointer: string, origin: Span): MongoCommand['places'] => {
  const here = { of: 'value', pointer, origin } as const
  if (Array.isArray(value)) {
    return [here, ...value.flatMap((item: JsonValue, index) => placesIn(item, pointerTo(pointer, index), origin))]
  }
  if (!isJsonObject(value)) return [here]
  return [
    here,
    ...Object.entries(value).flatMap(([key, inner]) => {
      const at = pointerTo(pointer, key)
      return [{ of: 'key', pointer: at, origin } as const, ...placesIn(inner, at, origin)]
    }),
  ]
}

const fieldOf = (filed: FiledField, stores: readonly Store[]): Field => ({
  ...filed,
  property: filed.property ?? filed.name,
  stores: filed.stores ?? stores,
  mongo: { schema: filed.mongo, origin: filed.mongo === null ? null : filed.origin },
})

/** A check whose text does not parse comes to nothing; `problemOf` has refused the file for it. */
const checkOf = (filed: FiledCheck): readonly Check[] => {
  const expression = parseExpression(filed.text, () => filed.origin).value
  return expression === null ? [] : [{ ...filed, expression }]
}

const entityOf = (filed: FiledEntity, setStores: readonly Store[]): Entity => {
  const stores = filed.stores ?? setStores
  return {
    ...filed,
    stores,
    fields: filed.fields.map((field) => fieldOf(field, stores)),
    checks: filed.checks.flatMap(checkOf),
    queries: filed.queries.map((query) => ({
      ...query,
      mongo: query.mongo && { ...query.mongo, places: placesIn(query.mongo.command, '', query.mongo.origin) },
    })),
  }
}

const objectOf = (filed: FiledObject, stores: readonly Store[]): ObjectDefinition => ({
  ...filed,
  fields: filed.fields.map((field) => fieldOf(field, stores)),
  checks: filed.checks.flatMap(checkOf),
})

const setOf = (filed: FiledSet): SchemaSet => ({
  ...filed,
  entities: filed.entities.map((entity) => entityOf(entity, filed.stores)),
  objects: filed.objects.map((object) => objectOf(object, filed.stores)),
})

const uncheckable = ({ entities, objects }: FiledSet): string | null => {
  const check = [...entities, ...objects].flatMap(({ checks }) => checks).find((one) => checkOf(one).length === 0)
  return check === undefined ? null : `the check ${JSON.stringify(check.name)} is no condition`
}

const broken = (problem: string): RefusedModel => ({ kind: 'broken', problem })

/** Reads a model.json, which may be anybody's. `path` is where its parts are said to be written. */
export const readModel = (path: string, text: string): SchemaSet | RefusedModel => {
  if (text.length > mostBytes) return broken(`it is larger than ${mostBytes / 1024 / 1024} MiB`)
  if (levelsOf(text) > mostLevels) return broken(`it is more than ${mostLevels} levels deep`)
  const value = parse(text)
  if (!isRecord(value)) return broken('it is no JSON object')
  const { model, ...given } = value
  if (typeof model !== 'number') return broken('it does not say which form of model.json it has')
  if (model !== modelVersion) return { kind: 'newer', problem: `it has form ${model}` }
  const read = readShape(setForm.shape, wholeOf({ path, text: '' }), given)
  if (typeof read === 'string') return broken(read)
  const filed = read.value as FiledSet
  const problem = uncheckable(filed)
  if (problem !== null) return broken(problem)
  const set = setOf(filed)
  const link = brokenLink(set)
  return link === null ? set : broken(link)
}

export const isRefused = (read: SchemaSet | RefusedModel): read is RefusedModel => 'problem' in read
