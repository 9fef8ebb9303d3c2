import {
  accessRights,
  partitionPeriods,
  queryResults,
  validationActions,
  validationLevels,
  validatorModes,
} from '../../model/words.js'
import {
  actions,
  deleteActions,
  enforceKey,
  expressionText,
  fieldName,
  fieldNames,
  goneKey,
  indexShape,
  storeNames,
  typeText,
  uniqueShape,
} from './fields.js'
import { retentionShape } from './retention.js'
import { anything, choice, either, key, keys, listOf, named, namesTo, required, text, truth, whole } from './syntax.js'

const texts = either(text(), listOf(text(), 'a list of texts'))

const docsShape = keys('`docs`', {
  title: key(text(), 'The title of the page; by default made from the name.', 'Warnings'),
  represents: key(text(), 'What one row is in the world.', 'A rule the member broke, as a moderator saw it.'),
  grows: key(
    either(
      text('when rows are added'),
      keys('`grows`', {
        when: key(text(), 'What adds a row.', 'A moderator warns someone.'),
        rate: key(text(), 'How many rows that makes.', '5-50 a day in an active guild'),
      }),
    ),
    'When rows are added, and how many.',
    { when: 'A moderator warns someone.', rate: '5-50 a day' },
  ),
  cleaned: key(text(), 'When rows go.', 'Never.'),
  why: key(text(), 'Why it is kept at all.', 'Repeated warnings lead to a mute.'),
  notes: key(texts, 'What else a maintainer should know.', ['Old rows lack a moderator.']),
  not_stored: key(texts, 'What one might look for here and will not find.', ['The message that led to it.']),
  sources: key(texts, 'Where the facts come from.', ['https://discord.com/developers/docs']),
})

const permission = either(truth, fieldNames())

const accessShape = either(
  listOf(choice(...accessRights), 'a list of `create`, `read`, `update`, `delete`', 1),
  keys('an access rule', {
    create: key(truth, 'May insert rows.', true),
    read: key(permission, 'May read rows, or these fields of them.', true),
    update: key(permission, 'May change rows, or these fields of them.', ['active']),
    delete: key(truth, 'May delete rows.', true),
  }),
)

const queryValue = (what: string) =>
  either(
    text('a field, or `other_entity.field`'),
    keys(`a ${what}`, { type: required(key(typeText, `The type of the ${what}.`, 'integer')) }),
  )

const queryShape = keys('a query', {
  summary: key(text(), 'What it answers.', "A member's warnings still in force."),
  params: key(
    namesTo(queryValue('parameter'), 'parameters by name'),
    'The parameters, each typed by a field of this entity, `other_entity.field`, or `{ type: integer }`; with `?` it may be null.',
    { user: 'user_id', limit: { type: 'integer' } },
  ),
  returns: key(choice(...queryResults), 'How many rows come back; many when left out.', 'many'),
  columns: key(
    either(
      choice('all'),
      listOf(text('a field of this entity'), 'a list of fields of this entity', 1),
      namesTo(queryValue('column'), 'columns by name', 1),
    ),
    'What each row has: `all` that a row of this entity has, some of its fields, or names with the field or type of each, as under `params`.',
    'all',
    ['id', 'reason'],
    { id: 'id', name: 'user.name?', warnings: { type: 'long' } },
  ),
  postgres: key(
    text('SQL'),
    'The statement, with `:name` for each parameter.',
    'SELECT id FROM warnings WHERE user_id = :user',
  ),
  mongo: key(namesTo(anything('a value'), 'a command', 1), 'The command, with `":name"` for each parameter.', {
    find: { user_id: ':user' },
  }),
})

const listShape = keys('a list', {
  summary: key(text(), 'Which rows these are.', 'Members who are there, the newest first.'),
  by: key(fieldNames(1), 'The fields that a caller gives values for.', ['guild_id']),
  where: key(expressionText, 'A condition on the rows.', 'left_at is null'),
  order: key(
    listOf(text('a field, such as `joined_at desc`'), 'a list of fields', 1),
    'What the rows are ordered by; null is the smallest value, and the key follows.',
    ['joined_at desc'],
  ),
  index: key(truth, 'False: brings no index along, where none serves it.', false),
})

const rowsShape = listOf(namesTo(anything('a value'), 'values by field'), 'a list of rows')

export const entityShape = keys('an entity', {
  entity: required(
    key(text('the name of the entity'), 'An entity: a table and a collection. Singular, snake_case.', 'warning'),
  ),
  summary: key(text(), 'What it is, in one sentence.', "A moderator's warning to a member."),
  group: key(text('the name of a group'), 'The chapter of the docs it stands in.', 'moderation'),
  table: key(text(), 'Its name in Postgres; by default the plural.', 'warnings'),
  collection: key(text(), 'Its name in Mongo; by default the table.', 'warnings'),
  model: key(text(), 'The name Mongoose knows it by; by default in PascalCase.', 'Warning'),
  docs: key(docsShape, 'What the docs say of it.', { why: 'Repeated warnings lead to a mute.' }),
  fields: required(
    key(named('fields'), 'Its fields, in the order they are kept.', { id: 'identity', reason: 'string(512)?' }),
  ),
  key: key(
    either(fieldName, fieldNames(1)),
    'The fields that tell rows apart, or `none`; by default the field `id` or `_id`.',
    ['guild_id', 'user_id'],
    'none',
  ),
  unique: key(
    listOf(either(fieldName, fieldNames(1), uniqueShape), 'a list of unique rules'),
    'Fields whose values together differ in all rows.',
    [['guild_id', 'name']],
  ),
  references: key(
    listOf(
      keys('a reference', {
        fields: required(key(fieldNames(1), 'The fields that refer.', ['guild_id', 'user_id'])),
        to: required(
          key(
            text('an entity, such as `guild_member` or `guild_member(guild_id, user_id)`'),
            'The entity they refer to, by its key or by the unique fields in brackets.',
            'guild_member',
          ),
        ),
        on_delete: key(deleteActions, 'What happens to this row when the row it refers to goes.', 'cascade', {
          set_null: ['channel_id'],
        }),
        on_update: key(actions, 'What happens when the key it refers to changes.', 'cascade'),
        enforced: key(truth, 'False: documented, with no constraint.', false),
        name: key(text(), 'The name of the constraint.', 'fk_members'),
      }),
      'a list of references',
    ),
    'References of several fields at once.',
    [{ fields: ['guild_id', 'user_id'], to: 'guild_member', on_delete: 'cascade' }],
  ),
  indexes: key(
    listOf(
      either(text('a part of an index'), listOf(text('a part of an index'), 'the parts of an index', 1), indexShape),
      'a list of indexes',
    ),
    'What rows are searched by.',
    [['guild_id', 'created_at desc']],
  ),
  checks: key(namesTo(expressionText, 'conditions by name'), 'Conditions that every row meets.', {
    expiry_after_creation: 'expires_at is null or expires_at > created_at',
  }),
  timestamps: key(
    either(
      truth,
      keys('`timestamps`', {
        created: key(fieldName, 'The field that holds when the row was made.', 'created_at'),
        updated: key(fieldName, 'The field that holds when the row was last changed.', 'updated_at'),
      }),
    ),
    'Adds `created_at` and `updated_at`, kept by the store.',
    true,
  ),
  append_only: key(truth, 'Rows are never changed nor deleted.', true),
  singleton: key(truth, 'There is at most one row.', true),
  retention: key(retentionShape, 'What happens to rows as they age.', { keep: 'forever', because: 'One row a guild.' }),
  access: key(namesTo(accessShape, 'access by actor'), 'Which actors may do what.', { warn_command: ['create'] }),
  queries: key(namesTo(queryShape, 'queries by name'), 'Queries that are known to run.'),
  lists: key(namesTo(listShape, 'lists by name'), 'Rows in an order that the bot reads a page at a time.', {
    present: { by: ['guild_id'], where: 'left_at is null', order: ['joined_at desc'] },
  }),
  examples: key(rowsShape, 'Rows as they may look; they are inserted to prove the outputs.', [{ reason: 'Spam' }]),
  seed: key(rowsShape, 'Rows that every database starts with.', [{ name: 'default' }]),
  stores: key(storeNames, 'The stores that keep it.', ['postgres']),
  enforce: enforceKey('the entity'),
  was: key(text(), 'What it was called before: a rename, not a new entity.', 'warn'),
  gone: goneKey('Former fields', 'note'),
  postgres: key(
    keys('the `postgres` block of an entity', {
      partition: key(
        keys('a partition', {
          by: required(key(choice(...partitionPeriods), 'The length of a partition.', 'month')),
          on: required(key(fieldName, 'The timestamp or date that rows are divided by.', 'created_at')),
          ahead: key(whole(0, 1000), 'How many periods to make ahead; 3 when left out.', 3),
        }),
        'Divides the table by time.',
        { by: 'month', on: 'created_at', ahead: 3 },
      ),
      key: key(text(), 'The name of the constraint of the key; by default `<table>_pkey`.', 'warnings_pk'),
      unlogged: key(
        truth,
        'The table is not written to the log: faster, but it is empty after a crash, and no replica has it.',
        true,
      ),
      checks: key(namesTo(text('SQL'), 'SQL by name'), 'Raw conditions; other stores cannot enforce them.', {
        name_is_trimmed: 'name = btrim(name)',
      }),
    }),
    'What only Postgres has.',
  ),
  mongo: key(
    keys('the `mongo` block of an entity', {
      validators: key(
        choice(...validatorModes),
        'What the validator does: nothing (there is none), warn, refuse changes to documents that were valid before, or refuse all.',
        'warn',
      ),
      validation_level: key(choice(...validationLevels), 'Which documents the validator holds to.', 'moderate'),
      validation_action: key(choice(...validationActions), 'What the validator does.', 'warn'),
    }),
    'What only Mongo has.',
  ),
})
