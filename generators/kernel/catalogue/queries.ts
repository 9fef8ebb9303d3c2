import { error, nearestOr, warning } from './entry.js'

export const queriesCatalogue = {
  'unknown-parameter': error<{ name: string; query: string; nearest: string | null }>({
    message: ({ name, query }) => `the query \`${query}\` has no parameter \`${name}\``,
    help: ({ nearest }) => nearestOr(nearest, 'parameters are listed under `params:` of the query'),
    explanation:
      'A query names its parameters with a colon: `:user` in SQL, and ":user" as a value in a Mongo command. Each stands under `params:` with its type.',
  }),
  'numbered-parameter': error<{ written: string; query: string }>({
    message: ({ written, query }) => `the query \`${query}\` has a parameter by number, \`${written}\``,
    help: () => 'give it a name under `params:` and write that with a colon, as in `:user`',
    explanation:
      'Parameters of a query have names and types, which stand under `params:`. The numbers that a server is sent are made from the names, so a number of your own would be taken for another parameter.',
  }),
  'unused-parameter': warning<{ name: string; query: string }>({
    message: ({ name, query }) => `the parameter \`${name}\` is not used by the query \`${query}\``,
    help: ({ name }) => `use it as \`:${name}\`, or remove it`,
    explanation: 'A parameter that neither the SQL nor the Mongo command of its query names has no effect.',
  }),
  'columns-without-rows': error<{ query: string }>({
    message: ({ query }) => `the query \`${query}\` returns nothing, so its rows have no columns`,
    help: () => 'leave out `columns:`, or say with `returns:` how many rows come back',
    explanation: '`columns:` says what each row of a query has. With `returns: none` there are no rows.',
  }),
} as const
