import { type Act, actsOf } from '../model/lifecycle.js'
import { entitiesIn } from '../model/lookup.js'
import type { SchemaSet } from '../model/schema-set.js'

/** Where workers note what they are at: a document for each collection. */
const journalName = 'botschema_retention'

/** Whether an act writes to two collections: it archives, or counts what it deletes. */
export const isNoted = ({ action, summarise }: Act): boolean => action.kind === 'archive' || summarise !== null

/** The collection that batches of such acts are noted in where the server has no transactions; null where there is none. */
export const journalOf = (set: SchemaSet): string | null =>
  entitiesIn(set, 'mongo').some((entity) => actsOf(entity).some(isNoted)) ? journalName : null
