import type { Fault } from './fault.js'
import { textFault } from './text-fault.js'

const zod = textFault((entity) => `zod/${entity}.ts`)
const zodShared = textFault(() => 'runtime/zod/scalars.ts')
const zodObjects = textFault(() => 'zod/objects.ts')

/** Constraints of the emitted Zod schemas, one of each kind. */
export const inZod: readonly Fault[] = [
  zod('longest', 'word', 'short', 'short: textUpTo(5)', 'short: text'),
  zod('shortest', 'word', 'slug', 'atLeast: 2, atMost: 8, matching', 'atMost: 8, matching'),
  zod('length', 'word', 'code', 'textOfLength(3)', 'text'),
  zod('form', 'word', 'mail', 'mail: email', 'mail: text'),
  zod('pattern', 'word', 'paint', 'paint: color', 'paint: text'),
  zod('enum', 'word', 'mood', 'mood: oneOf(tempers)', 'mood: text'),
  zod('calendar', 'word', 'day', 'day: day', 'day: text'),
  zod('uuid', 'word', 'uid', 'uid: uuid', 'uid: text'),
  zod('snowflake', 'word', 'flake', 'flake: guildId', 'flake: text'),
  zod('fewest items', 'word', 'tags', '.min(1).max(3)', '.max(3)'),
  zodShared('no NUL', 'word', 'free', '/[\\0\\uD800', '/[\\uD800'),
  zod('not null', 'word', 'hour', 'hour: timeOfDay', 'hour: timeOfDay.nullable()'),
  zod('width', 'amount', 'small', 'small: smallint', 'small: integer'),
  zod('whole', 'amount', 'whole', 'whole: integer', 'whole: double'),
  zod('least', 'amount', 'count', 'integer.min(1)', 'integer'),
  zod('most', 'amount', 'share', 'double.min(0).max(1)', 'double.min(0)'),
  zod('most of 64 bits', 'amount', 'limited', '.max(9_007_199_254_740_993n)', ''),
  zod('digits after the point', 'amount', 'price', 'price: decimalOf(5, 2)', 'price: decimalOf(6, 3)'),
  zod('least decimal', 'amount', 'fee', "atLeast: '0.5', ", ''),
  zod('type', 'amount', 'yes', 'yes: z.boolean()', 'yes: z.any()'),
  zod('most entries', 'structure', 'texts', 'atLeast: 1, atMost: 3 })', 'atLeast: 1 })'),
  zod('most bytes', 'structure', 'blob', 'atLeast: 1, atMost: 4', 'atLeast: 1'),
  zodObjects('limit inside an object', 'structure', 'part.ratio', 'ratio: double.max(1)', 'ratio: double'),
  zod('single precision', 'amount', 'single', 'single: real,', 'single: double,'),
  zod('check', 'amount', 'yes', 'compareDecimals(row.price, row.fee) <= 0 ||', 'true ||'),
  zod('computed', 'bill', 'extra', 'shape.all_pieces.safeParse', 'shape.extra.safeParse'),
  zod('computed text', 'bill', 'label', 'shape.shout.safeParse', 'shape.label.safeParse'),
  zod('immutable', 'entry', 'made_by', "without(shape, 'id', 'made_by',", "without(shape, 'id',"),
  zod('append-only', 'stamp', 'mark', 'stampPatchSchema = plain({})', 'stampPatchSchema = plain({ mark: shape.mark })'),
  zod('dimensions', 'structure', 'point', 'vectorOf(3)', 'vectorOf(2).or(vectorOf(3))'),
  zodShared('keys of a map', 'structure', 'texts{$a}', '/^\\$|\\./', '/\\./'),
  zod('union', 'structure', 'either', 'z.array(integer)])', 'z.array(z.any())])'),
  zod('items', 'word', 'links[0]', 'links: z.array(url)', 'links: z.array(text)'),
  zod('items inside of lists', 'structure', 'grid[0][0]', 'z.array(z.array(integer))', 'z.array(z.array(z.number()))'),
  zod('json is not null', 'structure', 'data', 'data: jsonInMongo,', 'data: jsonInMongo.nullable(),'),
  zodObjects('check of an object', 'structure', 'part.yes', 'row.count <= 10 || row.yes', 'true'),
  zodObjects(
    'check of an inner object',
    'structure',
    'part.inner.ceiling',
    'row.ceiling === null || row.level <= row.ceiling',
    'true',
  ),
  zodObjects(
    'required members',
    'structure',
    'part.words',
    '  words: textOf({ atLeast: 1, atMost: 5 }),',
    '  words: textOf({ atLeast: 1, atMost: 5 }).optional(),',
  ),
  zodObjects('not null inside', 'structure', 'part.day', '  day: day,', '  day: day.nullable(),'),
  zodShared('unknown keys', 'word', 'unknown', 'z.strictObject(fields)', 'z.object(fields)'),
]
