import mongoose, { mongo } from 'mongoose'
import { type Expression, fieldsRead, operandsOf } from '../../generators/model/expression.js'
import type { SchemaSet } from '../../generators/model/schema-set.js'
import type { Condition } from '../../generators/pipeline/conformance/conditions/condition.js'
import {
  documentsOf,
  expressionOf,
  filterOf,
  isKept,
} from '../../generators/pipeline/conformance/conditions/in-mongo.js'
import {
  type Answer,
  type Asked,
  type ConditionReader,
  wordsOf,
} from '../../generators/pipeline/conformance/conditions/reader.js'

const uris = ['MONGODB_URI', 'MONGODB_SECOND_URI']

/** A server is asked about so many conditions of a batch, over so many of their rows: each is a call of its own. */
const conditionsOfBatch = Number(process.env['CONDITION_SERVER_RUNS'] ?? 8)
const rowsOfEach = 12

/** Which row a document is of. `sparse` lacks what is null. */
interface Tagged {
  readonly row: number
  readonly sparse: boolean
}

/** Keys are what documents are told apart by here. */
const readsKey = ({ entity, expression }: Condition): boolean =>
  fieldsRead(expression).some(([name]) => entity.key.kind === 'fields' && entity.key.fields.includes(name ?? ''))

const changesCase = (expression: Expression): boolean =>
  (expression.kind === 'call' && (expression.function === 'lower' || expression.function === 'upper')) ||
  operandsOf(expression).some(changesCase)

const isAsked = (condition: Condition): boolean => isKept(condition) && !readsKey(condition)

/** MongoDB changes letters of ASCII only; a server that changes others is not asked about letters. */
const isAsciiOnly = async (database: mongo.Db): Promise<boolean> => {
  const collection = database.collection('letters')
  await collection.insertOne({ letters: 'ÄB' })
  const [found] = await collection.aggregate([{ $project: { letters: { $toLower: '$letters' } } }]).toArray()
  return found?.['letters'] === 'Äb'
}

const documentsFor = ({ condition, rows }: Asked) =>
  rows.slice(0, rowsOfEach).flatMap((row, at) =>
    documentsOf(condition.entity, row).map((document, index) => ({
      ...document,
      tag: { row: at, sparse: index === 1 },
    })),
  )

const answersOf = (rows: number, found: readonly Tagged[]): readonly Answer[] => {
  const met = new Set(found.map(({ row, sparse }) => `${row} ${sparse}`))
  return Array.from({ length: rows }, (_, row) => {
    const [whole, sparse] = [met.has(`${row} false`), met.has(`${row} true`)]
    return whole === sparse ? whole : { words: `${whole} where null is stored, ${sparse} where it is missing` }
  })
}

/** Conditions as filters and as expressions on a server. */
const onServer = (
  set: SchemaSet,
  id: ConditionReader['id'],
  database: mongo.Db,
  of: typeof filterOf,
): ConditionReader => ({
  id,
  read: async (asked) => {
    const answers: (readonly Answer[] | null)[] = []
    const isAscii = await isAsciiOnly(database)
    const isAnswered = (condition: Condition): boolean =>
      isAsked(condition) && (isAscii || !changesCase(condition.expression))
    for (const [place, one] of asked.entries()) {
      const filter = place < conditionsOfBatch && isAnswered(one.condition) ? of(set, one.condition) : null
      answers.push(filter && (await found(database, filter, documentsFor(one))))
    }
    return answers
  },
})

/** An operator that the server has not: it is asked nothing then. */
const isLacking = (error: unknown): boolean =>
  error instanceof Error && error.message.startsWith('Unrecognized expression')

let collections = 0

const found = async (
  database: mongo.Db,
  filter: object,
  documents: ReturnType<typeof documentsFor>,
): Promise<readonly Answer[] | null> => {
  const collection = database.collection(`conditions_${++collections}`)
  try {
    await collection.insertMany([...documents])
    const query = mongo.BSON.EJSON.deserialize(filter, { useBigInt64: true })
    const tagged = await collection.find(query, { projection: { tag: 1 } }).toArray()
    return answersOf(
      documents.length / 2,
      tagged.map(({ tag }) => tag as Tagged),
    )
  } catch (error) {
    return isLacking(error) ? null : [wordsOf(error)]
  }
}

export interface ConditionServers {
  readonly readers: readonly ConditionReader[]
  readonly close: () => Promise<void>
}

/** Every MongoDB that the environment names, as readers of conditions. */
export const openConditionServers = async (set: SchemaSet): Promise<ConditionServers> => {
  const connections = await Promise.all(
    uris.flatMap((name) => {
      const uri = process.env[name]
      if (uri === undefined) return []
      const dbName = `botschema_conditions_${process.pid}`
      return [
        mongoose
          .createConnection(uri, { dbName })
          .asPromise()
          .then((connection) => ({ name, connection })),
      ]
    }),
  )
  return {
    readers: connections.flatMap(({ name, connection }) => {
      const database = connection.db
      return database === undefined
        ? []
        : [
            onServer(set, `filter on ${name}`, database, filterOf),
            onServer(set, `$expr on ${name}`, database, expressionOf),
          ]
    }),
    close: async () => {
      for (const { connection } of connections) {
        await connection.dropDatabase()
        await connection.close()
      }
    },
  }
}
