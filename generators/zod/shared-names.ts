import { type Import, valueImport } from '../script/code.js'

/** What printed code takes of `zod/scalars.ts`, whose template is `templates/zod/scalars.ts`. */
export type ScalarName =
  | 'text'
  | 'textUpTo'
  | 'textOf'
  | 'textOfLength'
  | 'url'
  | 'email'
  | 'color'
  | 'smallint'
  | 'integer'
  | 'long'
  | 'double'
  | 'real'
  | 'int64'
  | 'decimalOf'
  | 'decimalWithin'
  | 'decimalText'
  | 'instant'
  | 'day'
  | 'timeOfDay'
  | 'bytesOf'
  | 'vectorOf'
  | 'json'
  | 'jsonInMongo'
  | 'plain'
  | 'change'
  | 'without'
  | 'oneOf'
  | 'mapOf'
  | 'idOf'
  | 'isSnowflake'
  | 'isObjectId'
  | 'isUuid'
  | 'makeObjectId'
  | 'makeUuid'

/** A declaration of `zod/scalars.ts`. */
export const scalar = (name: ScalarName): Import => valueImport('zod/scalars', name)

/**
 * What printed code takes of `zod/codecs.ts`, whose templates are `templates/zod/codecs/`. The ending says the other form:
 * of JSON, of a Postgres driver, of a Mongo driver.
 */
export type CodecName =
  | 'renamed'
  | 'instantJson'
  | 'int64Json'
  | 'bytesJson'
  | 'idPostgres'
  | 'numberPostgres'
  | 'realPostgres'
  | 'int64Postgres'
  | 'decimalPostgres'
  | 'instantPostgres'
  | 'naivePostgres'
  | 'epochPostgres'
  | 'dayPostgres'
  | 'timePostgres'
  | 'intervalPostgres'
  | 'bytesPostgres'
  | 'jsonb'
  | 'vectorPostgres'
  | 'realsPostgres'
  | 'listPostgres'
  | 'numberMongo'
  | 'vectorMongo'
  | 'int64Mongo'
  | 'bytesMongo'
  | 'jsonMongo'
  | 'objectIdMongo'
  | 'decimalMongo'
  | 'epochMongo'

/** A declaration of `zod/codecs.ts`. */
export const codec = (name: CodecName): Import => valueImport('zod/codecs', name)
