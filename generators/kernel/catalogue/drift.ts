import { error, warning } from './entry.js'

export interface Told {
  /** ``column `warnings.note` `` */
  readonly what: string
  /** `breaks reads` */
  readonly effect: string
  /** Statements of SQL; null where there are none that lose nothing. */
  readonly mend: string | null
}

/** How many lines of statements a help shows: with the finding around them, about what a screen does. */
const shownLines = 30

/** Statements that are too long for a screen are not cut, since a part of them would do a part. */
const mendOr = (mend: string | null, otherwise: string): string => {
  if (mend === null) return otherwise
  const { length } = mend.split('\n')
  return length <= shownLines
    ? `run:\n${mend}`
    : `run the \`statement\` (${length} lines) that \`botschema drift --json\` has for it`
}

const effects =
  'The end of the message says what it means for a bot that runs the emitted code: it *breaks reads*, it *breaks writes*, or it *loosens a promise* (the code works, but the database lets through what the set refuses, or does not keep what the set promises).'

const statements =
  'The help has the statements that mend it, in one transaction; where they have more than 30 lines, `statement` of `--json` has them. They are the direct way: on a table that is large and in use, read first how long each locks it. There is no statement where a value would be lost.'

/** What `drift` finds in a live database. */
export const driftCatalogue = {
  'drift-missing': error<Told & { alongside: string }>({
    message: ({ what, alongside, effect }) => `the database has no ${what}${alongside}: ${effect}`,
    help: ({ mend }) => mendOr(mend, 'apply the `schema.sql` of the set to it, or bring it there by hand'),
    explanation: `The set describes something that the database does not have. What needs it, such as the columns and indexes of a table, is missing with it and is not told again. ${effects}\n\n${statements}`,
  }),
  'drift-different': error<Told & { changes: string }>({
    message: ({ what, changes, effect }) => `${what} is not as described: ${changes}: ${effect}`,
    help: ({ mend }) =>
      mendOr(mend, 'no single statement changes it without losing something: change the database by hand, or the YAML'),
    explanation: `Something that the set describes is in the database, in another form. Structures are compared as data, and expressions by what Postgres reads in them, so that a difference of spelling alone, or of the server’s version, is none. What reads a column of another type is compared when the column has its type. ${effects}\n\n${statements}`,
  }),
  'drift-extra': error<Omit<Told, 'mend'>>({
    message: ({ what, effect }) => `the database has a ${what} that the set does not describe: ${effect}`,
    help: () => 'describe it in the YAML, or take it off yourself: `drift` never offers to delete what it did not make',
    explanation: `A table of the set has something beside what is described that gets into the bot’s way: a column that has to be given, a constraint or a unique index that may refuse rows, a trigger. ${effects}`,
  }),
  'drift-not-in-force': error<Told & { state: string }>({
    message: ({ what, state, effect }) => `${what} ${state}: ${effect}`,
    help: ({ mend }) => mendOr(mend, 'bring it into force by hand'),
    explanation: `What the set describes is there and as described, but does not hold: a constraint that was added \`NOT VALID\` and was never validated, an index whose \`CREATE INDEX CONCURRENTLY\` failed, a trigger that somebody disabled, a function with the owner’s rights that everybody may execute. ${effects}\n\n${statements}`,
  }),
  'drift-cosmetic': warning<Omit<Told, 'effect'> & { problem: string }>({
    message: ({ what, problem }) => `${what} ${problem}`,
    help: ({ mend }) => mendOr(mend, 'describe it in the YAML, or leave it'),
    explanation:
      'The database differs from the set in something that no code of the set notices: a comment, a column beside the described ones that need not be given, an index that only makes queries faster. It is a warning, so the command exits with 0.',
  }),
  'drift-wrong-database': error<{ tables: number; schema: string }>({
    message: ({ tables, schema }) =>
      `the database has no table of the set in its schema ${schema}; the set describes ${tables}`,
    help: () => 'is this the database of the bot? a new one takes the `schema.sql` of the set, then `retention.sql`',
    explanation:
      'Not one table that the set describes is in the schema that it names. It is another database than is meant, or one to which `schema.sql` was not applied yet, so the rest is not listed.',
  }),
  'baseline-refused': error<{ problem: string }>({
    message: ({ problem }) => `the baseline cannot be used: ${problem}`,
    help: () => 'write `accepted:`, and below it `- { finding: …, because: …, until: 2027-01-31 }`',
    explanation:
      'The file of `--baseline` lists findings of `botschema drift` that somebody accepted. Each entry has `finding`, which is the `id` of the finding in `--json`; `because`, a reason; and `until`, the last day on which it is accepted:\n\n```yaml\naccepted:\n  - finding: missing index users.users_last_seen_at_idx\n    because: The table is small; it comes with the next release.\n    until: 2027-01-31\n```',
  }),
  'baseline-gone': warning<{ finding: string }>({
    message: ({ finding }) => `the baseline accepts \`${finding}\`, which is not there any more`,
    help: () => 'delete the entry',
    explanation:
      'An entry of the file of `--baseline` accepts a finding that `botschema drift` does not have: somebody mended it. The entry would hide it if it came back.',
  }),
  'baseline-over': warning<{ finding: string; until: string }>({
    message: ({ finding, until }) => `\`${finding}\` was accepted until ${until}, and is told again`,
    help: () => 'mend it, or set a later day in `until`',
    explanation:
      'The day of `until:` of an entry in the file of `--baseline` has passed, in UTC. The finding counts again.',
  }),
  'drift-not-compared': error<{ reason: string }>({
    message: ({ reason }) => `the set was not compared with the database: ${reason}`,
    help: () => 'nothing is known of this set’s drift: compare it by hand',
    explanation:
      'What a set wants is its emitted SQL as Postgres itself reads it, in the embedded engine. This engine could not run it: an extension is not part of it (pgvector), or raw SQL of the YAML was refused, which `botschema verify` tells at its place.',
  }),
}
