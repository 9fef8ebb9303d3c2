import type { mongo } from 'mongoose'
import { storedName, whereFilter } from '../../../document/index.js'
import { known } from '../../../kernel/bug.js'
import { clockOf } from '../../../model/lifecycle.js'
import type { SchemaSet } from '../../../model/schema-set.js'
import type { MongoDatabase } from '../database.js'
import { ordersOf, type PlacedAct } from './acts.js'

/** The stages of a query's plan by name, wherever they stand in it: servers nest them each in their own way. */
const stagesIn = (plan: unknown): readonly string[] => {
  if (typeof plan !== 'object' || plan === null) return []
  const below = Object.values(plan).flatMap(stagesIn)
  return 'stage' in plan ? [String(plan.stage), ...below] : below
}

const winningStages = (explained: mongo.Document): readonly string[] => {
  const { queryPlanner } = explained as { readonly queryPlanner?: { readonly winningPlan?: unknown } }
  return stagesIn(queryPlanner?.winningPlan)
}

const filterOf = async (set: SchemaSet, { act, entity, place }: PlacedAct, at: Date): Promise<mongo.Document> => {
  const { mongo } = await import('mongoose')
  const where =
    act.where === null ? {} : mongo.BSON.EJSON.deserialize(whereFilter(set, entity, act.where), { useBigInt64: true })
  return { $and: [{ [storedName(place, clockOf(act.due))]: { $lte: at } }, where] }
}

/** The stages of the plan that wins; none where the server has no `explain`, as some that speak its protocol. */
const explained = async (
  { connection }: MongoDatabase,
  { place }: PlacedAct,
  filter: mongo.Document,
  sort: mongo.Document,
): Promise<readonly string[]> => {
  const collection = known(connection.db, 'an open connection').collection(place.collection)
  try {
    return winningStages(await collection.find(filter).sort(sort).limit(1).explain('queryPlanner'))
  } catch (failure) {
    const { mongo } = await import('mongoose')
    if (failure instanceof mongo.MongoServerError) return []
    throw failure
  }
}

/** Whether an index of its own serves the clock of an act; null where the server does not explain its plans. */
export const isServedInMongo = async (
  set: SchemaSet,
  database: MongoDatabase,
  act: PlacedAct,
  at: Date,
): Promise<boolean | null> => {
  const filter = await filterOf(set, act, at)
  for (const order of ordersOf(act)) {
    const sort = Object.fromEntries(
      order.map(({ field, descending }) => [storedName(act.place, field), descending ? -1 : 1]),
    )
    const stages = await explained(database, act, filter, sort)
    if (stages.length === 0) return null
    if (!stages.includes('COLLSCAN') && !stages.includes('SORT')) return true
  }
  return false
}
