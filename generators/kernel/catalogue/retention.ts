import { error } from './entry.js'

const orderProblems = {
  younger: 'this step comes before the one above it: steps stand in order of age',
  'same-age': 'this step comes at the same age as the one above it, so the order of the two is not decided',
  'after-delete': 'the rows are deleted by the step above, so nothing is left for this one',
  'archived-twice': 'the rows are archived already by a step above',
  'set-after-archive': 'the rows are in the archive by then, which keeps them as they were',
} as const

const clockProblems = {
  type: 'an age counts from a timestamp or a date',
  'at-type': '`at:` names a timestamp or a date, the moment the step is due',
} as const

const eraseProblems = {
  required: 'may not be null, so erasing it cannot be `null`',
  'no-person': "holds no person's data: erase names a field of a user, or one marked `personal: true`",
  key: 'is part of the key, so it cannot be set to null: delete the row or keep it',
  twice: 'has two erase rules',
} as const

const eventProblems = {
  'no-guild':
    "`guild_leave` needs a field that holds a guild's id: snowflake(guild), or a reference to the entity `guild`",
  'no-member':
    "`member_leave` needs fields that hold a guild's id and a user's: snowflake(guild) and snowflake(user), or references",
} as const

const summaryProblems = {
  'not-deleted': 'rows are summarised before they go: `summarise` stands with `delete: true`',
  period: 'a period is taken of a timestamp or a date only',
  number: 'a sum is taken of numbers only',
  itself: 'rows are summarised into another entity, not into their own',
} as const

const scheduleProblems = {
  slower: 'the run comes less often than the shortest step, so rows stay longer than they should',
  'keep-newest-only': '`keep_newest` protects rows from deletion, and no step deletes',
} as const

export const retentionCatalogue = {
  'retention-order': error<{ problem: keyof typeof orderProblems }>({
    message: ({ problem }) => orderProblems[problem],
    help: () => 'put the steps in order of age, and drop what an earlier step has made needless',
    explanation:
      'A lifecycle is one story: steps stand from young to old, a row is archived at most once, and a delete without `where` ends it. Steps that contradict each other are refused, since a run would do either, by chance.',
  }),
  'retention-clock': error<{ problem: keyof typeof clockProblems }>({
    message: ({ problem }) => clockProblems[problem],
    help: () => 'name a field of type `timestamp` or `date`',
    explanation:
      'A row is old enough when its clock, a timestamp or a date, lies `after` that long in the past; or when the moment in the field of `at` has come.',
  }),
  'retention-set': error<{ field: string; problem: string }>({
    message: ({ field, problem }) => `\`${field}\` cannot be set to this: ${problem}`,
    help: ({ field }) => `give \`${field}\` a value that an update may write`,
    explanation:
      'What retention sets must be a value of the field: of its type, within its limits, null only where it may be null, and no key or computed field.',
  }),
  'retention-blocked': error<{ entity: string; field: string; action: string }>({
    message: ({ entity, field, action }) =>
      `rows of \`${entity}\` refer to these rows (\`${field}\`, \`on_delete: ${action}\`) and would stop the delete`,
    help: ({ entity }) =>
      `let the reference cascade or be set null, or give \`${entity}\` a retention that deletes no later`,
    explanation:
      'Postgres refuses to delete a row while a row with `restrict` or `no action` refers to it, so the retention run would fail for such rows every time.',
  }),
  'retention-schedule': error<{ problem: keyof typeof scheduleProblems }>({
    message: ({ problem }) => scheduleProblems[problem],
    help: ({ problem }) =>
      problem === 'slower' ? 'let `every` be no longer than the shortest `after`' : 'remove `keep_newest`',
    explanation: '`every` is how often the run comes. It must come at least as often as the shortest step asks.',
  }),
  'retention-event': error<{ problem: keyof typeof eventProblems }>({
    message: ({ problem }) => eventProblems[problem],
    help: () => 'add such a field, or remove the line',
    explanation:
      'What happens when a guild or a member leaves is found by the ids that the rows hold, so the entity needs a field for them.',
  }),
  'erase-misuse': error<{ field: string; problem: keyof typeof eraseProblems }>({
    message: ({ field, problem }) => `\`${field}\` ${eraseProblems[problem]}`,
    help: () => 'say `delete`, `null` or `{ keep: why }` for a field that holds a person',
    explanation:
      'When a person asks to be erased, each field that holds a person says what happens: the row is deleted, the field becomes null, or it is kept, with the reason.',
  }),
  'summary-misuse': error<{ name: string; problem: keyof typeof summaryProblems }>({
    message: ({ name, problem }) => `\`${name}\`: ${summaryProblems[problem]}`,
    help: () => 'write `summarise: { into: other_entity, by: […], count: field }` beside `delete: true`',
    explanation:
      '`summarise` counts rows before they are deleted and keeps the counts in another entity, which has a field for everything in `by`, for the count and for each aggregate.',
  }),
} as const
