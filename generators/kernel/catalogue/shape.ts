import { error, nearestOr } from './entry.js'

export const shapeCatalogue = {
  'unknown-definition': error<{ key: string; nearest: string | null }>({
    message: ({ key }) => `a definition cannot start with \`${key}\``,
    help: ({ nearest }) => nearestOr(nearest, 'its first key is `entity:`, `object:`, `enum:` or `type:`'),
    explanation:
      'The first key of a YAML document says what it defines: `entity:` (a table and a collection), `object:` (an embedded structure), `enum:` (a closed list of values) or `type:` (a named field type). Its value is the name.',
  }),
  'not-a-definition': error({
    message: () => 'this file defines nothing',
    help: () => 'move it out of the set, or begin it with `entity:`, `object:`, `enum:`, `type:` or `extend:`',
    explanation:
      'Every `*.yaml` file below the folder of a set is one of its definition files, and no document in this one begins with a key that defines something. Its text is not shown, since it may be a file of another program with secrets in it.',
  }),
  'unknown-key': error<{
    key: string
    owner: string
    nearest: string | null
    keys: readonly string[]
    advice: string | null
  }>({
    message: ({ key, owner }) => `${owner} has no key \`${key}\``,
    help: ({ nearest, keys, advice }) =>
      advice ??
      nearestOr(
        nearest,
        keys.length === 0 ? 'it takes no keys' : `it takes ${keys.map((key) => `\`${key}\``).join(', ')}`,
      ),
    explanation:
      'Every key has an effect or is an error, so that a misspelt one cannot be ignored. Editors complete the keys from schemas/botschema.schema.json.',
  }),
  'missing-key': error<{ owner: string; key: string }>({
    message: ({ owner, key }) => `${owner} needs ${key}`,
    help: ({ key }) => `add ${key}`,
    explanation: 'Some keys have no sensible default and must be written.',
  }),
  'wrong-shape': error<{ expected: string; found: string; meant: string | null }>({
    message: ({ expected, found }) => `expected ${expected}, not ${found}`,
    help: ({ expected, meant }) => `write ${meant ?? expected}`,
    explanation:
      'A value of another kind stands here than the key takes: a list for a text, a text for a whole number. Quotes make a text of anything: `true` is a truth, `"true"` is a text. In botschema only `true` and `false` are truths; `yes` and `no` are texts.',
  }),
  'wrong-choice': error<{ value: string; expected: string; nearest: string | null }>({
    message: ({ value }) => `\`${value}\` is not one of the words that can stand here`,
    help: ({ expected, nearest }) => nearestOr(nearest, `write ${expected}`),
    explanation: 'The key takes one of a few words. The help names them, or the nearest one.',
  }),
  'one-of-keys': error<{ keys: readonly string[] }>({
    message: ({ keys }) => `exactly one of ${keys.map((key) => `\`${key}\``).join(', ')} belongs here`,
    help: ({ keys }) => `keep one of ${keys.map((key) => `\`${key}\``).join(', ')}`,
    explanation:
      'Some keys exclude each other: a field says its type once, with `type`, `ref` or `fields`; a step of a retention does one thing at one time.',
  }),
  'enforce-inside': error({
    message: () => '`enforce` is said inside of an object, and a store holds an object to its structure as a whole',
    help: () => 'say `enforce` of the field that holds the object, of its entity, or of the set',
    explanation:
      'What enforces the values of a field is said of the field of an entity, the entity or the set: the nearest one counts. A database checks a value with all that is inside of it at once, so parts of it have no `enforce` of their own.',
  }),
  'step-without-clock': error({
    message: () => 'nothing says what this age is counted from',
    help: () => 'name a field with `clock:` under `retention:`, or here: `90 days of created_at`',
    explanation:
      'An age is counted from a time in the row: the field under `clock:`, or the one that the step names with `of`.',
  }),
  'nested-set': error({
    message: () => 'this is the description of a set, which stands in botschema.yaml at the top of its folder',
    help: () => 'move it into botschema.yaml, or into a folder of its own',
    explanation:
      'A set is described once, in the botschema.yaml at the top of its folder. A folder below with a botschema.yaml of its own is another set.',
  }),
  'one-document': error({
    message: () => 'botschema.yaml holds one YAML document',
    help: () => 'move definitions to a file of their own',
    explanation:
      'botschema.yaml describes the set. Entities, objects, enums and types stand in other files of the folder.',
  }),
  'target-without-store': error<{ target: string; store: string }>({
    message: ({ target, store }) => `the target \`${target}\` is for ${store}, where this set keeps nothing`,
    help: ({ store, target }) => `add ${store} to \`stores:\`, or remove \`${target}\` here`,
    explanation:
      'A set says with `stores:` where its data is kept. For another store nothing is emitted, so an option of its target, or turning it off, would change nothing.',
  }),
  'target-needed': error<{ target: string; needs: string; option: string | null }>({
    message: ({ target, needs }) => `the target \`${target}\` imports what \`${needs}\` emits, which is turned off`,
    help: ({ target, needs, option }) =>
      option === null
        ? `turn \`${needs}\` on, or \`${target}\` off as well`
        : `turn \`${needs}\` on, or say \`${target}: { ${option}: false }\``,
    explanation:
      'Some outputs import others: validators and models import the types, and the functions that read and write rows import the types and the validators. A target can be turned off only together with those that need it, or what needs it with an option: `postgres: { access: false }` emits no functions.',
  }),
} as const
