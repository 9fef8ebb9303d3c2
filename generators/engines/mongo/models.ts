import type { Connection, Model, Error as MongooseError } from 'mongoose'
import type { Entity } from '../../model/entity.js'
import { entityNames } from '../../script/names.js'
import type { EmittedFile } from '../script/emitted.js'
import { loadEmitted } from '../script/load.js'

/** What a model refuses a document for: the path in the document, and the words. */
export interface DocumentFault {
  readonly path: string
  readonly message: string
}

/** The emitted models of a set under the real Mongoose, on a connection that is never opened. */
export interface LoadedModels {
  /** @throws what Mongoose throws when it makes the model's schema */
  readonly modelOf: (entity: Entity) => Model<unknown>
  /** What the entity's model refuses a new document for; numbers that the store would count are taken as 1. */
  readonly faultsOf: (
    entity: Entity,
    document: { readonly [path: string]: unknown },
  ) => Promise<readonly DocumentFault[]>
}

const isValidation = (error: unknown): error is MongooseError.ValidationError =>
  error instanceof Error && error.name === 'ValidationError' && 'errors' in error

const faultsOfError = (error: unknown): readonly DocumentFault[] => {
  if (!isValidation(error)) return [{ path: '', message: error instanceof Error ? error.message : String(error) }]
  return Object.entries(error.errors).map(([path, { message }]) => ({ path, message }))
}

/** Counting needs a server, which there is none of here: every number is the first. */
const counting = { findOneAndUpdate: async () => null }

/**
 * Loads emitted models without a server. Each call has a connection of its own, so that models of one name in two sets
 * do not meet.
 *
 * @param files the TypeScript files of one set
 */
export const loadModels = async (files: readonly EmittedFile[]): Promise<LoadedModels> => {
  const { default: mongoose } = await import('mongoose')
  const exported = await loadEmitted(files.filter(({ path }) => path.endsWith('.ts')))
  const connection = mongoose.createConnection()
  // What needs a server is refused at once instead of being kept until there is one.
  Object.assign(connection.config, { bufferCommands: false })
  Object.assign(connection.collection('counters'), counting)
  const modelOf = (entity: Entity): Model<unknown> => {
    const make = exported(`mongoose/${entity.name}.ts`)[entityNames(entity).modelOf]
    return (make as (connection: Connection) => Model<unknown>)(connection)
  }
  return {
    modelOf,
    faultsOf: async (entity, document) => {
      try {
        const Document = modelOf(entity)
        await new Document(document).validate()
        return []
      } catch (error) {
        return faultsOfError(error)
      }
    },
  }
}
