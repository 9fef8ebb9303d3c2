export { dateOf, deleting, setting } from './access/acts.js'
export { archiving } from './access/archives.js'
export type { CollectionDifference } from './access/collection-differences.js'
export { type CollectionsReport, createCollections } from './access/collections.js'
export { commanded } from './access/commands.js'
export { deletes, type Event, keeps, naming, pointing, sets } from './access/events.js'
export { happened } from './access/happening.js'
export { changed, merged, upserted } from './access/merges.js'
export { turnAt } from './access/noting.js'
export { page } from './access/pages.js'
export { type Collections, retentionStore } from './access/retiring.js'
export { deleted, found, inserted, insertedAll, updated } from './access/rows.js'
export { insertedSealed, openedSealed, replacedSealed } from './access/sealing.js'
export { type Collection, collectionOf, encoded, type MongoStore, type Values } from './access/store.js'
export {
  bigints,
  decimal,
  decimal128,
  decimals,
  decimalText,
  epoch,
  floats,
  greatest,
  least,
  plain,
  summarising,
  whole,
  wholes,
} from './access/summaries.js'
export { inTransaction } from './access/transactions.js'
export {
  type ChangedCollection,
  countDocuments,
  deleteDocuments,
  hasDocuments,
  incrementDocument,
  updateDocuments,
  type WrittenPath,
} from './changes.js'
export * as kinds from './kinds.js'
export { documentPage, type PageQuery, type PageRequest, pageQuery, pageStages } from './pages.js'
export type { EntityCollection } from './repository/collection.js'
export { type CollectionDescription, documentsOf } from './repository/describe.js'
export { commandOf } from './repository/queries.js'
export { type CommandOptions, type MongoSession, sessionOf } from './session.js'
export { createStorage, type StorageDescription } from './storage.js'
export { type ConditionPath, type ConditionPaths, type Filter, whereFilter } from './where.js'
