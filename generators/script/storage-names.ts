import { pascalCase } from '../kernel/identifiers.js'
import type { Entity } from '../model/entity.js'
import type { Store } from '../model/store.js'
import { entityNames } from './names.js'

/** What the declarations of an entity in `typescript/storage.ts` are called. */
export interface StorageNames {
  /** `GuildMemberWhere` */
  readonly where: string
  /** `GuildMemberRowKey` */
  readonly key: string
  /** `GuildMemberCallTypes` */
  readonly types: string
  /** `GuildMemberCalls` */
  readonly calls: string
}

/** The names for all stores, or where they differ, of one store alone: `PostgresGuildMemberCalls`. */
export const storageNames = (entity: Pick<Entity, 'name'>, store: Store | null): StorageNames => {
  const name = `${store === null ? '' : pascalCase(store)}${entityNames(entity).row}`
  return { where: `${name}Where`, key: `${name}RowKey`, types: `${name}CallTypes`, calls: `${name}Calls` }
}

/** What the types of a storage are called. */
export interface StorageTypeNames {
  readonly storage: string
  readonly transaction: string
  readonly hooks: string
}

/** The names for all stores, or where they differ, of one store alone: `PostgresStorage`. */
export const storageTypeNames = (store: Store | null): StorageTypeNames => {
  const name = store === null ? 'Bot' : pascalCase(store)
  return {
    storage: `${name}Storage`,
    transaction: `${name}Transaction`,
    hooks: store === null ? 'RetentionHooks' : `${name}RetentionHooks`,
  }
}
