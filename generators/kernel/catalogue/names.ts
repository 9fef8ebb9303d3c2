import { error, nearestOr } from './entry.js'

export const namesCatalogue = {
  'unknown-field': error<{ name: string; owner: string; nearest: string | null }>({
    message: ({ name, owner }) => `\`${owner}\` has no field \`${name}\``,
    help: ({ nearest, owner }) => nearestOr(nearest, `the fields of \`${owner}\` are listed under its \`fields:\``),
    explanation:
      'Fields are named exactly as under `fields:`, in the same case. A field inside an object is named by its path: `config.enabled`.',
  }),
  'unknown-enum-value': error<{ value: string; enum: string; nearest: string | null }>({
    message: ({ value, enum: name }) => `\`${value}\` is not a value of the enum \`${name}\``,
    help: ({ nearest, enum: name }) => nearestOr(nearest, `the values of \`${name}\` are listed where it is defined`),
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
} as const
