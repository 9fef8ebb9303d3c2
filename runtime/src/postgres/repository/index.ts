import type { Session } from '../session.js'
import { readsOf } from './reads.js'
import type { EntityTable } from './table.js'
import { writesOf } from './writes.js'

/** The calls on the rows of one entity. What they take and return is typed by the storage that is made of them. */
export const repositoryOf = (db: Session, table: EntityTable) => ({
  ...readsOf({ db, table }),
  ...writesOf({ db, table }),
})
