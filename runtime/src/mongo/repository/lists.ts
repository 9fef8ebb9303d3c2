import type { Page } from '../../pages/page.js'
import { type ListTerms, readList } from '../../storage/options.js'
import type { Filter } from '../where.js'
import type { Calls } from './collection.js'
import { pageOf } from './reads.js'

/** A named list. */
export interface ListDescription extends ListTerms {
  /** The condition on its documents, as that of its index says it. */
  readonly where?: Filter
}

/** The named lists of an entity, by their names in code. */
export type Lists = { readonly [name: string]: ListDescription }

/** The named lists of an entity, as functions of the values that they take. */
export const listCalls = (calls: Calls): { readonly [name: string]: (given?: unknown) => Promise<Page<unknown>> } =>
  Object.fromEntries(
    Object.entries(calls.collection.lists).map(([name, list]) => [
      name,
      async (given?: unknown) =>
        pageOf(calls, readList(calls.collection, name, list, given), Object.keys(list.order), {
          name,
          where: list.where ?? null,
        }),
    ]),
  )
