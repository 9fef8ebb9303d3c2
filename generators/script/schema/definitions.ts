import { formatPatterns } from '../../model/formats.js'
import { referenceKeys, reservedKeys } from '../../model/reserved-keys.js'
import {
  bigintPattern,
  datePattern,
  objectIdPattern,
  snowflakePattern,
  textPattern,
  timePattern,
  timestampPattern,
  uuidPattern,
} from './patterns.js'
import { refTo, type Schema } from './schema.js'

const text = (pattern: string, rest: Schema = {}): Schema => ({ type: 'string', pattern, ...rest })

const patterned = (pattern: string, rest: Schema = {}): Schema => ({ ...refTo('text'), pattern, ...rest })

/** The scalars that schemas share, by the names their references use. */
export const sharedDefinitions: Readonly<Record<string, Schema>> = {
  text: text(textPattern, { description: 'Text that every store can hold: no NUL, no half of a surrogate pair.' }),
  snowflake: text(snowflakePattern, { description: 'A Discord id: 1 to 2^63-1, as a string.' }),
  bigint: text(bigintPattern({ min: null, max: null }), { description: 'A whole number of 64 bits, as a string.' }),
  uuid: text(uuidPattern, { format: 'uuid' }),
  objectid: text(objectIdPattern, { description: 'The 24 hexadecimal digits of an ObjectId.' }),
  timestamp: text(timestampPattern, { format: 'date-time', description: 'An instant in UTC, to the millisecond.' }),
  date: text(datePattern, { format: 'date' }),
  time: text(timePattern, { description: 'A time of day, to the millisecond.' }),
  url: patterned(formatPatterns.url, { format: 'uri' }),
  email: patterned(formatPatterns.email, { format: 'email' }),
  color: patterned(formatPatterns.color),
  json: { ...refTo('value'), not: { type: 'null' }, description: 'Any JSON value but null.' },
  value: {
    anyOf: [
      { type: ['null', 'boolean', 'number'] },
      refTo('text'),
      { type: 'array', items: refTo('value') },
      {
        type: 'object',
        propertyNames: refTo('text'),
        additionalProperties: refTo('value'),
      },
    ],
  },
  jsonInMongo: {
    ...refTo('valueInMongo'),
    not: { type: 'null' },
    description: 'Any JSON value but null, without keys that MongoDB does not give back.',
  },
  valueInMongo: {
    anyOf: [
      { type: ['null', 'boolean', 'number'] },
      refTo('text'),
      { type: 'array', items: refTo('valueInMongo') },
      {
        type: 'object',
        propertyNames: { ...refTo('text'), not: { enum: [...reservedKeys] } },
        not: { required: [...referenceKeys] },
        additionalProperties: refTo('valueInMongo'),
      },
    ],
  },
}
