import { unreachable } from '../kernel/bug.js'
import { joinSql, literal, type Sql, sql, wrapped } from '../kernel/safe/sql.js'
import type { Field } from '../model/field.js'
import { fieldsIn, objectOf } from '../model/lookup.js'
import { reservedKeyChoice } from '../model/reserved-keys.js'
import type { ObjectDefinition } from '../model/schema-set.js'
import type { ListType, MapType, Type, UnionType } from '../model/type.js'
import { expressionSql } from './expression.js'
import { typeAt } from './forms.js'
import { allOf, type JsonPlace, jsonCondition, type NestedType, type Structure } from './json-checks.js'
import { jsonOperand } from './operand.js'
import { lengths } from './scalar-checks.js'

const value = { name: 'value', type: sql`jsonb` }

const itemPlace: JsonPlace = { json: sql`item`, text: sql`item #>> '{}'` }

const memberPlace = (name: string): JsonPlace => ({
  json: sql`value -> ${literal(name)}`,
  text: sql`value ->> ${literal(name)}`,
})

const fieldCondition = (structure: Structure, field: Field): Sql => {
  const place = memberPlace(field.name)
  const inner = { ...structure, place: `${structure.place}_${field.name}` }
  const condition = jsonCondition(inner, field.type, place)
  const others = [
    ...(field.optional ? [sql`${place.json} IS NULL`] : []),
    ...(field.nullable ? [sql`${place.json} = 'null'`] : []),
  ]
  return others.length === 0 ? condition : sql`(${joinSql([...others, condition], ' OR ')})`
}

/** How wide the list of an object's names may be on one line. */
const nameWidth = 70

/** That an object has its fields, of their types, and no others. */
const shapeCondition = (structure: Structure, fields: readonly Field[]): Sql => {
  const names = wrapped(
    fields.map(({ name }) => literal(name)),
    '      ',
    nameWidth,
  )
  const noOthers = fields.length === 0 ? sql`value = '{}'` : sql`value - ARRAY[${names}] = '{}'`
  return joinSql([noOthers, ...fields.map((field) => fieldCondition(structure, field))], '\n    AND ')
}

const checkConditions = (structure: Structure, { fields, checks }: ObjectDefinition): readonly Sql[] => {
  const field = (path: readonly string[]) => jsonOperand(structure, sql`value`, path, typeAt(structure, fields, path))
  return checks.map(({ expression }) => sql`(${expressionSql({ ...structure, field }, expression)}) IS NOT FALSE`)
}

/** CASE keeps the order: what follows a test may rely on it, which AND would not promise (Postgres manual, 4.2.14). */
const objectBody = (structure: Structure, definition: ObjectDefinition): Sql => {
  const shape = shapeCondition(structure, fieldsIn(definition, 'postgres'))
  const checks = checkConditions(structure, definition)
  if (checks.length === 0)
    return sql`CASE\n  WHEN jsonb_typeof(value) = 'object' THEN ${shape}\n  ELSE false\nEND IS TRUE`
  return sql`CASE
  WHEN jsonb_typeof(value) <> 'object' THEN false
  WHEN (
    ${shape}
  ) IS NOT TRUE THEN false
  ELSE ${joinSql(checks, '\n    AND ')}
END IS TRUE`
}

/** The full name of the function that says whether a JSON value has the structure of an object. */
const objectFunction = (structure: Structure, name: string): Sql => {
  const definition = objectOf(structure.set, name)
  const inner: Structure = { ...structure, owner: { kind: 'object', name }, place: name }
  return structure.book.function(`object ${name}`, name, definition.origin, {
    owner: inner.owner,
    parameters: [value],
    comment: definition.summary ?? `Whether a value has the structure of ${name}.`,
    body: () => objectBody(inner, definition),
  })
}

const itemStructure = (structure: Structure, suffix: string): Structure => ({
  ...structure,
  place: `${structure.place}_${suffix}`,
})

/** A condition that does not hold, or is unknown. */
const fails = (condition: Sql): Sql =>
  / (?:AND|OR|<>|=|~|IN) /.test(condition) ? sql`(${condition}) IS NOT TRUE` : sql`${condition} IS NOT TRUE`

const listBody = (structure: Structure, type: ListType): Sql => {
  const condition = jsonCondition(itemStructure(structure, 'item'), type.of, itemPlace)
  const items = sql`NOT EXISTS (
    SELECT 1 FROM jsonb_array_elements(value) AS item WHERE ${fails(condition)}
  )`
  const counts = lengths(sql`jsonb_array_length(value)`, type.minItems, type.maxItems)
  return sql`CASE\n  WHEN jsonb_typeof(value) = 'array' THEN ${allOf([...counts, items])}\n  ELSE false\nEND IS TRUE`
}

const reservedInMaps = sql`${literal(`[.]|^[$]|^(${reservedKeyChoice})$`)}`

/** Keys that JavaScript, Mongo or Mongoose read in a way of their own are refused: `__proto__`, `a.b`, `$set`. */
const mapBody = (structure: Structure, type: MapType): Sql => {
  const condition = jsonCondition(itemStructure(structure, 'item'), type.of, itemPlace)
  const entries = sql`NOT EXISTS (
    SELECT 1 FROM jsonb_each(value) AS entry (key, item)
    WHERE key ~ ${reservedInMaps} OR ${fails(condition)}
  )`
  const counted = sql`(SELECT count(*) FROM jsonb_object_keys(value))`
  const counts = lengths(counted, type.minItems, type.maxItems)
  return sql`CASE\n  WHEN jsonb_typeof(value) = 'object' THEN ${allOf([...counts, entries])}\n  ELSE false\nEND IS TRUE`
}

const unionBody = (structure: Structure, type: UnionType): Sql => {
  const place: JsonPlace = { json: sql`value`, text: sql`value #>> '{}'` }
  const member = (of: Type, index: number): Sql =>
    sql`(${jsonCondition(itemStructure(structure, `form_${index + 1}`), of, place)}) IS TRUE`
  return joinSql(type.of.map(member), '\n  OR ')
}

const placeBody = (structure: Structure, type: ListType | MapType | UnionType): Sql => {
  switch (type.kind) {
    case 'list':
      return listBody(structure, type)
    case 'map':
      return mapBody(structure, type)
    case 'union':
      return unionBody(structure, type)
    default:
      return unreachable(type)
  }
}

/** The full name of the function for a list, a map or a union at the structure's place. */
const placeFunction = (structure: Structure, type: ListType | MapType | UnionType): Sql => {
  const { book, owner, place, set } = structure
  const ownerName = owner.kind === 'shared' ? '' : owner.name
  return book.function(`${owner.kind} ${ownerName} ${place}`, place, set.origin, {
    owner,
    parameters: [value],
    comment: `Whether a value is one that ${place} may hold.`,
    body: () => placeBody(structure, type),
  })
}

/** The full name of the function that says whether a JSON value is what a type with an inside of its own may hold. */
export const nestedFunction = (structure: Structure, type: NestedType): Sql =>
  type.kind === 'object' ? objectFunction(structure, type.object) : placeFunction(structure, type)
