import { pascalCase } from '../kernel/identifiers.js'
import type { Entity } from '../model/entity.js'
import type { Encryption, Field } from '../model/field.js'
import { entitiesIn, fieldsIn } from '../model/lookup.js'
import type { SchemaSet } from '../model/schema-set.js'
import type { Store } from '../model/store.js'
import { runtimeModule } from './runtime.js'

/** A field whose value only the emitted statements write and read. */
export type EncryptedField = Field & { readonly encrypted: Encryption }

const isEncrypted = (field: Field): field is EncryptedField => field.encrypted !== null

/** The encrypted fields of an entity that a store keeps. */
export const encryptedIn = (entity: Entity, store: Store): readonly EncryptedField[] =>
  entity.stores.includes(store) ? fieldsIn(entity, store).filter(isEncrypted) : []

/** The entities with encrypted fields in a store. */
export const encryptedEntities = (set: SchemaSet, store: Store): readonly Entity[] =>
  entitiesIn(set, store).filter((entity) => encryptedIn(entity, store).length > 0)

/** Whether an encrypted value may be replaced after its row was inserted. */
export const isReplaceable = (entity: Entity, field: Field): boolean => !entity.appendOnly && !field.immutable

/** What the data access of a set with encrypted fields gives a bot beside its functions; the error is the same in every store. */
export const encryptionExports = (store: 'postgres' | 'mongoose') =>
  [
    [runtimeModule('v1'), ['EncryptedFieldError', 'type EncryptionProblem']],
    [runtimeModule(`v1/${store}`), ['type EncryptionKeys']],
  ] as const

/** What every store calls the functions of an entity with encrypted fields: `insertVault`, `setVaultSecret`, `getVaultSecret`. */
export const encryptionNames = (entity: Entity) => {
  const pascal = pascalCase(entity.name)
  return {
    insert: `insert${pascal}`,
    set: (field: Field): string => `set${pascal}${pascalCase(field.property)}`,
    get: (field: Field): string => `get${pascal}${pascalCase(field.property)}`,
  }
}
