import type { ClientSession, Model } from 'mongoose'
import { type Collection, held, type MongoStore, modelOf, sessionOf, type Values } from './store.js'

/** Runs a query's command over the model of a collection. */
export const commanded = async <Row, Result>(
  db: MongoStore,
  collection: Collection<Row>,
  run: (model: Model<Values>, session: { readonly session?: ClientSession }) => PromiseLike<Result>,
): Promise<Result> => held(db, collection, () => run(modelOf(db, collection), sessionOf(db)))
