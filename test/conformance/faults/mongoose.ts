import type { Fault } from './fault.js'
import { textFault } from './text-fault.js'

const mongoose = textFault((entity) => `mongoose/${entity}.ts`)
const mongooseKinds = textFault(() => 'runtime/mongoose/kinds.ts')
const mongooseObjects = textFault(() => 'mongoose/objects.ts')

/** Constraints of the emitted models, one of each kind. */
export const inMongoose: readonly Fault[] = [
  mongoose('longest', 'word', 'short', 'short: text({ atMost: 5 })', 'short: text()'),
  mongoose('shortest', 'word', 'slug', 'atLeast: 2, atMost: 8, pattern', 'atMost: 8, pattern'),
  mongoose('length', 'word', 'code', 'fixedText({ length: 3 })', 'text()'),
  mongoose(
    'pattern',
    'word',
    'paint',
    'paint: text({ pattern: /^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$/u })',
    'paint: text()',
  ),
  mongoose('enum', 'word', 'mood', 'mood: oneOf(tempers)', 'mood: text()'),
  mongoose('calendar', 'word', 'day', 'day: day()', 'day: text()'),
  mongoose('not null', 'word', 'hour', 'hour: time()', 'hour: time({ nullable: true })'),
  mongoose('snowflake', 'word', 'flake', 'flake: snowflake<GuildId>()', 'flake: text()'),
  mongoose('most items', 'word', 'tags', '{ atLeast: 1, atMost: 3 }', '{ atLeast: 1 }'),
  mongoose('width', 'amount', 'small', 'small: smallint()', 'small: integer()'),
  mongoose('whole', 'amount', 'whole', 'whole: integer()', 'whole: float()'),
  mongoose('least', 'amount', 'count', 'integer({ atLeast: 1, atMost: 500 })', 'integer({ atMost: 500 })'),
  mongoose('most', 'amount', 'share', 'float({ atLeast: 0, atMost: 1 })', 'float({ atLeast: 0 })'),
  mongoose('single precision', 'amount', 'single', 'single: float({ single: true })', 'single: float()'),
  mongoose('most of 64 bits', 'amount', 'limited', ', atMost: 9007199254740993n', ''),
  mongoose('digits after the point', 'amount', 'price', 'price: decimal({ precision: 5, scale: 2 })', 'price: text()'),
  mongoose('least decimal', 'amount', 'fee', "atLeast: '0.5', ", ''),
  mongoose('type', 'amount', 'yes', 'yes: bool()', "yes: { type: 'Boolean' } as never"),
  mongoose('most bytes', 'structure', 'blob', 'atLeast: 1, atMost: 4', 'atLeast: 1'),
  mongoose('dimensions', 'structure', 'point', ', { atLeast: 3, atMost: 3 })', ')'),
  mongoose(
    'fewest entries',
    'structure',
    'texts',
    'mapOf(text({ atMost: 3 }), { atLeast: 1,',
    'mapOf(text({ atMost: 3 }), {',
  ),
  mongooseObjects('limit inside an object', 'structure', 'part.ratio', 'ratio: float({ atMost: 1 })', 'ratio: float()'),
  mongoose(
    'check',
    'amount',
    'yes',
    'compareDecimals(spellDecimal(row.price, 2), spellDecimal(row.fee, 2)) <= 0 ||',
    'true ||',
  ),
  mongoose(
    'computed',
    'bill',
    'extra',
    'all_pieces: smallint({ nullable: true })',
    'all_pieces: integer({ nullable: true })',
  ),
  mongoose('computed text', 'bill', 'label', 'shout: text({ atMost: 4 })', 'shout: text()'),
  mongoose('immutable', 'entry', 'made_by', 'snowflake<UserId>({ immutable: true })', 'snowflake<UserId>()'),
  mongoose('append-only', 'stamp', 'mark', 'plugin(appendOnly)', 'plugin(() => undefined)'),
  mongoose('unknown keys', 'word', 'unknown', '    ...strict,\n', ''),
  mongoose(
    'items',
    'word',
    'links[0]',
    'links: listOf(text({ pattern: /^https?:\\/\\/[^ \\t\\n\\r\\f\\v]+$/u }))',
    'links: listOf(text())',
  ),
  mongooseKinds('keys of a map', 'structure', 'texts{$a}', '/^\\$|\\./', '/\\./'),
  mongoose('union', 'structure', 'either', 'bool(), listOf(integer())],', 'bool(), json()],'),
  mongoose('items inside of lists', 'structure', 'grid[0][0]', 'listOf(listOf(integer()))', 'listOf(listOf(float()))'),
  mongooseObjects('check of an object', 'structure', 'part.yes', 'row.count <= 10 || row.yes', 'true'),
  mongooseObjects(
    'check of an inner object',
    'structure',
    'part.inner.ceiling',
    'row.ceiling === null || row.level <= row.ceiling',
    'true',
  ),
  mongooseObjects('not null inside', 'structure', 'part.day', 'day: day()', 'day: day({ nullable: true })'),
  mongooseObjects(
    'unknown keys inside',
    'structure',
    'part.unknown',
    '  { ...strict, _id: false },\n)\n\ncheck(partMongooseSchema',
    '  { _id: false },\n)\n\ncheck(partMongooseSchema',
  ),
]
