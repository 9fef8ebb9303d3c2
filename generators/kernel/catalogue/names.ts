import { error, nearestOr } from './entry.js'

export const namesCatalogue = {
  'too-many-definitions': error<{ most: number }>({
    message: ({ most }) => `this is definition ${most + 1} of the set; a set has at most ${most}`,
    help: () => 'divide the set into several',
    explanation:
      'A set is compiled as a whole, in memory. The largest bots keep some hundred tables; a set of more than ten thousand definitions was most likely made by a program that went wrong.',
  }),
  'unknown-field': error<{ name: string; owner: string; nearest: string | null }>({
    message: ({ name, owner }) => `\`${owner}\` has no field \`${name}\``,
    help: ({ nearest, owner }) => nearestOr(nearest, `the fields of \`${owner}\` are listed under its \`fields:\``),
    explanation:
      'Fields are named exactly as under `fields:`, in the same case. A field inside an object is named by its path: `config.enabled`.',
  }),
  'type-as-field': error<{ type: string }>({
    message: ({ type }) => `\`${type}\` is a type, and the short form names a field`,
    help: ({ type }) => `write \`{ type: ${/[,#:]/.test(type) ? `"${type}"` : type} }\``,
    explanation:
      'A parameter or a column of a query takes its type from a field: `user: user_id` or `user: guild_member.user_id`. A value that is no field says its type in the long form: `limit: { type: integer }`.',
  }),
  'unknown-enum-value': error<{ value: string; enum: string; values: readonly string[]; nearest: string | null }>({
    message: ({ value, enum: name }) => `\`${value}\` is not a value of the enum \`${name}\``,
    help: ({ nearest, enum: name, values }) =>
      nearestOr(
        nearest,
        values.length <= 8
          ? `its values are ${values.map((one) => `\`${one}\``).join(', ')}`
          : `the values of \`${name}\` are listed where it is defined`,
      ),
    explanation:
      'An enum has the values it lists and no others. Values are written exactly as listed, in the same case.',
  }),
  'unknown-actor': error<{ name: string; nearest: string | null }>({
    message: ({ name }) => `there is no actor \`${name}\``,
    help: ({ nearest }) => nearestOr(nearest, 'actors are listed under `actors:` in botschema.yaml'),
    explanation:
      'Who may touch data is said of actors, the parts of the bot that botschema.yaml lists under `actors:`, one line each.',
  }),
  'unknown-group': error<{ name: string; nearest: string | null }>({
    message: ({ name }) => `there is no group \`${name}\``,
    help: ({ nearest }) => nearestOr(nearest, 'groups are listed under `groups:` in botschema.yaml'),
    explanation: 'Groups are the chapters of the docs. botschema.yaml lists them under `groups:`, in their order.',
  }),
  'no-fields-inside': error<{ path: string; type: string }>({
    message: ({ path, type }) => `\`${path}\` is of type ${type}: botschema knows no fields inside it`,
    help: () => 'give the field an object with `fields:`, or name the field itself',
    explanation:
      'A path such as `config.enabled` goes through objects, whose fields are known. The inside of json, lists, maps and unions is not described by field names.',
  }),
  'invalid-name': error<{ name: string; what: string; form: string }>({
    message: ({ name, what }) => `\`${name}\` cannot be the name of ${what}`,
    help: ({ form }) => `write ${form}`,
    explanation:
      'Entities are named in the singular and snake_case. Objects, enums and types have names of letters, digits and underscores. Fields are named as the stores have them, but for what no store takes: dots, a leading `$`, control characters, `__proto__`. Nor does `code:` take those, since Mongoose reads a name in code as it reads a path.',
  }),
  'name-of-builtin': error<{ name: string }>({
    message: ({ name }) => `\`${name}\` is a type of the language`,
    help: () => 'choose another name',
    explanation: 'A definition with the name of a type of the language could never be meant by it.',
  }),
  'defined-twice': error<{ name: string }>({
    message: ({ name }) => `\`${name}\` is defined twice`,
    help: () => 'rename or remove one of them',
    explanation:
      'Entities, objects, enums and types share their names: each becomes one type in TypeScript. Within an object each field is named once.',
  }),
  'inline-name-taken': error<{ name: string; path: string }>({
    message: ({ name, path }) =>
      `what is written in place at \`${path}\` would be called \`${name}\`, a name that is taken`,
    help: () => 'define it by itself under another name, and use that name here',
    explanation:
      'An enum or object that is written in place is named after where it stands: `warning.severity` is `warning_severity`. When something else has that name, give it one of its own with `enum:` or `object:`.',
  }),
  'unknown-entity': error<{ name: string; nearest: string | null }>({
    message: ({ name }) => `there is no entity \`${name}\``,
    help: ({ nearest }) =>
      nearestOr(nearest, 'define it with `entity:`; for an id of something outside the set write `snowflake(guild)`'),
    explanation:
      'References lead to entities of the set, by the name after `entity:` (singular), not by the name of their table.',
  }),
  'not-an-entity': error<{ name: string; kind: string }>({
    message: ({ name, kind }) => `\`${name}\` is defined as \`${kind}:\`, and only entities can be referred to`,
    help: ({ name }) => `write \`${name}\` alone to hold its value`,
    explanation: 'Objects, enums and types have no rows of their own, so there is nothing to refer to.',
  }),
  'unknown-page': error<{ path: string; nearest: string | null }>({
    message: ({ path }) => `there is no page \`${path}\``,
    help: ({ nearest }) => nearestOr(nearest, 'pages are Markdown files of the set, named from its folder'),
    explanation: 'Pages under `pages:` are `.md` files in the folder of the set or below it.',
  }),
  'field-repeated': error<{ name: string }>({
    message: ({ name }) => `\`${name}\` is named twice`,
    help: () => 'keep one of them',
    explanation: 'A key, a unique, an index and a reference each name a field once.',
  }),
  'key-said-twice': error({
    message: () => 'the key of this entity is said twice',
    help: () => 'keep either `key:` of the entity or `key: true` on its fields',
    explanation:
      'The key is the field `id` or `_id`, the fields with `key: true`, or those under `key:`; a singleton needs none. Saying it twice could contradict itself.',
  }),
  'timestamps-twice': error<{ name: string }>({
    message: ({ name }) => `\`timestamps:\` adds \`${name}\`, which is among the fields too`,
    help: () => 'remove one of them',
    explanation:
      '`timestamps: true` adds `created_at` and `updated_at`, kept by the store. `timestamps: { created: added_at }` names them otherwise, and adds only what it names.',
  }),
} as const
