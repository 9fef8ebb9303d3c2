import { unreachable } from '../../kernel/bug.js'
import type { Store } from '../../model/store.js'
import type { Database } from '../../pipeline/retain/database.js'
import type { Refused } from './refused.js'

/** How live databases are opened. */
export interface Databases {
  /** Throws nothing for a database that cannot be opened. */
  readonly open: (store: Store, url: string) => Promise<Database | Refused>
}

/** Databases on servers; the drivers are loaded when they are asked for. */
export const serverDatabases: Databases = {
  open: async (store, url) => {
    switch (store) {
      case 'postgres':
        return (await import('./postgres.js')).openPostgres(url)
      case 'mongo':
        return (await import('./mongo.js')).openMongo(url)
      default:
        return unreachable(store)
    }
  },
}
