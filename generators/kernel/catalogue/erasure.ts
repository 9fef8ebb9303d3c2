import { error } from './entry.js'

const eraseProblems = {
  required: 'may not be null, so erasing it cannot be `null`',
  'no-person': "holds no person's data: erase names a field of a user, or one marked `personal: true`",
  nobody: 'is to be erased, but no field of this entity names a person, so it cannot be found whose it is',
  elsewhere: 'names nobody, so `delete` is said of the field that does',
  'out-of-reach': 'names people in a map or a union, where nothing finds them',
  key: 'is part of the key, so it cannot be set to null: delete the row or keep it',
  immutable: 'is immutable, so it cannot be set to null: delete the row or keep it',
  computed: 'is computed by the store, so it cannot be set to null: delete the row or keep it',
  unique: 'is unique with nulls that are not distinct, so only one row could be set to null',
  check: 'cannot be set to null, since a check is false for it',
  summary: 'is counted by in a summary, where it would go on naming the person: delete the row or keep it',
  twice: 'has two erase rules',
} as const

const eraseHelps: { readonly [problem in keyof typeof eraseProblems]?: string } = {
  nobody: 'add a field that names the person, such as `user_id: snowflake(user)`, or say `{ keep: why }`',
  elsewhere: 'say `delete` of the field that names the person; the whole row goes',
  'out-of-reach': 'keep the ids in a list or in rows of their own, or say `{ keep: why }`',
}

export const erasureCatalogue = {
  'erase-misuse': error<{ field: string; problem: keyof typeof eraseProblems }>({
    message: ({ field, problem }) => `\`${field}\` ${eraseProblems[problem]}`,
    help: ({ problem }) =>
      eraseHelps[problem] ?? 'say `delete`, `null` or `{ keep: why }` for a field that holds a person',
    explanation:
      'When a person asks to be erased, each field that holds a person says what happens: the row is deleted, the field becomes null, or it is kept, with the reason. A field that is personal and names nobody (a nickname, a text) belongs to whom the other fields of its row name; it can become null or be kept.',
  }),
  'erase-missing': error<{ field: string; entity: string; names: boolean }>({
    message: ({ field, entity, names }) =>
      names
        ? `\`${field}\` of \`${entity}\` names a person, and nothing says what becomes of it when the person is to be forgotten`
        : `\`${field}\` of \`${entity}\` is personal, and stays when the row no longer names the person`,
    help: ({ field }) =>
      `add it under \`erase:\` of the entity's \`retention:\`: \`${field}: delete\`, \`${field}: null\` or \`${field}: { keep: why }\``,
    explanation:
      "A set that says under `erase` what happens to a person's data says it of all of it: of each field that names a person, in whichever entity, and of personal fields in rows that stay without a name. Otherwise people would be told that they were forgotten when they were not.\n\nA rule is asked for also where `on_delete: cascade` would take the rows along: people read the description, and not every store cascades.",
  }),
} as const
