import { error, warning } from './entry.js'

const problems = {
  compared: 'is nothing that a caller gives: lists, objects, maps, json, bytes and vectors are compared with no value',
  ordered: 'has no order that is the same in every store',
  encrypted: 'is encrypted, and no store reads it',
  store: 'is not in every store of its entity, so the list could not be',
  option: 'is what a page is asked with (`limit`, `after`, `unreadable`): give it another name in code, with `code:`',
} as const

export const listsCatalogue = {
  'list-without-key': error<{ name: string; entity: string }>({
    message: ({ name, entity }) => `the list \`${name}\` of \`${entity}\` has no key to end its pages with`,
    help: () => 'give the entity a key, or write a query under `queries:`',
    explanation:
      'A page of a list ends between two rows, which the key tells apart. Where nothing does, or where there is one row at most, there are no lists.',
  }),
  'list-order': error<{ written: string }>({
    message: ({ written }) => `\`${written}\` is no field that a list is ordered by`,
    help: () => 'write a field of the entity, with `desc` where the greatest comes first: `joined_at desc`',
    explanation:
      'A list is ordered by fields of its entity, each ascending or descending. Null is the smallest value of every list, and texts go by code point, so nothing more is said.',
  }),
  'list-field': error<{ field: string; problem: keyof typeof problems }>({
    message: ({ field, problem }) => `\`${field}\` ${problems[problem]}`,
    help: () => 'leave it out of the list',
    explanation:
      'A list is the same in every store that keeps its entity. What callers give is compared with one value; rows are ordered by numbers, decimals, instants, dates, durations, booleans, texts and the ids of Discord.',
  }),
  'list-unserved': warning<{ list: string; store: string; index: string | null }>({
    message: ({ list, store }) =>
      `no index in ${store} serves the list \`${list}\`, so that every page of it reads and sorts all of its rows`,
    help: ({ index }) =>
      index === null
        ? 'order by something else: the store keeps these ids as texts, which no index orders as the numbers that they are'
        : `add to \`indexes:\` of the entity: ${index}`,
    explanation:
      'A page of a list is cheap where an index has its rows together and in their order: the fields under `by:`, then those under `order:`, then the key. A list brings that index along, unless it says `index: false`, or the store can make no such index.',
  }),
} as const
