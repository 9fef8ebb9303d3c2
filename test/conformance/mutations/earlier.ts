import type { EarlierReaderId } from '../../../generators/pipeline/conformance/earlier/reader.js'

/** One rule of reading, or of leaving alone what is stored, that emitted code or the runtime gets wrong: its text as it would then be. */
export interface EarlierMutation {
  readonly rule: string
  readonly file: string
  readonly from: string
  readonly to: string
  /** Where it is noticed: what was done to a row of an entity, and who reads that otherwise. */
  readonly entity: string
  readonly change: string
  readonly reader: EarlierReaderId
}

type Place = readonly [entity: string, change: string]
type Text = readonly [from: string, to: string]

const mutationOf =
  (file: string, reader: EarlierReaderId) =>
  (rule: string, [entity, change]: Place, [from, to]: Text): EarlierMutation => ({
    rule,
    file,
    from,
    to,
    entity,
    change,
    reader,
  })

const inDocuments = mutationOf('runtime/rows/decoding.ts', 'Mongo functions')
const inTables = mutationOf('runtime/rows/decoding.ts', 'Postgres functions')
const readers = (reader: EarlierReaderId) => mutationOf('runtime/rows/readers.ts', reader)
const codec = mutationOf('runtime/zod/codecs/mongo.ts', 'Mongo functions')
const model = mutationOf('runtime/mongoose/paths.ts', 'Mongoose document')
const kinds = mutationOf('runtime/mongoose/kinds.ts', 'Mongoose document')
const write = mutationOf('runtime/mongo/access/rows.ts', 'Mongo functions')
const statement = mutationOf('runtime/postgres/rows.ts', 'Postgres functions')

export const earlierMutations: readonly EarlierMutation[] = [
  inDocuments(
    'unknown keys are returned',
    ['word', 'with unknown keys'],
    [
      'return read(of.row, stored, []) as Row',
      'return { ...(stored as object), ...(read(of.row, stored, []) as object) } as Row',
    ],
  ),
  readers('Mongo functions')(
    'a document with `__v` is refused',
    ['word', 'with unknown keys'],
    [
      'const row: { [name: string]: unknown } = {}',
      "if ('__v' in value) throw new Error('__v')\n    const row: { [name: string]: unknown } = {}",
    ],
  ),
  readers('Postgres functions')(
    'unknown keys inside of `jsonb` are returned',
    ['structure', 'part with unknown keys'],
    ['    return row\n', '    return { ...value, ...row }\n'],
  ),
  mutationOf('zod/objects.ts', 'Postgres functions')(
    'a missing key has no constant default',
    ['structure', 'part.inner.level, which is not there'],
    ['level: innerShape.level.default(() => 1)', 'level: innerShape.level'],
  ),
  mutationOf('zod/objects.ts', 'Mongo functions')(
    'a missing key of a document has another default',
    ['structure', 'part.inner.level, which is not there'],
    ['level: numberMongo(integer).default(() => 1)', 'level: numberMongo(integer).default(() => 2)'],
  ),
  inTables(
    'a missing key is not null where it may be',
    ['sanction', 'action.until, which is not there'],
    ["if (def.type === 'nullable' && value === undefined) return null", ''],
  ),
  inDocuments(
    'what is missing is undefined',
    ['word', 'free, which is not there'],
    ['  throw new Unreadable(path, value)\n}\n\n/** How the rows', '  return value\n}\n\n/** How the rows'],
  ),
  inDocuments(
    'what cannot be read is an error of another class',
    ['word', 'free, which is not there'],
    ['throw failure instanceof Unreadable ? unreadable(of, stored, failure, written) : failure', 'throw failure'],
  ),
  inDocuments(
    'an object of a union is returned as it is stored',
    ['sanction', 'action with unknown keys'],
    ['return read(option, value, path)', 'return value'],
  ),
  codec(
    'a Date where milliseconds belong is no number',
    ['amount', 'epoch as a date'],
    ['value instanceof Date ? value : new Date(Number(String(value)))', 'new Date(Number(JSON.stringify(value)))'],
  ),
  model(
    'a value that is made for new documents is made up on loading',
    ['entry', 'created_at, which is not there'],
    ['return isLoaded(this) ? (undefined as T) : make()', 'return make()'],
  ),
  mutationOf('runtime/mongoose/loading.ts', 'Mongoose document')(
    'the id of an object is made up on loading',
    ['ring', 'first._id, which is not there'],
    ['return isInside ? loaded.has(owner)', 'return isInside ? false'],
  ),
  model('a model loads no number as a date', ['amount', 'at as a number'], ['{ load: loadDate }', '{}']),
  model('a model loads no Date as milliseconds', ['amount', 'epoch as a date'], [', load: loadEpoch', '']),
  model('a model loads no text as an ObjectId', ['word', 'book as a string'], [', load: toObjectId', '']),
  model('a model loads no number as a bigint', ['amount', 'flags as a double'], ['{ load: loadBigint }', '{}']),
  model(
    'a model holds what was loaded to be free of unknown keys',
    ['structure', 'lookup{} with unknown keys'],
    ['(type === ExactMixed && isUntouched(this, path))', 'false'],
  ),
  kinds(
    'a default is put in the place of a number that is loaded',
    ['amount', 'epoch as a date'],
    ['value instanceof Date ? value.getTime() : unsigned(value)', 'value instanceof Date ? 0 : unsigned(value)'],
  ),
  write(
    'an update takes `__v` away',
    ['word', 'with unknown keys'],
    ['{ $set: changes }', '{ $set: changes, $unset: { __v: 1 } }'],
  ),
  statement(
    'an update writes to a column that it was not given',
    ['structure', 'part with unknown keys'],
    ['SET $', "SET part = jsonb_set(part, '{__v}', '9'), $"],
  ),
]
