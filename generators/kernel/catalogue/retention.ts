import { error, warning } from './entry.js'

const orderProblems = {
  younger: 'this step comes before the one above it: steps stand in order of age',
  'same-age': 'this step comes at the same age as the one above it, so the order of the two is not decided',
  'after-delete': 'the rows are deleted by the step above, so nothing is left for this one',
  'archived-twice': 'the rows are archived already by a step above',
  'set-after-archive': 'the rows are in the archive by then, which keeps them as they were',
  'set-back': 'a step above sets the same field otherwise, and would set it back in every run',
} as const

const clockProblems = {
  type: 'an age counts from a timestamp or a date',
  age: 'this is longer than 1000 years, which no row lives to see',
  'at-type': '`at:` names a timestamp or a date, the moment the step is due',
} as const

const eventProblems = {
  'no-guild': () =>
    "`guild_leave` and `member_leave` need a field that holds a guild's id: snowflake(guild), or a reference to the entity `guild`",
  'no-member': () =>
    "`member_leave` needs fields that hold a guild's id and a user's: snowflake(guild) and snowflake(user), or references",
  'which-guild': (fields: string) =>
    `${fields} each name a guild, and nothing says by which of them the rows are found`,
  'which-member': (fields: string) =>
    `${fields} each name a user, and nothing says by which of them the rows are found`,
} as const

const eventHelps = {
  'no-guild': 'add such a field, or remove the line',
  'no-member': 'add such a field, or remove the line',
  'which-guild': 'call the field that says whose the rows are `guild_id`, or make it part of the key',
  'which-member': 'call the field that says whose the rows are `user_id`, or make it part of the key',
} as const

const summaryProblems = {
  'not-deleted': 'rows are summarised before they go: `summarise` stands with `delete: true`',
  period: 'a period is taken of a timestamp or a date only',
  hour: 'a date has no hours: rows are counted by its day, week, month or year',
  group:
    'rows are counted by values that every store tells apart alike: not by objects, lists, JSON, vectors or what is encrypted',
  number: 'a sum is taken of numbers only',
  order: 'a least and a greatest value are taken of numbers and times only, which every store puts in the same order',
  itself: 'rows are summarised into a table of their own, not into the one that they are deleted from',
  taken: 'rows are summarised into a table of their own, which is made for them, and this is the name of an entity',
  unit: 'rows are counted by the `hour(…)`, `day(…)`, `week(…)`, `month(…)` or `year(…)` of a time',
  personal: 'what it says of a person would stay here, where nothing finds it when the person is to be forgotten',
} as const

const scheduleProblems = {
  slower: 'the run comes less often than the shortest step, so rows stay longer than they should',
  'keep-newest-only': '`keep_newest` keeps rows from being archived or deleted, and no step does either',
  'no-clock': '`keep_newest` without steps needs `clock`, or nothing says which rows are the newest',
  group:
    'each group of `keep_newest` has values that every store tells apart alike: no objects, lists, JSON, vectors or what is encrypted',
  'nothing-to-run': 'there are neither steps nor `keep_newest`, so no run does anything',
} as const

const scheduleHelps = {
  slower: 'let `every` be no longer than the shortest `after`',
  'keep-newest-only': 'remove `keep_newest`',
  'no-clock': 'name the field that tells which rows are newer: `clock: created_at`',
  group: 'group by a plain field, such as an id',
  'nothing-to-run': 'add `steps`, or leave this out',
} as const

const codes = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ')

export const retentionCatalogue = {
  'retention-order': error<{ problem: keyof typeof orderProblems }>({
    message: ({ problem }) => orderProblems[problem],
    help: ({ problem }) =>
      problem === 'set-back'
        ? "let the step above say by `where` which value it replaces, such as `where: state = 'open'`"
        : 'put the steps in order of age, and drop what an earlier step has made needless',
    explanation:
      'A lifecycle is one story: steps stand from young to old, a row is archived at most once, and a delete without `where` ends it. Steps that contradict each other are refused, since a run would do either, by chance.',
  }),
  'retention-clock': error<{ problem: keyof typeof clockProblems }>({
    message: ({ problem }) => clockProblems[problem],
    help: ({ problem }) =>
      problem === 'age' ? 'keep the rows with `keep: forever`' : 'name a field of type `timestamp` or `date`',
    explanation:
      'A row is old enough when its clock, a timestamp or a date, lies `after` that long in the past; or when the moment in the field of `at` has come.',
  }),
  'retention-set': error<{ field: string; problem: string }>({
    message: ({ field, problem }) => `\`${field}\` cannot be set to this: ${problem}`,
    help: ({ field }) => `give \`${field}\` a value that an update may write`,
    explanation:
      'What retention sets must be a value of the field: of its type, within its limits, null only where it may be null, and no key or computed field.',
  }),
  'retention-blocked': error<{ entity: string; field: string; to: string; action: string }>({
    message: ({ entity, field, to, action }) =>
      `rows of \`${entity}\` refer to rows of \`${to}\` (\`${field}\`, \`on_delete: ${action}\`) and would stop the delete`,
    help: ({ entity }) =>
      `let the reference cascade, be set null or not be enforced, or give \`${entity}\` a rule by which its rows go no later`,
    explanation:
      'Postgres refuses to delete a row while a row with `restrict` or `no action` refers to it, so the retention run, the guild leave or the erasure would fail for such rows every time. An archived row is deleted from its table as well; and what goes with the rows by `on_delete: cascade` must not be held either.\n\nThe rows that refer to them may go before: by a step no later than this one, by the same `guild_leave` or `member_leave`, or by `delete` or `null` under `erase` for the field that refers.',
  }),
  'archive-cascade': error<{ entity: string; field: string }>({
    message: ({ entity, field }) =>
      `rows of \`${entity}\` go with these rows (\`${field}\`, \`on_delete: cascade\`), so archiving them would delete those for good`,
    help: ({ entity }) =>
      `give \`${entity}\` steps of its own that take its rows no later, or let the reference be set null or not be enforced`,
    explanation:
      'Archiving moves a row: it is copied, and deleted from its table. The delete takes along what points at the row by `on_delete: cascade`, which no archive has.',
  }),
  'keep-contradiction': error<{ entity: string; field: string }>({
    message: ({ entity, field }) =>
      `the rows are kept here, but they go with rows of \`${entity}\` (\`${field}\`, \`on_delete: cascade\`), which the same event deletes`,
    help: () => 'say `delete` here as well, keep the rows that are referred to, or let the reference be set null',
    explanation:
      'A guild or a member that leaves, and a person who asks to be forgotten, are one event for all entities. What it deletes takes along what points at it by `on_delete: cascade`, whatever reason there is to keep that.',
  }),
  'too-many-cascades': error<{ entity: string; most: number; deep: number }>({
    message: ({ entity, most, deep }) =>
      `deleting rows of \`${entity}\` takes others along on more ways than can be followed (${most} in all, ${deep} deep)`,
    help: () => 'let some of the references be set null, or not be enforced',
    explanation:
      'Guild leave and erasure follow every way by which `on_delete: cascade` leads from rows that go to rows that go with them. Entities that point at each other many times over have more ways than any database needs.',
  }),
  'hook-without-key': error<{ hook: string }>({
    message: ({ hook }) =>
      `\`${hook}\` is handed rows without a key, so it cannot be said which of them it has settled`,
    help: () => 'give the entity a key, or leave `before` out',
    explanation:
      "`before` hands each row that is due to the bot's own function, and acts on those that it settled. Which those are is told by their keys.",
  }),
  'retention-schedule': error<{ problem: keyof typeof scheduleProblems }>({
    message: ({ problem }) => scheduleProblems[problem],
    help: ({ problem }) => scheduleHelps[problem],
    explanation:
      '`every` is how often the run comes. It must come at least as often as the shortest step asks.\n\n`keep_newest` beside steps protects rows from being archived or deleted; alone it is a lifecycle of its own, in which everything but the newest goes. Which rows are newer is told by `clock`.',
  }),
  'retention-index': warning<{ fields: readonly string[]; isNewest: boolean }>({
    message: ({ fields, isNewest }) =>
      isNewest
        ? `no index has the newest rows by ${codes(fields)}, so each run reads the whole table`
        : `no index begins with ${codes(fields)}, so each run reads the whole table for what is due`,
    help: ({ fields, isNewest }) =>
      isNewest || fields.length > 1
        ? `add \`- [${fields.join(', ')}]\` under \`indexes:\``
        : `add \`- [${fields.join(', ')}]\` under \`indexes:\`, or \`index: true\` to the field`,
    explanation:
      'A run looks for the rows whose clock is old enough, the oldest first. An index, a unique or the key that begins with the clock finds them at once; without one the run reads every row, each time it comes.\n\nA partial index counts where the step asks for the same condition. For `keep_newest` an index has the fields of `per` first, and then the clock. A table that is partitioned by the clock needs none, but a collection of Mongo is never partitioned.',
  }),
  'retention-event': error<{ problem: keyof typeof eventProblems; candidates: readonly string[] }>({
    message: ({ problem, candidates }) => eventProblems[problem](codes(candidates)),
    help: ({ problem }) => eventHelps[problem],
    explanation:
      'What happens when a guild or a member leaves is found by the ids that the rows hold, so the entity needs a field for them. Where several fields hold ids of guilds, or of users, the one that says whose the row is must stand out: it is the id of the row itself, part of its key, part of a reference of several fields, or called `guild_id` or `user_id`.',
  }),
  'summary-misuse': error<{ name: string; problem: keyof typeof summaryProblems }>({
    message: ({ name, problem }) => `\`${name}\`: ${summaryProblems[problem]}`,
    help: () => 'write `summarise: { into: table, by: [fields], count: column }` beside `delete: true`',
    explanation:
      '`summarise` counts rows before they are deleted, and keeps the counts in a table of their own: a row for each group, with a column for everything in `by`, for the count and for each aggregate. Both stores come to the same counts, so rows are grouped, added up and compared by values only that are alike in both.\n\nWhere the set lets people be forgotten, the table says nothing of a person but what is found again by the field that names them.',
  }),
} as const
