export { type EncryptionKeys, open, seal } from './encryption.js'
export { appendOnly, check, computed, guardUpdates, keepTimestamps, numbered, unguarded } from './guards.js'
export type { Kind, Sealed } from './kinds.js'
export { modelMaker, modelOn } from './models.js'
export {
  anyOf,
  bigint,
  bool,
  bytes,
  date,
  day,
  decimal,
  decimalText,
  epoch,
  fixedText,
  float,
  integer,
  json,
  listOf,
  long,
  made,
  mapOf,
  notInPlace,
  object,
  objectId,
  oneOf,
  type Path,
  type Paths,
  paths,
  sealed,
  smallint,
  snowflake,
  strict,
  text,
  time,
  uuid,
} from './paths.js'
export type { Populated } from './populated.js'
