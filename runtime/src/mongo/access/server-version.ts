import type { mongo } from 'mongoose'

/** An index of a collection, as far as a server's version matters to it. */
interface Placed {
  readonly collection: string
  readonly index: mongo.IndexDescription
}

const isObject = (value: unknown): value is { readonly [name: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether a filter has what partial indexes know since MongoDB 6.0: `$or`, `$in`, and `$and` below the top. */
const isOfSix = (filter: unknown, depth: number): boolean =>
  isObject(filter) &&
  Object.entries(filter).some(
    ([name, value]) =>
      name === '$or' ||
      name === '$in' ||
      (name === '$and' && depth > 0) ||
      (Array.isArray(value) ? value : [value]).some((inner) => isOfSix(inner, depth + 1)),
  )

/** MongoDB's own servers say how they allocate memory; services that speak its protocol have versions of another meaning. */
const versionOf = async (db: mongo.Db): Promise<{ readonly text: string; readonly major: number } | null> => {
  try {
    const { version, versionArray, ...info } = await db.admin().command({ buildInfo: 1 })
    return 'allocator' in info && Array.isArray(versionArray) ? { text: version, major: Number(versionArray[0]) } : null
  } catch {
    return null
  }
}

/** Throws where a MongoDB server is too old for an index, before anything is created. */
export const heldToVersion = async (db: mongo.Db, indexes: readonly Placed[]): Promise<void> => {
  const [first] = indexes.filter(({ index }) => isOfSix(index.partialFilterExpression, 0))
  if (first === undefined) return
  const version = await versionOf(db)
  if (version === null || version.major >= 6) return
  const { collection, index } = first
  throw new Error(
    `MongoDB ${version.text} is too old: the condition of the index ${index.name} of ${collection} needs MongoDB 6.0 or later. Nothing was created.`,
  )
}
