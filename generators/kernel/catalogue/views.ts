import { error, warning } from './entry.js'

const mongoIndexProblems = {
  'partial-key': {
    message: (name: string, _: string) => `MongoDB has no index over the key for some rows only (\`${name}\`)`,
    help: 'leave out `where`, or the index: Mongo indexes the key by itself',
  },
  fields: {
    message: (name: string, count: string) =>
      `the index \`${name}\` has ${count} fields in MongoDB, which has at most 32`,
    help: 'take fields out of the index; those of `include:` count',
  },
  depth: {
    message: (name: string, _: string) =>
      `the condition of the index \`${name}\` is deeper than the four levels of MongoDB`,
    help: 'write `where` as alternatives of conditions: `(a and b) or (a and c)`',
  },
  'reserved-name': {
    message: (name: string, _: string) => `MongoDB has no index called \`${name}\``,
    help: 'give it another name',
  },
  twice: {
    message: (name: string, other: string) => `MongoDB has one index for what \`${other}\` and \`${name}\` are`,
    help: 'leave one of them out',
  },
} as const

export const viewsCatalogue = {
  'mongo-id-taken': error<{ entity: string }>({
    message: ({ entity }) => `\`_id\` of ${entity} is Mongo's own`,
    help: () => "make it the entity's only key, or give it another name",
    explanation: `Every document has one \`_id\`. It holds the single key of an entity, whatever that field is called; with a composite
key, or none, it is an ObjectId that Mongo makes. A second field of that name has no place.`,
  }),
  'collection-name': error<{ collection: string }>({
    message: ({ collection }) => `Mongo cannot have a collection named \`${collection}\``,
    help: () => 'use at most 191 letters, digits and underscores, and do not begin with `system.`',
    explanation: `MongoDB refuses collections whose names are empty, hold a \`$\`, or begin with a dot or \`system.\`. The name of the
database and that of the collection have 255 bytes together, of which a database may take 64. Give the entity another
\`collection:\`.`,
  }),
  'mongo-index': error<{ problem: keyof typeof mongoIndexProblems; name: string; detail: string }>({
    message: ({ problem, name, detail }) => mongoIndexProblems[problem].message(name, detail),
    help: ({ problem }) => mongoIndexProblems[problem].help,
    explanation: `MongoDB refuses to create such an index: the index of the key holds all documents, an index has at most 32 fields
(\`include:\` counts, as Mongo has it in the key), the condition of a partial index has at most four levels of \`and\` and \`or\`, the
comparisons among them, an index is not called \`_id_\` or \`*\`, and the same fields under the same condition have one index.`,
  }),
  'mongo-index-count': error<{ collection: string; count: number }>({
    message: ({ collection, count }) =>
      `the collection \`${collection}\` would have ${count} indexes; MongoDB has at most 64`,
    help: () => 'leave out indexes that others serve, or split the entity',
    explanation:
      'A collection of MongoDB has at most 64 indexes, its own over `_id` and those of keys and uniques among them.',
  }),
  'mongo-schema': error<{ field: string; said: string; instead: string }>({
    message: ({ field, said }) => `\`${said}\` of \`${field}\` is nothing that MongoDB's validators have`,
    help: ({ instead }) => instead,
    explanation: `\`mongo: { schema: … }\` takes the keywords of MongoDB's \`$jsonSchema\`: those of JSON Schema draft 4 without
\`$ref\`, \`$schema\`, \`default\`, \`definitions\`, \`format\` and \`id\`, and \`bsonType\`. MongoDB refuses to create a collection
whose validator has another.`,
  }),
  'collection-clash': error<{ collection: string; entity: string }>({
    message: ({ collection, entity }) => `the collection \`${collection}\` of ${entity} is taken`,
    help: () => 'give one of them another `collection:`',
    explanation: `Two entities cannot share a collection, for its validator accepts the documents of one only. A set that numbers rows
with \`next(…)\` also has the collection \`counters\`, which keeps the last number of each parent.`,
  }),
  'mongoose-reserved-path': error<{ name: string }>({
    message: ({ name }) => `Mongoose cannot hold a field named \`${name}\``,
    help: () => 'give the field another name, or keep it out of Mongo with `stores: [postgres]`',
    explanation: `A Mongoose document has a property for each of its fields, and methods and properties of its own. A field named
\`save\` or \`$set\` would take the place of what Mongoose itself calls, and no document could be stored. Most names that
Mongoose warns about do work and are accepted; the few that break it are refused.`,
  }),
  'name-too-long': error<{ name: string; thing: string; length: number }>({
    message: ({ name, thing, length }) => `the ${thing} \`${name}\` has ${length} bytes; Postgres keeps 63 of a name`,
    help: () => 'give it a shorter name',
    explanation: `Postgres cuts names after 63 bytes without an error, so two long names may become one and queries may miss
theirs. Names that botschema makes up itself are shortened the way Postgres shortens its own; a name you gave is left to you.`,
  }),
  'name-clash': error<{ name: string; thing: string; other: string }>({
    message: ({ name, thing, other }) => `the ${thing} \`${name}\` has the name of a ${other} in Postgres`,
    help: () => 'give one of them another name',
    explanation: `In one Postgres schema, tables, indexes and types share their names: a table \`warnings\` and an enum \`warnings\` cannot
stand side by side, nor two indexes of one name on different tables. Constraints must differ within their table. Two long
names may also clash after they are shortened to 63 bytes.`,
  }),
  'system-column': error<{ name: string }>({
    message: ({ name }) => `Postgres has a column \`${name}\` of its own in every table`,
    help: () => 'give the field another name, or keep it out of Postgres with `stores: [mongo]`',
    explanation: `Every table of Postgres has the system columns tableoid, xmin, cmin, xmax, cmax and ctid; a column of your own cannot
have one of these names.`,
  }),
  'too-many-columns': error<{ table: string; columns: number; most: number }>({
    message: ({ table, columns, most }) =>
      `the table \`${table}\` would have ${columns} columns; Postgres has tables of at most ${most}`,
    help: () => 'group fields that belong together in an object, or split the entity',
    explanation: `A table of Postgres has at most 1600 columns, and fewer where they are wide. An archive has two more than its table.
An object of the YAML is one column, however many fields it has.`,
  }),
  'index-too-wide': warning<{
    what: string
    method: string
    fields: string
    length: number | null
    canHash: boolean
  }>({
    message: ({ what, method }) =>
      `${what} can hold longer values than Postgres puts into a ${method} index: it refuses such a row`,
    help: ({ fields, length, canHash }) => {
      if (length === null) return `leave ${fields} out, or say with \`note:\` why it is as it is`
      const hash = canHash ? ', or use `using: hash`, which finds equal values of any length' : ''
      return `limit ${fields} with \`max_length: ${length}\`${hash}`
    },
    explanation: `Postgres puts at most 2,704 bytes into an entry of a btree index, which keys and uniques are too, and at most 2,712 into
one of a gin index; gist, brin and \`include:\` have limits as well. A character takes up to four bytes. Postgres refuses a
row with more, also where the index is there only to find rows; MongoDB has no such limit. A value that compresses well
fits even when it is longer, so such an index works until a value comes that does not. Limit the texts with
\`max_length\`, or with a \`pattern\` that limits them. A \`note\` on the index or the unique keeps it as it is.`,
  }),
  'raw-sql-escapes': error<{ problem: string }>({
    message: ({ problem }) => `this SQL does not stand on its own: ${problem}`,
    help: () => 'write one whole expression, with every parenthesis and quote closed, no `;` and no comment',
    explanation: `SQL in a \`postgres:\` block is printed into the middle of a statement. It must be one expression that is whole in itself,
so that it cannot end that statement or swallow what follows: parentheses and quotes are balanced, and there is no
semicolon and no comment.`,
  }),
  'seed-without-key': error<{ entity: string }>({
    message: ({ entity }) => `nothing tells this seed row of ${entity} from others`,
    help: () => 'give the fields of its key, or of a unique without nulls',
    explanation: `Seed rows are written so that they can be written again: a row that is there already is brought up to date. For that, each
seed row must hold every field of the entity's key, or of one of its uniques that has no \`where\` and is not deferrable.`,
  }),
  'seed-circle': error<{ field: string; entity: string }>({
    message: ({ field, entity }) => `\`${field}\` refers to \`${entity}\`, whose rows are written after this one`,
    help: ({ field }) => `leave \`${field}\` out here, and let the bot set it once both rows are there`,
    explanation:
      'seed.sql fills one table after the other, each after those it refers to. Where entities refer to each other in a circle, one reference has to wait: seed rows leave it null. (Rows of one entity may refer to each other.)',
  }),
  'postgres-too-old': error<{ feature: string; needs: number; version: number }>({
    message: ({ feature, needs, version }) => `${feature} needs Postgres ${needs}; this set is for ${version} and up`,
    help: ({ needs }) => `set \`targets: { postgres: { version: ${needs} } }\`, or do without it`,
    explanation: `The option \`version\` of the Postgres target is the oldest server that the SQL must run on. What an older one lacks is
emulated where other means give the same meaning, and refused where none do.`,
  }),
  'code-name-clash': error<{ name: string; thing: string; other: string }>({
    message: ({ name, thing, other }) => `in code ${thing} would be called \`${name}\`, which is ${other}`,
    help: () => 'rename one of them',
    explanation: `Emitted TypeScript writes names its own way: the entity \`guild_member\` gives \`GuildMember\`, \`NewGuildMember\` and
\`GuildMemberPatch\`, an object \`guild_server\` gives \`GuildServer\`, an enum its union and the list of its values, and every
kind of id a type such as \`GuildId\`. Two definitions whose names differ only in case or underscores, or one that takes the
name of a class such as Date, cannot stand in the same code.`,
  }),
  'code-name-invalid': error<{ name: string; thing: string }>({
    message: ({ name, thing }) => `in code ${thing} would be called \`${name}\`, which is no name there`,
    help: () => 'give it another name',
    explanation: `Names of entities, objects and enums become names of types and constants in TypeScript, none of which may be a word
of the language itself: the values of an enum \`argument\` would be listed as \`arguments\`. A \`model:\` of Mongoose cannot be
called as what every object has, such as \`constructor\`. (A field may be called anything: its property is quoted where it must be.)`,
  }),
  'code-module-taken': error<{ name: string }>({
    message: ({ name }) => `the file of an entity \`${name}\` is taken`,
    help: () => 'give the entity another name',
    explanation: `Every entity has a file of its own name in each output folder, beside files that are about all entities: index, ids,
enums, objects, json, database, scalars, codecs, paths and retention.`,
  }),
  'reference-column-type': error<{ field: string; type: string; target: string; targetType: string }>({
    message: ({ field, type, target, targetType }) =>
      `\`${field}\` is ${type} in Postgres, but ${target}, which it refers to, is ${targetType}`,
    help: () => 'give both the same type and the same `as`',
    explanation: `A foreign key of Postgres links columns of one type. A field with \`ref(…)\` takes its target's type by itself; the fields of
a reference over several fields are declared on their own, and must be held as their targets are.`,
  }),
} as const
