import { error, nearestOr, warning } from './entry.js'

type Store = 'postgres' | 'mongo'

const storeNames = { postgres: 'Postgres', mongo: 'MongoDB' } as const

const unnamed = {
  'no-store': () => 'no database is named: the command works on a live one',
  'no-url': (store: Store, variable: string) => `\`--${store}\` has no URL, and ${variable} is not set`,
  'no-address': (store: Store) => `what follows \`--${store}\` is neither a URL nor the folder of a set`,
  'stray-url': (store: Store) => `a URL stands where the folder of a set should: it follows \`--${store}\``,
} as const

const unapplied = {
  missing: (what: string) => `the database has no ${what}, which retention needs`,
  older: (what: string) => `${what} in the database is not as the set makes it`,
} as const

const unappliedHelp = {
  postgres: (file: string) => `apply the file of the set: \`psql "$DATABASE_URL" -f ${file}\``,
  mongo: () => 'is this the database of the bot? `createCollections` of `mongoose/access` makes the collections',
} as const

interface Unserved {
  readonly entity: string
  readonly table: string
  readonly fields: string
}

const indexRemedies = {
  line: ({ entity, fields }: Unserved) =>
    `add \`indexes: [[${fields}]]\` to ${entity}, and create the index in the database`,
  described: ({ entity }: Unserved) => `${entity} describes such an index: create it in the database`,
  archive: ({ fields, table }: Unserved) => `create an index of \`${table}\` that begins with ${fields}`,
} as const

const counted = (rows: number): string => `${rows} ${rows === 1 ? 'row' : 'rows'}`

/** What is found in live databases, and on the way to them. */
export const retainCatalogue = {
  'database-unnamed': error<{ problem: keyof typeof unnamed; store: Store; variable: string }>({
    message: ({ problem, store, variable }) => unnamed[problem](store, variable),
    help: ({ problem, store, variable }) =>
      problem === 'no-store'
        ? 'say `--postgres` or `--mongo`, with a URL, or with DATABASE_URL or MONGODB_URI set'
        : `write \`--${store} URL\`, or set ${variable}`,
    explanation:
      '`botschema retention` and `botschema drift` work on a live database: `--postgres` or `--mongo` says which, one of the two. The URL follows (`--postgres postgres://user:password@host/database`), or stands in DATABASE_URL or MONGODB_URI. The variable is the better place: other users of the machine can see the arguments of a command.\n\nConnection strings are printed nowhere.',
  }),
  'database-refused': error<{ store: Store; reason: string }>({
    message: ({ store, reason }) => `${storeNames[store]} cannot be used: ${reason}`,
    help: ({ store }) => `look at the URL (\`--${store}\`), and whether the server can be reached from here`,
    explanation:
      'The database of `--postgres` or `--mongo` could not be opened, or refused what botschema asked of it. The message says why: nothing listens at that address, its name is not known, it did not answer in five seconds, it does not let this user in, or it refused a statement, in its own words.',
  }),
  'retention-not-applied': error<{ store: Store; problem: keyof typeof unapplied; what: string; file: string }>({
    message: ({ problem, what }) => unapplied[problem](what),
    help: ({ store, file }) => unappliedHelp[store](file),
    explanation:
      'In Postgres retention is done by functions in the database, so that a batch is one transaction. They are in `postgres/retention.sql` of the outputs, which is applied after `schema.sql`, and again whenever `generate` has changed it: applying it twice does no harm. This database lacks some of them, or has some of an older file, which may do what the description says no more. So nothing was done.\n\nIn MongoDB there are no such functions, but a database that has none of the set’s collections is not the one that is meant.',
  }),
  'retention-without-access': error<{ store: Store; target: string }>({
    message: ({ store }) => `what retention does in ${storeNames[store]} is not emitted, since \`access\` is off`,
    help: ({ target }) => `set \`targets: { ${target}: { access: true } }\` in botschema.yaml`,
    explanation:
      '`botschema retention` runs the code that a bot would run itself: the `retention.ts` among the functions that read and write rows. `access: false` of the target leaves those functions out, and so does turning off the target itself.',
  }),
  'hook-file-refused': error<{ path: string; reason: string }>({
    message: ({ path, reason }) => `the hooks in \`${path}\` cannot be used: ${reason}`,
    help: () => 'give a JavaScript module that exports a function for each hook',
    explanation:
      '`--hooks FILE` names a module of the bot’s. The functions it exports, by name or as properties of its default export, are the hooks: `before: lift_punishment` calls `liftPunishment(row, { entity, step, at, attempt })`. The file is imported as Node imports it, so it may import what it likes, and what it does when it is loaded is done.',
  }),
  'unknown-hook': warning<{ path: string; name: string; nearest: string | null }>({
    message: ({ path, name }) => `\`${path}\` exports the function \`${name}\`, which is no hook of these sets`,
    help: ({ nearest }) =>
      nearestOr(nearest, 'hooks are named by `before:`, as `liftPunishment` for `lift_punishment`'),
    explanation:
      'A function of the file of `--hooks` is called where a step says `before:` with its name, written in code as other names are: `before: lift_punishment` calls `liftPunishment`. No step of these sets names this function, so it is never called.',
  }),
  'hook-missing': error<{ hook: string; property: string; entity: string; rows: number }>({
    message: ({ hook, entity, rows }) =>
      rows === 0
        ? `rows of ${entity} are to be handed to \`${hook}\`, which was not given: this step was not run`
        : `${counted(rows)} of ${entity} ${rows === 1 ? 'waits' : 'wait'} for \`${hook}\`, which was not given: this step was not run`,
    help: ({ property }) => `export \`${property}\` from a module, and name it with \`--hooks FILE\``,
    explanation:
      'A step with `before:` may not touch a row before the bot’s own function has done its part: lifting the mute, say, before the punishment is deleted. So without the function the step is not run, and its rows stay; all other steps are run.\n\nGive a JavaScript module with `--hooks FILE` that exports the function under its name in code: `export const liftPunishment = async (row, context) => { … }`.',
  }),
  'hook-failed': error<{ hook: string; entity: string; rows: number; key: string; attempts: number; reason: string }>({
    message: ({ hook, entity, rows, key, attempts, reason }) => {
      const which = `${counted(rows)} of ${entity} (${key}${rows === 1 ? '' : ', …'})`
      return attempts === 0
        ? `${which} cannot be read, so \`${hook}\` was not called: ${reason}`
        : `\`${hook}\` failed for ${which}, after ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}: ${reason}`
    },
    help: () => 'the rows were left as they are, and the next run hands them over again',
    explanation:
      'A row is handed to the bot’s function before its step is done to it, up to three times in a run. When the function throws each time, the row is left as it is, other rows go on, and the next run tries it again. A document of Mongo that is not what the set describes is handed to no function, and stays as well. `--json` lists every such row.',
  }),
  'database-differs': error<{ store: Store; reason: string }>({
    message: ({ store, reason }) => `the tables in ${storeNames[store]} are not as the set describes them: ${reason}`,
    help: () =>
      'a new database takes the `schema.sql` of the set; one that has tables is to be altered until they are as it says',
    explanation:
      'A statement of the retention names a table, a column, a type or a function that the database does not have. It is another database than is meant, or the description has changed since its tables were made: `git log -p` of `postgres/schema.sql` shows what has to be altered. Of the batch that met this nothing was done.',
  }),
  'retention-failed': error<{ entity: string; reason: string }>({
    message: ({ entity, reason }) => `the retention of ${entity} could not be finished: ${reason}`,
    help: () => 'mend what it says; what was done before stays done, and the next run does the rest',
    explanation:
      'The database refused a part of the run, in the words of the message. A batch is one transaction, so the batch that failed left nothing behind; those before it are done. Other entities are not held up.',
  }),
  'clock-unindexed': warning<{
    entity: string
    table: string
    clock: string
    remedy: keyof typeof indexRemedies
    fields: readonly string[]
  }>({
    message: ({ table, clock }) => `finding the due rows of \`${table}\` reads all of it: no index serves \`${clock}\``,
    help: ({ entity, fields, remedy, table }) => indexRemedies[remedy]({ entity, table, fields: fields.join(', ') }),
    explanation:
      'Every run asks for the rows whose clock is old enough. Without an index that begins with the clock the database reads the whole table each time, however few rows are due, which gets slower as the table grows.\n\nThe plan of such a query is looked at, with the reading of whole tables made unattractive, so that a table that is small as yet hides nothing.',
  }),
} as const
