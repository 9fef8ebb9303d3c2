import { error, nearestOr, warning } from './entry.js'

const columnProblems = {
  missing: (column: string) => `no column \`${column}\``,
  unsaid: (column: string) => `a column \`${column}\`, which \`columns:\` does not name`,
  twice: (column: string) => `two columns \`${column}\`, of which a driver returns one`,
} as const

export const verifyCatalogue = {
  'nothing-to-verify': error<{ output: string }>({
    message: ({ output }) => `there are no outputs in ${output}`,
    help: () => 'run `botschema generate` first',
    explanation:
      '`botschema verify` proves the outputs of a set: it runs the DDL, compiles the types, loads the models and puts the examples through all of them. None of the files that this set emits is in its output folder, so nothing was generated yet.',
  }),
  'proof-too-slow': error<{ what: string; limit: string }>({
    message: ({ what, limit }) => `${what} took longer than ${limit} and was stopped`,
    help: () => 'make it faster, or raise the limit with `--query-timeout`',
    explanation:
      '`botschema verify` runs queries, checks, defaults, triggers and validators of a set in a process of its own. When one of them takes longer than the limit, that process is ended, this is reported, and the rest is proved in a new process.\n\nThe limit applies to all runs of one query together, to each example, and to each SQL file (a large file gets more time). It is 60 seconds unless `--query-timeout` says otherwise. The database holds only the examples and the seed, so what takes long here does not end at all in production, or reads far more rows than there are.',
  }),
  'proof-crashed': error<{ what: string; reason: string }>({
    message: ({ what, reason }) => `${what} ended the process that ran it: ${reason}`,
    help: () =>
      'if it needs much memory, have it read or return less; otherwise this is a bug in botschema: please report it',
    explanation:
      '`botschema verify` runs queries, checks, defaults, triggers and validators of a set in a process of its own. That process ended while it ran this: most often it used up all memory. The rest is proved in a new process.',
  }),
  'types-refused': error<{ message: string }>({
    message: ({ message }) => `the compiler refuses this: ${message}`,
    help: () => 'this is a bug in botschema: please report it',
    explanation:
      'Emitted TypeScript is compiled as a whole, under `strict`, `exactOptionalPropertyTypes`, `noUncheckedIndexedAccess` and `verbatimModuleSyntax`, with the compiler that botschema ships. The compiler found a mistake in an output.',
  }),
  'json-schema-refused': error<{ message: string }>({
    message: ({ message }) => `this is no JSON Schema that a validator takes: ${message}`,
    help: () => 'this is a bug in botschema: please report it',
    explanation:
      'Each emitted JSON Schema is given to a validator of draft 2020-12 in its strict mode, which refuses unknown keywords and contradictions. It refused this one.',
  }),
  'ddl-refused': error<{ message: string }>({
    message: ({ message }) => `Postgres refuses this: ${message}`,
    help: () => 'raw SQL of a `postgres:` block is passed on as it is: look there first',
    explanation:
      'The emitted SQL is run on a real Postgres engine, in an empty database. The server refused a statement, in its own words. Where the statement holds SQL from a `postgres:` block of yours, that is where to look; otherwise this is a bug in botschema: please report it.',
  }),
  'raw-default-refused': error<{ field: string; message: string }>({
    message: ({ field, message }) => `Postgres refuses the default of \`${field}\`: ${message}`,
    help: () => 'change the SQL of the default, or what the type and the checks allow',
    explanation:
      'A default under `postgres:` is SQL, which only the server can evaluate. `verify` inserts a row of these defaults into a table that has their columns and the checks about them. The server refused that row, so each insert that leaves the field out would fail.',
  }),
  'model-refused': error<{ message: string }>({
    message: ({ message }) => `the module cannot be loaded: ${message}`,
    help: () => 'this is a bug in botschema: please report it',
    explanation:
      'Every emitted module is loaded, and every model is made in the real Mongoose (no server is needed for that). This one threw while it was loaded, or does not export what its name promises.',
  }),
  'example-refused': error<{ by: string; message: string }>({
    message: ({ by, message }) => `${by} refuses this example: ${message}`,
    help: () => 'mend the example, or the rule it breaks',
    explanation:
      'A row under `examples:` is put through everything that was emitted: the JSON Schema of an insert, the Zod schema, the Mongoose model, and an insert on a real Postgres. An example that one of them refuses misleads its readers.\n\nAll of them refuse the same rows; when only one does, that is a bug in botschema: please report it.',
  }),
  'example-refers-to-nothing': error<{ entity: string; fields: string }>({
    message: ({ entity, fields }) => `no example of ${entity} has the ${fields} that this row refers to`,
    help: ({ entity }) => `add an example to ${entity}, or refer to one that is there`,
    explanation:
      'Examples are stored on a real Postgres, in the order of their references. This row refers to a row that none of the examples makes, so the database refuses it.\n\nExample rows of a set are one small world: give the entity that is referred to an example with that key.',
  }),
  'example-changed': error<{ field: string; stored: string; read: string }>({
    message: ({ field, stored, read }) => `${field} was stored as ${stored} and read back as ${read}`,
    help: () =>
      'this is a bug in botschema, unless a trigger or a raw default of yours changes the field: please report it',
    explanation:
      'Each example is stored on a real Postgres, read back and decoded with the emitted codec. What comes back must equal what was stored.',
  }),
  'targets-disagree': error<{ entity: string; change: string; row: string; said: string }>({
    message: ({ entity, change, row, said }) => `targets disagree about a row of ${entity}: ${change}\n${row}\n${said}`,
    help: () => 'this is a bug in botschema: please report it, with the row and the seed',
    explanation: `\`botschema verify --conformance\` asks everything that was emitted about the same rows: the Zod schemas, the JSON Schemas, the Mongoose
model, the collection's validator, and Postgres. A row is one to all of them, or to none. About this one they disagree: it is the smallest that
was found, of which only the field that was changed is shown, and each target says in its own words what it makes of it. Those marked with \`>\`
do not say what the first says who was asked.

What differs by a rule is no disagreement, and is counted: what a store's own input syntax reads as another valid value, and what \`validate\`
names as lost. The rows come again with the same \`--runs\` and \`--seed\`.`,
  }),
  'query-refused': error<{ query: string; message: string; hint: string | null }>({
    message: ({ query, message }) => `Postgres refuses the query \`${query}\`: ${message}`,
    help: ({ hint }) => hint ?? 'change the query to what the tables hold now, or the field back',
    explanation:
      'Every query under `queries:` is prepared on a real Postgres that holds the emitted tables, with its parameters typed as under `params:`, and run with values of the stored examples; what it changes is rolled back. The server refused it, in its own words: a column or table has another name by now, a type does not fit, a row that it writes lacks a value.\n\nA query is one SELECT, INSERT, UPDATE, DELETE, MERGE or VALUES. Tables are looked for in the schema of the Postgres target, then in `public`.',
  }),
  'query-returns': error<{ query: string; returns: string; found: string }>({
    message: ({ query, returns, found }) => `the query \`${query}\` is said to return ${returns}, but ${found}`,
    help: () => 'change `returns:` to `none`, `one` (or none) or `many`, or the query to what it says',
    explanation:
      '`returns:` says how many rows a query gives: `none` is a statement without rows, `one` is one row or none, `many` is any number. `verify` holds it against what the server says of the prepared statement, and against the rows that come back for the stored examples.',
  }),
  'query-column-names': error<{
    query: string
    column: string
    problem: keyof typeof columnProblems
    nearest: string | null
  }>({
    message: ({ query, column, problem }) => `the query \`${query}\` gives ${columnProblems[problem](column)}`,
    help: ({ problem, nearest, column }) => {
      if (problem === 'missing') return nearestOr(nearest, 'take it out of `columns:`, or have the query give it')
      return problem === 'unsaid'
        ? `add \`${column}\` to \`columns:\`, or take it out of the query`
        : 'give one of them another name, with AS'
    },
    explanation:
      '`columns:` of a query says what each of its rows has, all of it and by the names of the result. `verify` holds it against what Postgres says of the prepared statement, and against what the command for Mongo reads, as far as that can be known without running it.',
  }),
  'query-column-type': error<{ query: string; column: string; found: string; said: string }>({
    message: ({ query, column, found, said }) =>
      `the column \`${column}\` of the query \`${query}\` is ${found}, and what \`columns:\` says of it is kept as ${said}`,
    help: ({ found, said, column }) =>
      found === 'numeric'
        ? `sums and averages are numeric: cast it in the query, as in \`${column}::${said}\``
        : 'say its type under `columns:`, or cast it in the query',
    explanation:
      'A column of a result is read as the columns of its field or type are: a `long` from a bigint, a `float` from a double precision. Postgres says of the prepared statement what each column is. `count(*)` is a bigint; `sum` of a bigint and `avg` of whole numbers are numeric, which a driver returns as text.',
  }),
  'query-schema': error<{ query: string; message: string }>({
    message: ({ query, message }) => `the query \`${query}\` depends on the search path of the connection: ${message}`,
    help: () => 'write its schema before the name, as in `public.similarity(…)` or `OPERATOR(public.%)`',
    explanation:
      "A connection looks for names without a schema where its role or its database says, so the same statement may find other tables elsewhere. In the statement of a query botschema writes the schema before the set's own tables, types, functions and sequences, and before what belongs to an extension that the tables need. `verify` then prepares it with an empty search path.\n\nAn operator that Postgres has for other types too, such as `%` of pg_trgm, is known by its operands: by columns, casts and parameters. Where the statement does not tell their types, write it in full.",
  }),
  'query-zone': warning<{ query: string }>({
    message: ({ query }) => `the query \`${query}\` comes to something else on a server in another time zone`,
    help: () => "write `CURRENT_TIMESTAMP AT TIME ZONE 'UTC'` where a time without a zone is meant",
    explanation: `A column without a time zone holds UTC. \`CURRENT_TIMESTAMP\`, \`now()\`, \`CURRENT_DATE\` and \`date_trunc\` read the clock in the time zone
of the session, which is the server's when nobody sets it: what is right in UTC is hours off elsewhere. \`verify\` runs every query in two
zones, and compares what comes back and what is stored.`,
  }),
  'query-path': error<{ path: string; query: string; nearest: string | null }>({
    message: ({ path, query }) => `no document holds \`${path}\`, which the query \`${query}\` names`,
    help: ({ nearest }) => nearestOr(nearest, 'paths are written as the collection has them: a single key is `_id`'),
    explanation:
      'Every path in a command for Mongo is held against the fields of the collection. Mongo itself does not refuse a path that is not there: a filter on it finds nothing, an update makes it.\n\nPaths lead into objects and lists with dots (`server.xp.rate`, `warnings.reason`). A single key is `_id`, whatever the field is called.',
  }),
  'query-operator': error<{ name: string; query: string; nearest: string | null }>({
    message: ({ name, query }) => `\`${name}\` in the query \`${query}\` is no operator that may stand here`,
    help: ({ nearest }) =>
      nearestOr(nearest, 'operators of filters, updates, stages and expressions are different ones'),
    explanation:
      'Words with a `$` are operators, and which ones there are depends on the place: the top of a filter (`$and`), the condition on a path (`$gte`), an update (`$set`), a stage of a pipeline (`$group`), an expression (`$dateTrunc`).',
  }),
  'query-collection': error<{ name: string; query: string; nearest: string | null }>({
    message: ({ name, query }) => `the query \`${query}\` looks into \`${name}\`, which is no collection of this set`,
    help: ({ nearest }) => nearestOr(nearest, 'name a collection of an entity that is kept in Mongo'),
    explanation:
      '`$lookup` names a collection, as Mongo has it: the `collection:` of an entity, which is its table when nothing else is said. Mongo itself does not refuse one that is not there, and finds nothing in it.',
  }),
  'query-command': error<{ name: string; query: string; nearest: string | null }>({
    message: ({ name, query }) =>
      `\`${name}\` is no command of a collection, or no setting of this one, in the query \`${query}\``,
    help: ({ nearest }) =>
      nearestOr(nearest, 'a command is `{ find: …, sort: … }`: its name with what it takes, then its settings'),
    explanation:
      'A command for Mongo is a mapping. Its first key is the name that the Node driver has for it, with what it takes: `find`, `findOne`, `countDocuments`, `distinct`, `aggregate`, `insertOne`, `insertMany`, `updateOne`, `updateMany`, `replaceOne`, `deleteOne`, `deleteMany`, `findOneAndUpdate`, `findOneAndReplace`, `findOneAndDelete`.\n\nThe other keys are what belongs to it: `filter`, `sort`, `projection`, `limit`, `skip`, `update`, `replacement`, `arrayFilters`, `upsert`, `returnDocument`, `hint`.',
  }),
  'query-parameter-type': error<{ name: string; query: string; given: string; there: string }>({
    message: ({ name, query, given, there }) =>
      `the parameter \`${name}\` of the query \`${query}\` is stored as ${given}, and what stands here as ${there}`,
    help: () => 'type the parameter by the field that it is compared with',
    explanation:
      'Mongo compares values of one type only: a text never equals an ObjectId or a date. A parameter whose type is stored otherwise than what it is compared with, or put into, would find nothing, or store what the models refuse.',
  }),
} as const
