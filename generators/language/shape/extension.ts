import { enumShape } from './definitions.js'
import { entityShape } from './entity.js'
import { fieldName, fieldNames } from './fields.js'
import { choice, either, key, keys, listOf, named, required, text } from './syntax.js'

const names = (what: string) => listOf(text(what), 'a list of names', 1)

/** A rule without a name is named by its fields. */
const rules = listOf(
  either(text('the name of a rule, or its only field'), fieldNames(1)),
  'a list of names, or of the fields of rules',
  1,
)

const all = choice(true)

const withoutShape = keys('`without`', {
  fields: key(listOf(fieldName, 'a list of field names', 1), 'Fields to leave out.', ['icon']),
  unique: key(rules, 'Unique rules to leave out, by name or by their fields.', [['guild_id', 'name']]),
  references: key(rules, 'References of several fields to leave out, by name or by their fields.', [
    ['guild_id', 'user_id'],
  ]),
  indexes: key(rules, 'Indexes to leave out, by name or by their parts.', ['idx_members_joined']),
  checks: key(names('the name of a check'), 'Conditions to leave out.', ['expiry_after_creation']),
  access: key(names('the name of an actor'), 'Actors who lose their access.', ['gateway']),
  queries: key(names('the name of a query'), 'Queries to leave out.', ['active']),
  lists: key(names('the name of a list'), 'Lists to leave out.', ['present']),
  values: key(names('a value'), 'Values of an enum to leave out.', ['ban']),
  retention: key(all, 'Leaves out the whole retention.', true),
  examples: key(all, 'Leaves out all examples.', true),
  seed: key(all, 'Leaves out all seed rows.', true),
})

const { entity: _entity, fields: _fields, ...entityKeys } = entityShape.keys
const { values, as } = enumShape.keys

/** What a set says of a definition that it took in: whatever the definition itself may say, and what to leave out. */
export const extensionShape = keys('an extension', {
  extend: required(
    key(text('the name of a definition'), 'An entity, an object or an enum that was taken in.', 'guild_member'),
  ),
  without: key(withoutShape, 'What to leave out, before anything is added.', { indexes: ['idx_members_joined'] }),
  fields: key(named('laidFields'), 'Fields to add, and what to change in those that are there.', {
    xp: 'integer = 0',
    nickname: { max_length: 20 },
  }),
  ...entityKeys,
  ...(values === undefined ? {} : { values: { ...values, required: false } }),
  ...(as === undefined ? {} : { as }),
})
