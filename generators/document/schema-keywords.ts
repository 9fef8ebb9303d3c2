import { isJsonObject, type JsonObject, type JsonValue } from '../model/origin.js'

/** What is wrong with a schema: the keyword or the value, and how MongoDB would have it said. */
export interface KeywordProblem {
  readonly said: string
  readonly instead: string
}

type Check = (value: JsonValue) => readonly KeywordProblem[]

const texts = (value: JsonValue): value is readonly string[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string')

const isDistinct = (values: readonly JsonValue[]): boolean =>
  new Set(values.map((value) => JSON.stringify(value))).size === values.length

/** A check of a value's form, which says what the keyword takes. */
const form =
  (keyword: string, isRight: (value: JsonValue) => boolean, takes: string): Check =>
  (value) =>
    isRight(value) ? [] : [{ said: `${keyword}: ${JSON.stringify(value)}`, instead: `\`${keyword}\` takes ${takes}` }]

const isNumber = (value: JsonValue): boolean =>
  typeof value === 'number' ||
  (isJsonObject(value) && /^\$number(Int|Long|Double|Decimal)$/.test(Object.keys(value).join()))

const isLength = (value: JsonValue): boolean => Number.isSafeInteger(value) && Number(value) >= 0

const types = ['object', 'array', 'number', 'boolean', 'string', 'null']

const bsonTypes = [
  ...['double', 'string', 'object', 'array', 'binData', 'undefined', 'objectId', 'bool', 'date', 'null', 'regex'],
  ...['dbPointer', 'javascript', 'symbol', 'javascriptWithScope', 'int', 'timestamp', 'long', 'decimal'],
  ...['minKey', 'maxKey', 'number'],
]

const typeNames = (keyword: string, names: readonly string[], instead: string): Check => {
  const isName = (value: JsonValue): boolean => names.includes(value as string)
  return (value) => {
    const isRight = Array.isArray(value) ? value.length > 0 && isDistinct(value) && value.every(isName) : isName(value)
    return isRight ? [] : [{ said: `${keyword}: ${JSON.stringify(value)}`, instead }]
  }
}

const schemas: Check = (value) =>
  Array.isArray(value) ? value.flatMap((each) => keywordProblems(each)) : keywordProblems(value)

const someSchemas =
  (keyword: string): Check =>
  (value) =>
    Array.isArray(value) && value.length > 0
      ? schemas(value)
      : [{ said: `${keyword}: ${JSON.stringify(value)}`, instead: `\`${keyword}\` takes a list of schemas` }]

const schemasByName: Check = (value) =>
  isJsonObject(value)
    ? Object.values(value).flatMap((each) => keywordProblems(each))
    : [{ said: JSON.stringify(value), instead: 'write a schema for each name' }]

const schemaOrBoolean: Check = (value) => (typeof value === 'boolean' ? [] : keywordProblems(value))

const dependencies: Check = (value) =>
  isJsonObject(value)
    ? Object.values(value).flatMap((each) => (texts(each) ? [] : keywordProblems(each)))
    : [{ said: JSON.stringify(value), instead: '`dependencies` takes a schema or a list of fields for each field' }]

/** The keywords that `$jsonSchema` has (MongoDB manual, "$jsonSchema"; draft 4 with `bsonType`). */
const keywords: Readonly<Record<string, Check>> = {
  additionalItems: schemaOrBoolean,
  additionalProperties: schemaOrBoolean,
  allOf: someSchemas('allOf'),
  anyOf: someSchemas('anyOf'),
  bsonType: typeNames('bsonType', bsonTypes, 'write an alias of a BSON type, as `int`, `string` or `bool`'),
  dependencies,
  description: form('description', (value) => typeof value === 'string', 'a text'),
  enum: form(
    'enum',
    (value) => Array.isArray(value) && value.length > 0 && isDistinct(value),
    'a list of different values',
  ),
  exclusiveMaximum: form('exclusiveMaximum', (value) => typeof value === 'boolean', '`true` beside `maximum`'),
  exclusiveMinimum: form('exclusiveMinimum', (value) => typeof value === 'boolean', '`true` beside `minimum`'),
  items: schemas,
  maximum: form('maximum', isNumber, 'a number'),
  maxItems: form('maxItems', isLength, 'a whole number from 0'),
  maxLength: form('maxLength', isLength, 'a whole number from 0'),
  maxProperties: form('maxProperties', isLength, 'a whole number from 0'),
  minimum: form('minimum', isNumber, 'a number'),
  minItems: form('minItems', isLength, 'a whole number from 0'),
  minLength: form('minLength', isLength, 'a whole number from 0'),
  minProperties: form('minProperties', isLength, 'a whole number from 0'),
  multipleOf: form('multipleOf', (value) => isNumber(value) && value !== 0, 'a number above 0'),
  not: (value) => keywordProblems(value),
  oneOf: someSchemas('oneOf'),
  pattern: form('pattern', (value) => typeof value === 'string', 'a regular expression as a text'),
  patternProperties: schemasByName,
  properties: schemasByName,
  required: form(
    'required',
    (value) => texts(value) && value.length > 0 && isDistinct(value),
    'a list of different names',
  ),
  title: form('title', (value) => typeof value === 'string', 'a text'),
  type: typeNames('type', types, 'write `bsonType`, as `bsonType: int`'),
  uniqueItems: form('uniqueItems', (value) => typeof value === 'boolean', '`true` or `false`'),
}

/** What to write in the place of keywords of other drafts and of documents. */
const instead: ReadonlyMap<string, string> = new Map([
  ['const', 'write `enum` with one value'],
  ['format', 'write a `pattern`'],
  ['$ref', 'write the schema in its place'],
  ['$schema', 'leave it out'],
  ['$id', 'leave it out'],
  ['id', 'leave it out'],
  ['default', 'write the default of the field: a validator changes no document'],
  ['definitions', 'write each schema in its place'],
  ['$defs', 'write each schema in its place'],
  ['examples', 'write `examples` of the entity'],
  ['$comment', 'write `description`'],
  ['if', 'write `anyOf` with `not`'],
  ['then', 'write `anyOf` with `not`'],
  ['else', 'write `anyOf` with `not`'],
  ['contains', 'write `not` around `items` with `not`'],
  ['dependentRequired', 'write `dependencies`'],
  ['dependentSchemas', 'write `dependencies`'],
  ['prefixItems', 'write `items` with a list'],
  ['propertyNames', 'write `patternProperties` and `additionalProperties: false`'],
])

const needed = (schema: JsonObject, keyword: string, beside: string): readonly KeywordProblem[] =>
  keyword in schema && !(beside in schema)
    ? [{ said: keyword, instead: `\`${keyword}: true\` stands beside \`${beside}\`` }]
    : []

/** What `$jsonSchema` has not, of a schema and of all schemas in it. */
export const keywordProblems = (schema: JsonValue): readonly KeywordProblem[] => {
  if (!isJsonObject(schema))
    return [{ said: JSON.stringify(schema), instead: 'write a schema, as `{ bsonType: int }`' }]
  const own = Object.entries(schema).flatMap(([keyword, value]) => {
    if (Object.hasOwn(keywords, keyword)) return keywords[keyword]?.(value) ?? []
    return [
      { said: keyword, instead: instead.get(keyword) ?? 'use a keyword that MongoDB has (manual, "$jsonSchema")' },
    ]
  })
  return [
    ...own,
    ...needed(schema, 'exclusiveMaximum', 'maximum'),
    ...needed(schema, 'exclusiveMinimum', 'minimum'),
    ...('type' in schema && 'bsonType' in schema ? [{ said: 'type', instead: 'write `bsonType` alone' }] : []),
  ]
}
