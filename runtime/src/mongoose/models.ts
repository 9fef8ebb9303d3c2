import { type Connection, type Model, Error as MongooseError, type Schema } from 'mongoose'

/** A model of a set: `name` is what Mongoose calls it. */
export interface ModelOf {
  readonly set: string
  readonly name: string
}

/** Marks the models of all sets in a process, each of which has this file of its own. */
const isEmitted = Symbol.for('botschema.model')

const nameTaken = ({ name, set }: ModelOf, own: string, there: Model<unknown>): MongooseError =>
  new MongooseError(
    `the model ${name} of ${set} keeps the collection ${own}, but the connection has another model ${name}, of the ` +
      `collection ${there.collection.name}: use another connection, or give one of them another name ` +
      '(`model:` in the definition of the entity)',
  )

/** A model by its name, which may be that of something every object has (`constructor`). */
const modelNamed = (connection: Connection, name: string): Model<unknown> | undefined =>
  Object.hasOwn(connection.models, name) ? connection.models[name] : undefined

/**
 * Creates a model where its name is free, or another set has it, or an older copy of this very module. A model of the
 * program's own is never taken for it. References look for `set.name`, which no other set has.
 */
const createModel = (connection: Connection, described: ModelOf, schema: Schema): Model<unknown> => {
  const { set, name } = described
  const collection = String(schema.get('collection'))
  const [there, older] = [modelNamed(connection, name), modelNamed(connection, `${set}.${name}`)]
  if (there !== undefined && !(isEmitted in there)) throw nameTaken(described, collection, there)
  if (older !== undefined && older.collection.name !== collection) throw nameTaken(described, collection, older)
  const model: unknown = connection.model(name, schema, collection)
  Object.assign(model as object, { [isEmitted]: set })
  const isFree = there === undefined || there === older
  Object.assign(connection.models, { [`${set}.${name}`]: model, ...(isFree ? { [name]: model } : {}) })
  return model as Model<unknown>
}

/** Makes the function that returns the model for a connection, and creates it on the first call. */
export const modelMaker = <Record>(described: ModelOf, schema: object): ((connection: Connection) => Model<Record>) => {
  const made = new WeakMap<Connection, Model<unknown>>()
  return (connection) => {
    const known = made.get(connection)
    const isThere = modelNamed(connection, `${described.set}.${described.name}`) !== undefined
    const model = known !== undefined && isThere ? known : createModel(connection, described, schema as Schema)
    made.set(connection, model)
    return model as unknown as Model<Record>
  }
}

/** The model for a connection. Where that has another of its name, each use of the model says so; loading it does not. */
export const modelOn = <Of extends object>(connection: Connection, make: (connection: Connection) => Of): Of => {
  try {
    return make(connection)
  } catch (failure) {
    const refuse = (): never => {
      throw failure
    }
    return new Proxy(class {}, { get: refuse, set: refuse, construct: refuse }) as unknown as Of
  }
}
