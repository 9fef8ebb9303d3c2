import { unreachable } from '../../kernel/bug.js'
import type { Store } from '../../model/store.js'
import type { Database } from '../../pipeline/retain/database.js'
import type { Refused } from './refused.js'

/** How live databases are opened. */
export interface Databases {
  /**
   * Throws nothing for a database that cannot be opened. A query of Postgres that takes longer than `queryTimeout`
   * milliseconds fails, whether or not the server still answers.
   */
  readonly open: (store: Store, url: string, queryTimeout?: number) => Promise<Database | Refused>
}

/** Databases on servers; the drivers are loaded when they are asked for. */
export const serverDatabases: Databases = {
  open: async (store, url, queryTimeout) => {
    switch (store) {
      case 'postgres':
        return (await import('./postgres.js')).openPostgres(url, queryTimeout)
      case 'mongo':
        return (await import('./mongo.js')).openMongo(url)
      default:
        return unreachable(store)
    }
  },
}
