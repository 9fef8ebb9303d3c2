import type { Page } from '../../pages/page.js'
import { type ListTerms, readList } from '../../storage/options.js'
import { pageOf } from './reads.js'
import type { Calls } from './table.js'

/** A named list. */
export interface ListDescription extends ListTerms {
  /** The condition on its rows, as SQL over the columns. */
  readonly where?: string
}

/** The named lists of an entity, by their names in code. */
export type Lists = { readonly [name: string]: ListDescription }

/** The named lists of an entity, as functions of the values that they take. */
export const listCalls = (calls: Calls): { readonly [name: string]: (given?: unknown) => Promise<Page<unknown>> } =>
  Object.fromEntries(
    Object.entries(calls.table.lists).map(([name, list]) => [
      name,
      async (given?: unknown) =>
        pageOf(calls, readList(calls.table, name, list, given), { name, where: list.where ?? null }),
    ]),
  )
