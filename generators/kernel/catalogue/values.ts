import { error } from './entry.js'

export const valuesCatalogue = {
  'default-refused': error<{ field: string; problem: string }>({
    message: ({ field, problem }) => `the default of \`${field}\` is refused by its own type: ${problem}`,
    help: () => 'change the default, or what the type allows',
    explanation:
      'Every row that leaves the field out would be refused. The default must lie within the range, length, pattern and values of its type.',
  }),
  'default-against-check': error<{ field: string; check: string }>({
    message: ({ field, check }) => `the default of \`${field}\` is refused by the check \`${check}\``,
    help: () => 'change the default, or the check',
    explanation:
      'With the defaults filled in, the check is false whatever else the row holds, so every row that leaves these fields out would be refused.',
  }),
  'row-refused': error<{ what: 'example' | 'seed row'; field: string; problem: string }>({
    message: ({ what, field, problem }) => `this ${what} has a \`${field}\` that its type refuses: ${problem}`,
    help: ({ what }) => `change the ${what}, or what the type allows`,
    explanation:
      'Examples and seed rows are held to the same rules as rows of the bot: range, length, pattern, values and checks.',
  }),
  'row-against-check': error<{ what: 'example' | 'seed row'; check: string }>({
    message: ({ what, check }) => `this ${what} is refused by the check \`${check}\``,
    help: () => 'change the row, or the check',
    explanation: 'With defaults filled in, the check is false for this row: no store would take it.',
  }),
  'row-incomplete': error<{ what: 'example' | 'seed row'; field: string }>({
    message: ({ what, field }) => `this ${what} lacks \`${field}\`, which has no default and may not be null`,
    help: () => 'examples and seed rows are whole rows, without what has a default',
    explanation:
      'Examples are inserted on a real engine by `botschema verify`, and seed rows by `seed.sql`; so each must be a row that an insert takes.',
  }),
  'row-computed': error<{ what: 'example' | 'seed row'; field: string }>({
    message: ({ what, field }) => `this ${what} gives \`${field}\`, which the store computes`,
    help: () => 'leave it out',
    explanation: 'A `generated` field is computed by the store from the rest of the row, and no insert may give it.',
  }),
  'suggestion-refused': error<{ field: string; problem: string }>({
    message: ({ field, problem }) => `\`${field}\` suggests a value that its type refuses: ${problem}`,
    help: () => 'remove the value, or let the type take it',
    explanation: '`suggest` lists values that are common but not the only ones; each must be a value of the type.',
  }),
  'suggest-misuse': error<{ field: string }>({
    message: ({ field }) => `\`${field}\` is no text or number, so it has no open list of values`,
    help: () => 'remove `suggest`',
    explanation: '`suggest` documents an open list of values of text and numbers. `values` closes the list.',
  }),
  'bands-misuse': error<{ field: string; problem: 'type' | 'order' }>({
    message: ({ field, problem }) =>
      problem === 'type'
        ? `\`${field}\` is no number, so it has no bands`
        : `the bands of \`${field}\` are not ascending`,
    help: () => '`bands` maps the lower bound of each range to its name, as in { 0: Stranger, 21: Acquaintance }',
    explanation: '`bands` names ranges of a number by their lower bounds, from low to high.',
  }),
} as const
