import { ConstraintError } from '../../errors.js'
import { portionsOf } from '../access/portions.js'
import { PointedAtError, parted, pathsPointedAt, type Referring } from '../access/references.js'
import { among, connected, type Values } from '../access/store.js'
import type { Filter } from '../where.js'
import { ask, asUnit, type Calls, type EntityCollection, nativeOf } from './collection.js'

/** A collection as references see it. */
const referringOf = (of: EntityCollection): Referring => {
  const { collection, touched, paths, references, reads, model } = of
  const updated = touched === null ? undefined : (paths[touched]?.path ?? touched)
  return {
    collection,
    references,
    ...(updated === undefined ? {} : { updated }),
    ...(reads.length === 0 ? {} : { whole: { model, reads } }),
  }
}

/** Other rows point at one that would be deleted: the entity of those is named. */
const refusalOf = (
  { all, collection }: Calls,
  { from, reference }: PointedAtError,
  cause: unknown,
): ConstraintError => {
  const pointing = all.find((one) => one.collection === from)
  const propertyOf = (path: string): string =>
    Object.entries(pointing?.stored ?? {}).find(([, stored]) => stored === path)?.[0] ?? path
  const fields = reference.fields.map(propertyOf)
  const entity = pointing?.entity ?? from
  return new ConstraintError(
    {
      problem: 'referenced',
      entity,
      name: `${from}.${reference.fields.join(',')}`,
      fields,
      rule: `no ${entity} points at this ${collection.entity} by ${fields.join(', ')}`,
    },
    cause,
  )
}

/** Does to what points at documents what its references say, before these are deleted. */
const part = async (calls: Calls, documents: readonly Values[]): Promise<void> => {
  const { db, all, collection } = calls
  const referring = all.map(referringOf)
  let refused: PointedAtError | null = null
  await ask(calls, async ({ session }) => {
    try {
      await parted(connected(db.connection, session), referring, collection.collection, documents)
    } catch (failure) {
      if (!(failure instanceof PointedAtError)) throw failure
      // It was refused before anything was changed, and not by the server: its transaction goes on.
      refused = failure
    }
  })
  if (refused !== null) throw refusalOf(calls, refused, refused)
}

const isPointedAt = ({ all, collection }: Calls): boolean =>
  all.some(({ references }) => references.some(({ to }) => to === collection.collection))

/** The documents of a filter, with what others point at them by. */
const goingOf = (calls: Calls, filter: Filter): Promise<readonly Values[]> => {
  const { all, collection } = calls
  const paths = ['_id', ...pathsPointedAt(all, collection.collection)]
  const projection = Object.fromEntries(paths.map((path) => [path, 1]))
  return ask(calls, (options) =>
    nativeOf(calls)
      .find(filter, { ...options, projection })
      .toArray(),
  )
}

/** Deletes the document of a filter, and returns it as it was; null where there is none. */
export const deleteRow = async (calls: Calls, filter: Filter): Promise<Values | null> => {
  const remove = (own: Calls): Promise<Values | null> =>
    ask(own, (options) => nativeOf(own).findOneAndDelete(filter, options))
  if (!isPointedAt(calls)) return remove(calls)
  return asUnit(calls, async (own) => {
    await part(own, await goingOf(own, filter))
    return remove(own)
  })
}

/** Deletes the documents of a filter; how many those were. */
export const deleteMany = async (calls: Calls, filter: Filter): Promise<number> => {
  const remove = async (own: Calls, those: Filter): Promise<number> =>
    (await ask(own, (options) => nativeOf(own).deleteMany(those, options))).deletedCount
  if (!isPointedAt(calls)) return remove(calls, filter)
  return asUnit(calls, async (own) => {
    const going = await goingOf(own, filter)
    await part(own, going)
    let rows = 0
    for await (const some of portionsOf(going)) {
      const ids = some.map(({ _id }) => _id)
      rows += await remove(own, among(ids, filter))
    }
    return rows
  })
}
