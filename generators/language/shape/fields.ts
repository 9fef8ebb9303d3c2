import { stores } from '../../model/store.js'
import { enforcers, indexMethods, nullsRules, referenceActions } from '../../model/words.js'
import { anything, choice, either, key, keys, listOf, named, namesTo, required, text, truth, whole } from './syntax.js'

export const typeText = text('a type, such as `string(100)?` or `ref(user)`')
export const expressionText = text('a condition, such as `expires_at > created_at`')
export const fieldName = text('the name of a field')
export const fieldNames = (atLeast = 0) => listOf(fieldName, 'a list of field names', atLeast)
/** What was there before, is gone, and was not renamed: `changes` asks which of both it is. */
export const goneKey = (what: string, example: string) =>
  key(
    listOf(text('a former name'), 'a list of former names', 1),
    `${what} that are gone for good: none of them was renamed.`,
    [example],
  )
export const storeNames = listOf(choice(...stores), 'a list of stores', 1)
/** `what`: what is enforced. */
export const enforceKey = (what: string) =>
  key(
    choice(...enforcers),
    `What refuses values of ${what} that are not allowed: the databases as well (` +
      '`store`' +
      `), or emitted code alone (` +
      '`code`' +
      `), as in databases that were there before.`,
    'code',
  )
export const actions = choice(...referenceActions)

/** What a reference of several fields does when its target goes: any action, or null in some of its fields only. */
export const deleteActions = either(
  actions,
  keys('an action', {
    set_null: required(
      key(fieldNames(1), 'The fields that become null; the others keep their values.', ['channel_id']),
    ),
  }),
)

/** The values of an enum: a list, or each with its meaning. */
export const enumValues = either(
  listOf(text('a value'), 'a list of values', 1),
  namesTo(
    either(
      text('what the value means'),
      keys('a value of an enum', {
        summary: key(text(), 'What the value means.', 'Seen by moderators only'),
        was: key(text(), 'What the value was called before: a rename, not a new value.', 'hidden'),
      }),
    ),
    'values with their meanings',
    1,
  ),
)

const uniqueOptions = {
  name: key(text(), 'The name of the constraint; by default made from the table and its fields.', 'uq_users_email'),
  nulls: key(choice(...nullsRules), 'Whether two nulls are different values.', 'not distinct'),
  deferrable: key(truth, 'Checked at the end of a transaction instead of at each statement.', true),
  where: key(expressionText, 'Only rows that meet this condition must differ.', 'deleted_at is null'),
  note: key(text(), 'Why it is as it is, where `validate` warns of it.', 'Names are cut to 200 characters by the bot'),
}

const indexOptions = {
  name: key(text(), 'The name of the index; by default made from the table and its fields.', 'idx_warnings_recent'),
  where: key(expressionText, 'Only rows that meet this condition are in the index.', 'active = true'),
  using: key(choice(...indexMethods), 'The kind of index in Postgres; btree when left out.', 'gin'),
  include: key(fieldNames(1), 'Fields kept in the index so that a query need not read the row.', ['reason']),
  unique: key(truth, 'Whether two rows may not have the same values.', true),
  note: key(text(), 'Why it is there, or as it is, where `validate` warns of it.', 'Kept for a report of the old bot'),
}

/** A unique rule with its fields named; `on` is how a field of its own says it. */
export const uniqueShape = keys('a unique rule', {
  fields: {
    ...key(fieldNames(1), 'The fields whose values together must differ.', ['guild_id', 'name']),
    required: true,
  },
  ...uniqueOptions,
})

export const indexShape = keys('an index', {
  fields: {
    ...key(
      listOf(
        text('a field, such as `created_at desc`, `lower(name)` or `tags gin_trgm_ops`'),
        'the parts of an index',
        1,
      ),
      'The parts of the index in their order: a field, `field desc`, an expression, or a field with an operator class.',
      ['guild_id', 'created_at desc'],
    ),
    required: true,
  },
  ...indexOptions,
})

/** Every word that may stand under `as:` of a field; which of them a type takes is known when it is resolved. */
export const storageWords = [
  'bigint',
  'text',
  'varchar',
  'identity',
  'serial',
  'bigserial',
  'int',
  'integer',
  'interval',
  'json',
  'jsonb',
  'array',
  'vector',
  'real[]',
  'type',
  'check',
] as const

/** What a long field takes beside what says its type. */
export const fieldKeys = {
  summary: key(text(), 'What the field means, in one sentence.', 'Who warned.'),
  notes: key(text(), 'More about the field, as Markdown.', 'Old rows hold the name instead.'),
  default: key(
    anything('a value'),
    'What an insert writes when the field is left out: a value, `now`, `[]`, `{}` (an object from its inner defaults), or `next(field)`.',
    'medium',
    'now',
    [],
  ),
  key: key(truth, 'This field tells rows apart (with the others that say so).', true),
  unique: key(either(truth, keys('a unique rule', uniqueOptions)), 'No two rows have the same value.', true, {
    nulls: 'not distinct',
  }),
  index: key(either(truth, keys('an index', indexOptions)), 'The field is searched for.', true, { using: 'gin' }),
  immutable: key(truth, 'Written once, by the insert; no patch can change it.', true),
  enforce: enforceKey('the field'),
  generated: key(
    text('an expression'),
    'Computed by the store from other fields of the row.',
    'coalesce(nickname, name)',
  ),
  min: key(text('a number'), 'The least value, itself allowed.', 0),
  max: key(text('a number'), 'The greatest value, itself allowed.', 100),
  length: key(whole(0), 'The exact length: code points of a text, bytes of `bytes`.', 2),
  min_length: key(whole(0), 'The least length: code points of a text, bytes of `bytes`.', 1),
  max_length: key(whole(0), 'The greatest length: code points of a text, bytes of `bytes`.', 2000),
  min_items: key(whole(0), 'The least number of items of a list or a map.', 1),
  max_items: key(whole(0), 'The greatest number of items of a list or a map.', 10),
  pattern: key(
    text('a regular expression'),
    'A regular expression that the text matches, of the subset that JavaScript and Postgres read alike.',
    '^[a-z]{2}(-[A-Z]{2})?$',
  ),
  values: key(enumValues, 'The only values: a list, or each with its meaning.', ['low', 'high'], { low: 'A hint' }),
  suggest: key(listOf(anything('a value'), 'a list of values'), 'Common values; others are allowed.', ['en', 'de']),
  bands: key(
    namesTo(text('the name of a range'), 'names by their lower bounds', 1),
    'Named ranges by their lower bounds.',
    { 0: 'Stranger', 21: 'Acquaintance' },
  ),
  as: key(choice(...storageWords), 'How Postgres keeps it, where the type leaves a choice.', 'text'),
  zone: key(truth, 'Whether a timestamp is kept with a time zone in Postgres.', false),
  precision: key(choice(3, 6), 'Digits of a second that a timestamp keeps in Postgres.', 6),
  on_delete: key(actions, 'What happens to this row when the row it refers to goes.', 'cascade'),
  on_update: key(actions, 'What happens to this field when the key it refers to changes.', 'cascade'),
  enforced: key(truth, 'False: the link is documented, with no constraint in the store.', false),
  encrypted: key(
    keys('an encryption', {
      with: { ...key(choice('pgcrypto'), 'What encrypts it.', 'pgcrypto'), required: true },
      key: {
        ...key(text(), 'The name of the secret that holds the key; never the key itself.', 'CRYPTO_SECRET'),
        required: true,
      },
    }),
    'Stored encrypted; the plain value is in no log, doc or `toJSON`.',
    { with: 'pgcrypto', key: 'CRYPTO_SECRET' },
  ),
  personal: key(truth, 'Data about a person: shown in the docs, covered by erasure.', true),
  deprecated: key(
    text('what to use instead, or true'),
    'No longer to be used; a text says what to use instead.',
    'Use `locale`.',
  ),
  was: key(text(), 'What the field was called before: a rename, not a new field.', 'nick'),
  gone: goneKey('Former values, or former fields, of an enum or object that is written in place,', 'medium'),
  code: key(text(), 'The name of the property in TypeScript, Zod and Mongoose.', 'rolesAdmin'),
  stores: key(storeNames, 'The stores that keep the field.', ['mongo']),
  postgres: key(
    keys('the `postgres` block of a field', {
      check: key(
        text('SQL'),
        'A raw condition of the column; other stores cannot enforce it.',
        "tags <@ ARRAY['a','b']",
      ),
      default: key(text('SQL'), 'A raw default of the column.', 'gen_random_uuid()'),
      collation: key(text(), 'The collation of the column.', 'C'),
    }),
    'What only Postgres has.',
    { collation: 'C' },
  ),
  mongo: key(
    keys('the `mongo` block of a field', {
      schema: key(namesTo(anything('a value'), 'keywords of JSON Schema'), 'Raw `$jsonSchema` keywords of the field.', {
        bsonType: 'string',
      }),
      as: key(
        choice('text'),
        'Decimals stay the text that documents had before: neither order nor `where` is by value.',
        'text',
      ),
    }),
    'What only Mongo has.',
    { schema: { bsonType: 'string' } },
  ),
}

/** What says the type of a field. */
export const typeKeys = {
  type: key(
    typeText,
    'The type. `?` after it: the value may be null. ` = value` after it: the default.',
    'string(100)?',
    'list<url>',
    'integer = 0',
  ),
  ref: key(
    text('an entity, such as `user` or `chat.chat_id`'),
    'The entity that the field refers to, by its key or `entity.field`.',
    'user',
  ),
  fields: key(named('fields'), 'The fields of an embedded object, written in place.', { prefix: 'text = "!"' }),
}

/** How messages name a field in its long form. */
export const fieldTitle = 'a field'

export const fieldShape = either(typeText, keys(fieldTitle, { ...typeKeys, ...fieldKeys }, ['type', 'ref', 'fields']))

export const fieldsShape = namesTo(named('field'), 'fields by their names', 1)

/** A field of an extension may leave out its type: it then changes what the field it is laid over says. */
export const laidFieldShape = either(
  typeText,
  keys(fieldTitle, {
    ...typeKeys,
    ...fieldKeys,
    fields: key(named('laidFields'), 'The fields to add to the embedded object, or to change in it.', {
      prefix: 'text = "?"',
    }),
  }),
)

export const laidFieldsShape = namesTo(named('laidField'), 'fields by their names', 1)
