import { expressionText, fieldNames } from './fields.js'
import { anything, choice, either, key, keys, listOf, namesTo, required, text, textOf, whole } from './syntax.js'

const units = 'seconds, minutes, hours, days, weeks, months or years'

/** A length of time: `90 days`. */
export const agePattern = '^[1-9][0-9]{0,8} (?:second|minute|hour|day|week|month|year)s?$'

/** The same, from another field: `5 minutes of deleted_at`. */
export const ageOfPattern = `${agePattern.slice(0, -1)}(?: of .+)?$`

/** `true` is none. */
const reason = textOf('a reason', String.raw`\S`)

const age = textOf(`a length of time in ${units}, such as \`1 day\``, agePattern)
const setValues = namesTo(anything('a value'), 'values by field', 1)

const eventRule = either(
  choice('delete'),
  keys(
    'an event rule',
    {
      keep: key(reason, 'The rows stay, for this reason.', 'Bans outlive the guild.'),
      set: key(setValues, 'The rows stay with these values; `now` is the time of the event.', { active: false }),
    },
    ['keep', 'set'],
  ),
)

const step = keys(
  'a step',
  {
    after: key(
      textOf(`an age in ${units}, such as \`90 days\` or \`5 minutes of deleted_at\``, ageOfPattern),
      'How old a row is, counted from the clock, or `of` another field.',
      '90 days',
      '5 minutes of deleted_at',
    ),
    at: key(text('the name of a field'), 'The field that holds the time itself.', 'expires_at'),
    where: key(expressionText, 'Only rows that meet this condition.', 'active = false'),
    set: key(
      setValues,
      'Fields to overwrite, in rows that do not have these values yet; `now` is the time of the run, in a field that may be null.',
      { active: false },
    ),
    archive: key(text('the name of a table'), 'The table that rows move to, with when and why.', 'warnings_archive'),
    delete: key(choice(true), 'The rows go.', true),
    summarise: key(
      keys('a summary', {
        into: required(key(text('the name of a table'), 'The table that holds the counts.', 'warning_summaries')),
        by: required(
          key(
            listOf(text('a field, or `month(created_at)`'), 'a list of fields', 1),
            'What rows are counted by: fields, or hour, day, week, month or year of one.',
            ['guild_id', 'month(created_at)'],
          ),
        ),
        count: key(text(), 'The column that holds how many rows there were.', 'warnings'),
        sum: key(namesTo(text('a field'), 'fields by column'), 'Columns that hold sums of fields.', {
          total: 'amount',
        }),
        min: key(namesTo(text('a field'), 'fields by column'), 'Columns that hold the least value.', {
          first_at: 'created_at',
        }),
        max: key(namesTo(text('a field'), 'fields by column'), 'Columns that hold the greatest value.', {
          last_at: 'created_at',
        }),
      }),
      'What is kept of the rows before they go.',
      { into: 'warning_summaries', by: ['guild_id'], count: 'warnings' },
    ),
    before: key(
      text('the name of a hook'),
      'The function of the bot that is handed each row first, at least once.',
      'lift_punishment',
    ),
  },
  ['after', 'at'],
)

export const retentionShape = keys('a retention', {
  keep: key(choice('forever'), 'Rows are never cleaned; `because` says why.', 'forever'),
  because: key(reason, 'Why rows are kept forever.', 'One row a guild.'),
  clock: key(text('the name of a field'), 'The field that ages count from.', 'created_at'),
  steps: key(listOf(step, 'a list of steps', 1), 'What happens to rows, in the order of their age.', [
    { after: '90 days', delete: true },
  ]),
  every: key(age, 'How often it is run: at least as often as the shortest step.', '1 day'),
  batch: key(whole(1, 1_000_000), 'How many rows one transaction takes.', 1000),
  keep_newest: key(
    either(
      whole(1),
      keys('`keep_newest`', {
        count: required(key(whole(1), 'How many rows stay.', 100)),
        per: key(fieldNames(1), 'The fields whose values each have newest rows of their own.', ['guild_id']),
      }),
    ),
    'The newest rows by the clock. Steps neither archive nor delete them; without steps, all others are deleted.',
    { count: 100, per: ['guild_id'] },
  ),
  guild_leave: key(
    eventRule,
    'What happens to the rows of a guild that the bot leaves: those whose field for the guild holds its id.',
    'delete',
  ),
  member_leave: key(eventRule, 'What happens to the rows of a member who leaves a guild, by the fields for both.', {
    set: { active: false },
  }),
  erase: key(
    namesTo(
      either(
        choice('delete', 'null', null),
        keys('an erasure', {
          keep: required(key(reason, 'The value stays, for this reason.', 'Accountability.')),
        }),
      ),
      'rules by field',
      1,
    ),
    'What happens to the data of a person who asks to be forgotten, by the field that names them: `delete` the row, `null` the field, or keep with a reason. Where one entity says so, all that name a person do.',
    { user_id: 'delete' },
  ),
})
