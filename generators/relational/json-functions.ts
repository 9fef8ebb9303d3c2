import { literal, type Sql, sql } from '../kernel/safe/sql.js'
import { largestReal } from '../model/bounds.js'
import { referenceKeys, reservedKeyChoice, reservedKeys } from '../model/reserved-keys.js'

export type SharedName =
  | 'is_json_kept'
  | 'is_calendar_day'
  | 'is_json_date'
  | 'is_json_timestamp'
  | 'is_json_time'
  | 'is_json_snowflake'
  | 'is_json_bigint'
  | 'is_json_whole'
  | 'is_json_number'
  | 'is_json_real'
  | 'is_json_decimal'
  | 'is_json_base64'
  | 'is_json_vector'

/** A function about scalars in JSON that structure checks of all definitions share. `self` names another one of them. */
export interface SharedFunction {
  readonly parameters: readonly { readonly name: string; readonly type: Sql }[]
  readonly body: (self: (name: SharedName) => Sql) => Sql
  readonly comment: string
}

const value = { name: 'value', type: sql`jsonb` }
const numericBounds = [
  { name: 'low', type: sql`numeric` },
  { name: 'high', type: sql`numeric` },
]
const text = sql`value #>> '{}'`

const day = sql`'^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$'`
const clock = '([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,3})?'

/** What the text of JSON has where one of its objects may have such a key: looking for that takes a tenth of the time. */
const mentioned = `"(${reservedKeyChoice}|[$]ref)":`

/** Objects, at any depth, that have one of these keys or all of those. */
const reserved = [
  ...reservedKeys.map((key) => `exists(@.${JSON.stringify(key)})`),
  `(${referenceKeys.map((key) => `exists(@.${JSON.stringify(key)})`).join(' && ')})`,
].join(' || ')

export const sharedFunctions: Readonly<Record<SharedName, SharedFunction>> = {
  is_json_kept: {
    parameters: [value],
    body: () => sql`CASE
  WHEN jsonb_typeof(value) = 'null' THEN false
  WHEN value::text !~ ${literal(mentioned)} THEN true
  ELSE NOT jsonb_path_exists(value, ${literal(`strict $.** ? (${reserved})`)})
END`,
    comment: 'A value of JSON that MongoDB gives back: no key that its driver or Mongoose reads as its own.',
  },
  is_calendar_day: {
    parameters: [{ name: 'day', type: sql`text` }],
    body: () => sql`CASE
  WHEN day ~ ${day} AND day !~ '^0000'
  THEN substr(day, 9, 2)::integer <= extract(
    day FROM make_date(substr(day, 1, 4)::integer, substr(day, 6, 2)::integer, 1) + interval '1 month - 1 day'
  )
  ELSE false
END`,
    comment: 'A day of the calendar, years 1 to 9999.',
  },
  is_json_date: {
    parameters: [value],
    body: (self) => sql`jsonb_typeof(value) = 'string' AND ${self('is_calendar_day')}(${text})`,
    comment: 'A day as YYYY-MM-DD.',
  },
  is_json_timestamp: {
    parameters: [value],
    body: (self) =>
      sql`jsonb_typeof(value) = 'string'
  AND ${text} ~ ${`'^.{10}T${clock}Z$'` as Sql}
  AND ${self('is_calendar_day')}(left(${text}, 10))`,
    comment: 'An instant in UTC, in ISO 8601 to the millisecond.',
  },
  is_json_time: {
    parameters: [value],
    body: () => sql`jsonb_typeof(value) = 'string' AND ${text} ~ ${`'^${clock}$'` as Sql}`,
    comment: 'A time of day, HH:MM:SS with up to three digits of a fraction.',
  },
  is_json_snowflake: {
    parameters: [value],
    body: () => sql`jsonb_typeof(value) = 'string' AND ${text} ~ '^[1-9][0-9]{0,18}$'
  AND (char_length(${text}) < 19 OR ${text} <= '9223372036854775807' COLLATE "C")`,
    comment: 'A Discord id: the digits of 1 to 2^63-1.',
  },
  is_json_bigint: {
    parameters: [value, ...numericBounds],
    body: () => sql`CASE
  WHEN jsonb_typeof(value) = 'string' AND ${text} ~ '^(0|-?[1-9][0-9]{0,18})$'
  THEN (${text})::numeric BETWEEN low AND high
  ELSE false
END`,
    comment: 'A 64-bit number, as the string of its digits.',
  },
  is_json_whole: {
    parameters: [value, ...numericBounds],
    body: () => sql`CASE
  WHEN jsonb_typeof(value) = 'number' THEN value::numeric % 1 = 0 AND value::numeric BETWEEN low AND high
  ELSE false
END`,
    comment: 'A whole number within limits.',
  },
  is_json_number: {
    parameters: [value, ...numericBounds],
    body: () => sql`CASE WHEN jsonb_typeof(value) = 'number' THEN value::numeric BETWEEN low AND high ELSE false END`,
    comment: 'A number within limits.',
  },
  is_json_real: {
    parameters: [value, ...numericBounds],
    body: () => sql`CASE
  WHEN jsonb_typeof(value) <> 'number' THEN false
  WHEN value::numeric NOT BETWEEN low AND high THEN false
  WHEN value::numeric = 0 THEN true
  WHEN abs(value::numeric) < 1.401298464324817e-45 THEN false
  ELSE value::double precision = value::double precision::real
END`,
    comment: 'A number that survives rounding to single precision.',
  },
  is_json_decimal: {
    parameters: [value, { name: 'digits', type: sql`integer` }, ...numericBounds],
    body: () => sql`CASE
  WHEN jsonb_typeof(value) = 'string' AND ${text} ~ '^-?(0|[1-9][0-9]*)(\\.[0-9]+)?$' AND ${text} !~ '^-0(\\.0*)?$'
  THEN scale((${text})::numeric) <= digits AND (${text})::numeric BETWEEN low AND high
  ELSE false
END`,
    comment: 'A decimal as text, with at most so many digits after the point.',
  },
  is_json_base64: {
    parameters: [value, { name: 'shortest', type: sql`integer` }, { name: 'longest', type: sql`integer` }],
    body: () => sql`CASE
  WHEN jsonb_typeof(value) = 'string'
    AND ${text} ~ '^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?$'
  THEN octet_length(decode(${text}, 'base64')) BETWEEN shortest AND longest
  ELSE false
END`,
    comment: 'Bytes in base64.',
  },
  is_json_vector: {
    parameters: [value, { name: 'dimensions', type: sql`integer` }],
    body: (self) => sql`CASE
  WHEN jsonb_typeof(value) = 'array' THEN jsonb_array_length(value) = dimensions AND NOT EXISTS (
    SELECT 1 FROM jsonb_array_elements(value) AS item
    WHERE ${self('is_json_number')}(item, ${`-${largestReal}` as Sql}, ${`${largestReal}` as Sql}) IS NOT TRUE
  )
  ELSE false
END`,
    comment: 'A list of so many numbers of single precision.',
  },
}
