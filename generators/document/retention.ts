import { actsOf } from '../model/lifecycle.js'
import { entitiesIn } from '../model/lookup.js'
import type { SchemaSet } from '../model/schema-set.js'

/** Where workers note what they are at: a document for each entity. */
const journalName = 'botschema_retention'

/**
 * The collection that retention notes batches in which write to two collections, where the server has no transactions:
 * archiving, and counting what is deleted. Null where nothing does so.
 */
export const journalOf = (set: SchemaSet): string | null =>
  entitiesIn(set, 'mongo').some((entity) =>
    actsOf(entity).some(({ action, summarise }) => action.kind === 'archive' || summarise !== null),
  )
    ? journalName
    : null
