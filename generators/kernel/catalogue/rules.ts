import { error, warning } from './entry.js'

const generatedProblems = {
  default: 'has a default, but the store computes it',
  'other-computed': 'reads a computed field, and a computed field reads only stored ones',
  'in-object': 'is inside an object, and only a field of an entity can be computed',
  key: 'is part of the key, and a key is given or made, not computed',
  encrypted: 'is encrypted, so the store cannot compute it',
} as const

const nextProblems = {
  type: 'counts up with `next`, which needs smallint, integer or long',
  nullable: 'counts up with `next`, so it is never null: take the `?` off its type',
  'nullable-parent': 'counts up per a field that may be null, and rows without a parent have no number',
  itself: 'counts up per itself',
  'in-object': 'is inside an object, and only a field of an entity can count up with `next`',
} as const

const partitionProblems = {
  type: 'rows are partitioned by a timestamp or a date',
  nullable: 'the field that rows are partitioned by is never null',
  singleton: 'a singleton has one row, so there is nothing to partition',
} as const

const encryptedProblems = {
  type: 'is encrypted, which text and json can be',
  key: 'is encrypted, so it cannot be part of the key',
  unique: 'is encrypted: the same text is stored differently each time, so unique means nothing',
  index: 'is encrypted: an index over it finds nothing',
  predicate: 'is encrypted, so the store cannot read it in a condition',
  reference: 'is encrypted, so it cannot refer to anything',
  default: 'is encrypted, and a default would be stored in the clear',
  seed: 'is encrypted, and seed.sql would show its value',
  'no-key': 'is encrypted, and its entity has no key by which a row could be asked for it',
  suggest: 'is encrypted, and its values are not told in docs',
  column: 'is encrypted, and no row shows its plain value: take it out, or name a column of its type',
  'in-object': 'is encrypted inside an object, and only a whole field of an entity can be',
} as const

const indexProblems = {
  'needs-gin': 'needs `using: gin`: a btree orders whole values and finds nothing inside them',
  'needs-operator-class': 'is a scalar: gin needs an operator class for it, as in "name gin_trgm_ops"',
  'needs-vector-method': 'is a vector: its index needs `using: hnsw` or `using: ivfflat`',
  'not-a-vector': 'is no vector, and this method is for vectors only',
  'json-needs-jsonb': 'is kept as `json`, which Postgres cannot index: leave out `as: json`',
  direction: 'cannot be descending: only btree keeps an order',
  nulls: 'cannot say where nulls are: only btree keeps an order',
  word: 'has a word behind it that is neither `asc` nor `desc`, nor an operator class, as names that end in `_ops` are',
} as const

const indexMethodProblems = {
  'hash-one': 'a hash index has one field',
  'vector-one': 'a vector index has one field',
  unique: 'only a btree index can be unique',
  include: 'only btree, gist and spgist indexes can include fields',
} as const

const storeProblems = {
  'field-nowhere': 'is kept in no store that its owner is kept in',
  key: 'is part of the key, which every store of the entity needs',
  reference: 'refers to an entity that is not kept in a store of this field',
  'index-nowhere': 'and other fields of this index are kept in no common store',
  'unique-nowhere': 'and other fields of this unique are kept in no common store',
  'check-nowhere': 'and other fields of this check are kept in no common store',
  column: 'is no column of a query for a store that does not keep it',
  computed: 'is computed from a field that is not kept in every store of its own',
  lifecycle: 'decides how rows age, and is not kept in every store of the entity, so the rows would not age alike',
} as const

const appendOnlyProblems = {
  timestamps: 'is kept up to date at every change, but rows of this entity never change',
  'retention-set': 'is changed by retention, but rows of this entity never change',
  'guild-leave': '`guild_leave` would change or delete rows of this entity, which are never changed or deleted',
  'member-leave': '`member_leave` would change or delete rows of this entity, which are never changed or deleted',
  erase: 'would be erased, but rows of this entity are never changed or deleted',
  access: 'may be updated or deleted by an actor, but rows of this entity are never changed or deleted',
} as const

const singletonProblems = {
  unique: 'a singleton has one row: unique says nothing',
  index: 'a singleton has one row: an index finds nothing faster',
  retention: 'a singleton has one row, which does not age: it can only be kept forever',
  seed: 'a singleton has one row: give at most one',
} as const

export const rulesCatalogue = {
  'property-twice': error<{ property: string; field: string; other: string }>({
    message: ({ property, field, other }) => `\`${field}\` and \`${other}\` are both called \`${property}\` in code`,
    help: () => 'give one of them another name with `code:`',
    explanation: '`code:` names the property in TypeScript, Zod and Mongoose. Two fields cannot share one property.',
  }),
  'duplicate-name': error<{ kind: string; name: string }>({
    message: ({ kind, name }) => `there are two ${kind} called \`${name}\``,
    help: () => 'give one of them another name',
    explanation:
      'Tables, collections, models, checks, indexes and uniques are known by their names, so each needs its own.',
  }),
  'key-missing': error<{ entity: string }>({
    message: ({ entity }) => `\`${entity}\` has no key`,
    help: () => 'name a field `id`, write `key: true` on one, list fields with `key: [a, b]`, or say `key: none`',
    explanation:
      'A key tells rows apart: a field called `id` or `_id`, one with `key: true`, several listed as `key: [guild_id, user_id]`, or `singleton: true`. A log whose rows nobody tells apart says `key: none`.',
  }),
  'key-nullable': error<{ field: string }>({
    message: ({ field }) => `\`${field}\` is part of the key, so it may not be null`,
    help: () => 'take the `?` off its type',
    explanation: 'A key is how a row is found; no part of it may be missing.',
  }),
  'key-type': error<{ field: string; type: string }>({
    message: ({ field, type }) => `\`${field}\` is ${type}, which cannot be part of a key`,
    help: () => 'use an id, a number, text, a date or an enum',
    explanation: 'A key is compared for equality by every store; structures are not compared alike by them.',
  }),
  'unique-type': error<{ field: string; type: string }>({
    message: ({ field, type }) => `\`${field}\` is ${type}, which cannot be unique`,
    help: () => 'make a field inside it an own field, or give up `unique`',
    explanation:
      'In Postgres a unique over a list or an object is about the whole value; in Mongo a unique over a list is about each of its items, in all documents. The stores would disagree, so it is refused.',
  }),
  'identity-not-key': error<{ field: string; isPart: boolean }>({
    message: ({ field, isPart }) =>
      isPart
        ? `\`${field}\` is an identity in a key of several fields, which Mongo cannot have`
        : `\`${field}\` is an identity beside the key, which Mongo cannot have`,
    help: ({ isPart }) =>
      isPart
        ? 'make it the key alone, or use a snowflake or a uuid in its place'
        : 'make it the key with `key: true`, or use `integer = next(...)` to number rows',
    explanation:
      'An identity is a key that the store makes, alone: in Mongo it is the `_id`, which is one value and unique by itself, so it cannot be a part of a composite key. A partitioned table, whose key has to hold the field it is partitioned by, takes a snowflake or a uuid beside it: `key: [id, created_at]` with `id: uuid`. To number rows beside another key, use `integer = next(guild_id)`, which counts per parent.',
  }),
  'next-misuse': error<{ field: string; problem: keyof typeof nextProblems }>({
    message: ({ field, problem }) => `\`${field}\` ${nextProblems[problem]}`,
    help: () => 'write `integer = next(parent_id)` with a field of this entity that is never null',
    explanation: '`integer = next(guild_id)` numbers the rows of each parent 1, 2, 3: case numbers, ticket numbers.',
  }),
  'generated-misuse': error<{ field: string; problem: keyof typeof generatedProblems }>({
    message: ({ field, problem }) => `\`${field}\` ${generatedProblems[problem]}`,
    help: () => 'change it, or let the bot compute the value and leave `generated` out',
    explanation:
      'A `generated` field is computed by the store from stored fields of the same row whenever the row is written. It has no default, is no key, and reads no other computed field.',
  }),
  'needless-immutable': warning<{ field: string }>({
    message: ({ field }) => `\`${field}\` is part of the key, which never changes: \`immutable\` says nothing more`,
    help: () => 'leave `immutable` out',
    explanation: 'Keys are left out of every patch already.',
  }),
  'append-only-contradiction': error<{ field: string | null; problem: keyof typeof appendOnlyProblems }>({
    message: ({ field, problem }) =>
      field === null ? appendOnlyProblems[problem] : `\`${field}\` ${appendOnlyProblems[problem]}`,
    help: ({ problem }) =>
      problem === 'erase' || problem === 'guild-leave' || problem === 'member-leave'
        ? 'say `{ keep: why }` for it, or give up `append_only`'
        : 'give up one of the two',
    explanation:
      '`append_only` refuses update, delete and truncate in both stores. What would change or delete rows anyway (timestamps, retention, guild leave, erasure) contradicts it, unless `keep` says why the rows stay.',
  }),
  'append-only-cascade': error<{ field: string; entity: string; option: 'on_delete' | 'on_update'; action: string }>({
    message: ({ field, entity, option, action }) =>
      `\`${option}: ${action}\` of \`${field}\` would touch rows that are never changed when a row of \`${entity}\` ${option === 'on_delete' ? 'goes' : 'changes'}`,
    help: ({ option }) => `use \`${option}: restrict\`, or \`enforced: false\``,
    explanation:
      '`append_only` refuses update and delete, also those that a reference causes. The delete of the row referred to would fail.',
  }),
  'singleton-contradiction': error<{ problem: keyof typeof singletonProblems }>({
    message: ({ problem }) => singletonProblems[problem],
    help: () => 'leave it out',
    explanation:
      '`singleton: true` allows one row: settings of the bot itself, a counter. What tells rows apart has no place in it.',
  }),
  'partition-key': error<{ what: string; field: string }>({
    message: ({ what, field }) => `${what} lacks \`${field}\`, by which the rows are partitioned`,
    help: ({ field }) => `add \`${field}\` to it`,
    explanation:
      'Postgres checks keys and uniques within each partition, so each must hold the field that decides the partition (manual, 5.12.2.3).',
  }),
  'partition-field': error<{ problem: keyof typeof partitionProblems }>({
    message: ({ problem }) => partitionProblems[problem],
    help: ({ problem }) =>
      problem === 'singleton' ? 'remove `partition`' : 'name a timestamp or a date that is never null',
    explanation:
      'Partitions are ranges of time: a day, a week, a month or a year of a timestamp or a date that every row has.',
  }),
  'encrypted-misuse': error<{ field: string; problem: keyof typeof encryptedProblems }>({
    message: ({ field, problem }) => `\`${field}\` ${encryptedProblems[problem]}`,
    help: ({ problem }) =>
      problem === 'type'
        ? 'give it the type `text`, `string(n)` or `json`, or leave `encrypted` out'
        : 'leave `encrypted` out, or keep the field out of what needs its value',
    explanation:
      'An encrypted field is stored as bytes that only the emitted set and get statements read. Nothing in the store can compare, index or compute it.',
  }),
  'index-field': error<{ field: string; problem: keyof typeof indexProblems }>({
    message: ({ field, problem }) => `\`${field}\` ${indexProblems[problem]}`,
    help: () => 'change the method or the part, or leave the index out',
    explanation:
      'Each index method serves some types: btree what has an order, gin the inside of lists and json, hnsw and ivfflat vectors.',
  }),
  'index-method': error<{ problem: keyof typeof indexMethodProblems }>({
    message: ({ problem }) => indexMethodProblems[problem],
    help: () => 'leave that out, or use `using: btree`',
    explanation: 'What an index method can do is fixed by Postgres (manual, chapter 11).',
  }),
  'store-contradiction': error<{ field: string; problem: keyof typeof storeProblems }>({
    message: ({ field, problem }) => `\`${field}\` ${storeProblems[problem]}`,
    help: () => 'the stores are named by `stores:` of the set, the entity and the field',
    explanation:
      'A field can be kept out of one store with `stores:`, as long as every store still has what its keys, references and indexes need.',
  }),
  'union-ambiguous': error<{ first: string; second: string }>({
    message: ({ first, second }) => `${first} and ${second} cannot be told apart in a union`,
    help: () => 'use one of them, or objects that differ by a required field, or by the values of one',
    explanation:
      'Members of a union are told apart by their JSON form: text, number, boolean, list, object. Two members of one form are allowed only as objects: each has a required field that the other lacks, or both have a required enum with no value in common (`kind: enum(ban)` and `kind: enum(kick)`). Enums of text count as text. In a set with Mongo a `bigint` and a `timestamp(ms)` count as numbers too, since documents hold them as numbers.',
  }),
  'repeated-index': warning<{ other: string }>({
    message: ({ other }) => `${other} already serves what this index serves`,
    help: () => 'leave it out, or say with `note:` on the index why it is there',
    explanation:
      'An index over the first fields of another, or of a key or unique, finds nothing that the longer one does not, and slows every write. Systems that have such an index already can keep it with a `note`.',
  }),
  'unused-definition': warning<{ kind: 'enum' | 'object' | 'type'; name: string }>({
    message: ({ kind, name }) => `the ${kind} \`${name}\` is used nowhere`,
    help: () => 'use it as the type of a field, or remove it',
    explanation:
      'A definition that no field uses is emitted nowhere that matters; it is most often a name that was misspelt elsewhere.',
  }),
  'unused-actor': warning<{ name: string }>({
    message: ({ name }) => `the actor \`${name}\` touches no entity`,
    help: () => 'give it `access` to an entity, or remove it',
    explanation:
      'Actors are the parts of the bot that touch data. One without access to any entity is most often misspelt elsewhere.',
  }),
  'empty-set': warning<{ name: string }>({
    message: ({ name }) => `the set \`${name}\` defines nothing`,
    help: () => 'write an entity into a `.yaml` file beside it, or take a module of the library with `use:`',
    explanation:
      'A set is a folder with botschema.yaml and every other `.yaml` file below it, but nothing in `node_modules`, in folders whose names begin with a dot, in the output folder or in a folder with a botschema.yaml or module.yaml of its own. One with no definition makes no outputs worth having; most often its files are elsewhere.',
  }),
  'rename-contradiction': error<{
    was: string
    name: string
    problem: 'still-there' | 'twice' | 'not-gone' | 'renamed'
  }>({
    message: ({ was, name, problem }) => {
      switch (problem) {
        case 'twice':
          return `something else was called \`${was}\` too`
        case 'still-there':
          return `\`${name}\` cannot have been \`${was}\`, which is still there`
        case 'not-gone':
          return `\`${was}\` is listed as gone, and is still there`
        case 'renamed':
          return `\`${was}\` is listed as gone, and \`${name}\` says that it was renamed`
      }
    },
    help: ({ problem }) =>
      problem === 'not-gone'
        ? 'remove it from `gone`, or remove what is of that name'
        : problem === 'renamed'
          ? 'remove the name from `gone` or from `was`'
          : '`was` says the name before a rename; remove it when it was not renamed',
    explanation:
      '`was: old_name` records that something was renamed, so that a migration renames it and does not drop and add it. The old name is gone, and only one thing had it.\n\n`gone: [old_name]` records the other answer: what had the name was removed, and nothing is its successor.',
  }),
  'store-option': error<{ option: string; name: string; store: string }>({
    message: ({ option, name, store }) => `\`${option}\` has no effect: \`${name}\` is not kept in ${store}`,
    help: () => 'remove it, or name the store under `stores:`',
    explanation:
      'Every key has an effect or is an error. What is said for one store has none for what is kept out of that store.',
  }),
} as const
