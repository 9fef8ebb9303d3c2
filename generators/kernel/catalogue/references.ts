import { error } from './entry.js'

export const referencesCatalogue = {
  'reference-target': error<{ entity: string; fields: readonly string[]; keys: readonly string[] }>({
    message: ({ entity, fields }) => `\`${fields.join(', ')}\` is neither the key of \`${entity}\` nor unique there`,
    help: ({ keys, entity }) =>
      keys.length === 0
        ? `give \`${entity}\` a key, or make these fields unique`
        : `what can be referred to: ${keys.map((key) => `\`${key}\``).join(', ')}`,
    explanation:
      'A reference must find one row, so it points at the key of an entity, or at fields that a `unique` without `where` and without `deferrable` holds. The order of the fields is the order of the key.',
  }),
  'reference-count': error<{ given: number; wanted: number; entity: string }>({
    message: ({ given, wanted, entity }) =>
      `a reference of ${given} field${given === 1 ? '' : 's'} cannot point at the ${wanted} of \`${entity}\``,
    help: () => 'list one field for each field of the key, in its order, under `references:`',
    explanation:
      'A reference to a composite key has as many fields as the key. Write it under `references:`, as in { fields: [guild_id, user_id], to: guild_member }.',
  }),
  'reference-type': error<{
    field: string
    type: string
    target: string
    targetType: string
    /** How a single field refers, so that it takes the type of its target; null where several fields refer together. */
    ref: string | null
  }>({
    message: ({ field, type, target, targetType }) =>
      `\`${field}\` is ${type}, but \`${target}\`, which it refers to, is ${targetType}`,
    help: ({ field, target, ref }) =>
      ref === null
        ? `give \`${field}\` the type that \`${target}\` has`
        : `write \`${field}: ${ref}\`, which takes the type of \`${target}\``,
    explanation: 'A reference holds a value of its target, so both have the same type.',
  }),
  'reference-set-null': error<{
    field: string
    action: 'on_delete' | 'on_update'
    /** The other fields of the reference, which may be null, where the store can make these null alone. */
    others: readonly string[]
  }>({
    message: ({ field, action }) => `\`${action}: set null\` would make \`${field}\` null, which it may not be`,
    help: ({ others }) =>
      others.length === 0
        ? 'write `?` after the type, or choose another action'
        : `write \`on_delete: { set_null: [${others.join(', ')}] }\`, which leaves the other fields as they are`,
    explanation:
      '`set null` empties the fields of the reference when the row it refers to goes; in a reference of several fields `{ set_null: [channel_id] }` empties only those that it names. They must allow null.',
  }),
  'reference-set-null-field': error<{ name: string; fields: readonly string[] }>({
    message: ({ name }) => `\`${name}\` is not among the fields of this reference`,
    help: ({ fields }) => `name one of ${fields.map((field) => `\`${field}\``).join(', ')}`,
    explanation:
      '`on_delete: { set_null: [channel_id] }` names those fields of the reference that become null when the row it refers to goes.',
  }),
  'reference-cycle': error<{ path: readonly string[] }>({
    message: ({ path }) => `no first row can be written: ${path.map((name) => `\`${name}\``).join(' needs ')}`,
    help: () => 'let one of these references be null, or say `enforced: false` on it',
    explanation:
      'Every entity of the cycle needs a row of the next before its own can be written. One of the references must be nullable (write the row first, the link later), or be documented only, with `enforced: false`.',
  }),
  'reference-singleton': error<{ entity: string }>({
    message: ({ entity }) => `\`${entity}\` is a singleton: it has one row, so there is nothing to refer to`,
    help: () => 'leave the reference out: the one row is found without it',
    explanation: 'A singleton has at most one row and no key of its own that a field could hold.',
  }),
} as const
