import { enumStorages } from '../../model/words.js'
import { enumValues, expressionText, fieldKeys, goneKey, typeKeys, typeText } from './fields.js'
import { choice, key, keys, named, namesTo, required, text } from './syntax.js'

export const objectShape = keys('an object', {
  object: required(key(text('the name of the object'), 'A structure that is embedded in entities.', 'server_settings')),
  summary: key(text(), 'What it is, in one sentence.', 'How a guild wants the bot to behave.'),
  fields: required(
    key(named('fields'), 'Its fields. `?` after a name: the key may be absent.', { prefix: 'text = "!"' }),
  ),
  checks: key(namesTo(expressionText, 'conditions by name'), 'Conditions that every value meets.', {
    span: 'low <= high',
  }),
  gone: goneKey('Former fields', 'prefix'),
})

export const enumShape = keys('an enum', {
  enum: required(key(text('the name of the enum'), 'A closed list of values.', 'severity')),
  summary: key(text(), 'What the values are of, in one sentence.', 'How bad it was.'),
  values: required(
    key(enumValues, 'The values: a list, or each with its meaning.', ['low', 'high'], { low: 'A hint' }),
  ),
  as: key(
    choice(...enumStorages),
    'How Postgres keeps it: a type of its own, or a plain column with a check.',
    'check',
  ),
  gone: goneKey('Former values', 'medium'),
})

const { ref, fields } = typeKeys
// What is said of one field alone has no meaning for all fields of a type.
const { key: _key, was: _was, code: _code, ...sharedKeys } = fieldKeys

export const typeShape = keys(
  'a type',
  {
    type: required(key(text('the name of the type'), 'A field type with a name of its own.', 'locale')),
    is: key(typeText, 'The type it is made from.', 'string(5)'),
    ref,
    fields,
    ...sharedKeys,
  },
  ['is', 'ref', 'fields'],
)
