export {
  type ChangedCollection,
  countDocuments,
  deleteDocuments,
  hasDocuments,
  incrementDocument,
  updateDocuments,
  type WrittenPath,
} from './changes.js'
export { type PageQuery, type PageRequest, pageOf, pageQuery } from './pages.js'
export { type CommandOptions, type MongoSession, sessionOf } from './session.js'
export { type ConditionPath, type ConditionPaths, type Filter, whereFilter } from './where.js'
