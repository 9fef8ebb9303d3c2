import { Document, type Schema } from 'mongoose'

/** Objects inside of documents that were loaded, and not made by the program. */
const loaded = new WeakSet<object>()

const watched = new WeakSet<Schema>()

/**
 * Has the objects of a schema known as loaded. Of an object Mongoose says `$isNew` as of its document: one that is put into
 * a stored document is as old as that.
 */
export const watchLoading = (schema: Schema): void => {
  if (watched.has(schema)) return
  watched.add(schema)
  schema.pre('init', function (this: object) {
    loaded.add(this)
  })
}

/** Whether a document, or an object inside of one, was loaded. */
export const isLoaded = (owner: unknown): boolean => {
  if (!(owner instanceof Document)) return false
  const isInside = Reflect.get(owner, '$isSubdocument') === true
  return isInside ? loaded.has(owner) : Reflect.get(owner, '$isNew') === false
}
