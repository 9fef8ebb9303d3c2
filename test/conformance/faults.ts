import type { Evidence } from '../../generators/pipeline/verify/proof.js'

export type FaultyTarget = 'zod' | 'json-schema' | 'mongoose' | 'mongo' | 'postgres'

/** One constraint taken out of one emitted file: by its text, or by the way to it in JSON. */
export interface Fault {
  readonly target: FaultyTarget
  /** What is no longer held. */
  readonly what: string
  readonly path: string
  readonly change: { readonly from: string; readonly to: string } | { readonly drop: readonly string[] }
  /** Where the judges should notice. */
  readonly entity: string
  readonly field: string
}

const inText =
  (target: FaultyTarget, pathOf: (entity: string) => string) =>
  (what: string, entity: string, field: string, from: string, to: string): Fault => ({
    target,
    what,
    path: pathOf(entity),
    change: { from, to },
    entity,
    field,
  })

const zod = inText('zod', (entity) => `zod/${entity}.ts`)
const zodShared = inText('zod', () => 'zod/scalars.ts')
const zodObjects = inText('zod', () => 'zod/objects.ts')
const mongoose = inText('mongoose', (entity) => `mongoose/${entity}.ts`)
const mongooseObjects = inText('mongoose', () => 'mongoose/objects.ts')
const postgres = inText('postgres', () => 'postgres/schema.sql')

const jsonSchema = (what: string, entity: string, field: string, ...keywords: readonly string[]): Fault => ({
  target: 'json-schema',
  what,
  path: `json-schema/${entity}.json`,
  change: { drop: ['properties', field, ...keywords] },
  entity,
  field,
})

const jsonDefinition = (what: string, entity: string, field: string, ...keywords: readonly string[]): Fault => ({
  ...jsonSchema(what, entity, field),
  change: { drop: ['$defs', ...keywords] },
})

const mongo = (what: string, entity: string, field: string, ...keywords: readonly string[]): Fault => ({
  target: 'mongo',
  what,
  path: 'mongoose/validators.json',
  change: { drop: [`${entity}s`, 'validator', '$jsonSchema', 'properties', field, ...keywords] },
  entity,
  field,
})

const ofZod: readonly Fault[] = [
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
  zod('dimensions', 'structure', 'point', 'vectorOf(3)', 'vectorOf(2).or(vectorOf(3))'),
  zodObjects('limit inside an object', 'structure', 'part', 'ratio: double.max(1)', 'ratio: double'),
]

const ofJsonSchema: readonly Fault[] = [
  jsonSchema('longest', 'word', 'short', 'maxLength'),
  jsonSchema('shortest', 'word', 'slug', 'minLength'),
  jsonSchema('pattern', 'word', 'slug', 'pattern'),
  jsonSchema('length', 'word', 'code', 'minLength'),
  jsonSchema('form', 'word', 'link', '$ref'),
  jsonSchema('fewest items', 'word', 'tags', 'minItems'),
  jsonSchema('most items', 'word', 'tags', 'maxItems'),
  jsonSchema('items', 'word', 'links', 'items'),
  jsonDefinition('calendar', 'word', 'day', 'date', 'pattern'),
  jsonDefinition('no NUL', 'word', 'free', 'text', 'pattern'),
  jsonSchema('whole', 'amount', 'whole', 'type'),
  jsonSchema('least', 'amount', 'count', 'minimum'),
  jsonSchema('most', 'amount', 'share', 'maximum'),
  jsonSchema('range of 64 bits', 'amount', 'limited', 'pattern'),
  jsonSchema('digits', 'amount', 'price', 'pattern'),
  jsonSchema('type', 'amount', 'yes', 'type'),
  jsonSchema('enum', 'amount', 'rank', '$ref'),
  jsonSchema('keys of a map', 'structure', 'texts', 'propertyNames'),
  jsonSchema('most entries', 'structure', 'texts', 'maxProperties'),
  jsonSchema('bytes', 'structure', 'blob', 'pattern'),
  jsonSchema('dimensions', 'structure', 'point', 'maxItems'),
  jsonDefinition('unknown keys', 'structure', 'part', 'Part', 'additionalProperties'),
  jsonDefinition('required members', 'structure', 'part', 'Inner', 'required'),
]

const ofMongoose: readonly Fault[] = [
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
  mongooseObjects('limit inside an object', 'structure', 'part', 'ratio: float({ atMost: 1 })', 'ratio: float()'),
]

const ofMongo: readonly Fault[] = [
  mongo('longest', 'word', 'short', 'maxLength'),
  mongo('shortest', 'word', 'slug', 'minLength'),
  mongo('pattern', 'word', 'slug', 'allOf'),
  mongo('no NUL', 'word', 'free', 'pattern'),
  mongo('enum', 'word', 'mood', 'enum'),
  mongo('items', 'word', 'links', 'items'),
  mongo('fewest items', 'word', 'tags', 'minItems'),
  mongo('least', 'amount', 'count', 'minimum'),
  mongo('most', 'amount', 'share', 'maximum'),
  mongo('whole', 'amount', 'whole', 'multipleOf'),
  mongo('most of 64 bits', 'amount', 'limited', 'maximum'),
  mongo('digits', 'amount', 'price', 'pattern'),
  mongo('type', 'amount', 'at', 'bsonType'),
  mongo('keys of a map', 'structure', 'texts', 'additionalProperties'),
  mongo('most entries', 'structure', 'texts', 'maxProperties'),
  mongo('unknown keys', 'structure', 'part', 'additionalProperties'),
  mongo('required members', 'structure', 'part', 'required'),
  mongo('dimensions', 'structure', 'point', 'maxItems'),
]

const ofPostgres: readonly Fault[] = [
  postgres('width of text', 'word', 'short', 'short varchar(5)', 'short text'),
  postgres('longest', 'word', 'kept', 'char_length(kept) <= 5', 'true'),
  postgres('shortest', 'word', 'slug', 'char_length(slug) >= 2', 'true'),
  postgres('pattern', 'word', 'paint', "paint ~ '^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$'", 'true'),
  postgres('enum', 'word', 'mark', "mark IN ('a', 'b')", 'true'),
  postgres('calendar', 'word', 'day', "day < '10000-01-01'", 'true'),
  postgres('no 24:00', 'word', 'hour', "hour < '24:00'", 'true'),
  postgres('snowflake', 'word', 'flake', 'flake > 0', 'true'),
  postgres('not null', 'word', 'free', 'free text NOT NULL', 'free text'),
  postgres('most items', 'word', 'tags', 'cardinality(tags) BETWEEN 1 AND 3', 'true'),
  postgres('no null items', 'word', 'moods', 'array_position(moods, NULL) IS NULL', 'true'),
  postgres('items', 'word', 'links', 'public.is_url_list(links)', 'true'),
  postgres('least', 'amount', 'count', 'count BETWEEN 1 AND 500', 'count <= 500'),
  postgres('safe numbers', 'amount', 'huge', 'huge BETWEEN -9007199254740991 AND 9007199254740991', 'true'),
  postgres('most of 64 bits', 'amount', 'limited', 'limited BETWEEN -5 AND 9007199254740993', 'limited >= -5'),
  postgres('finite', 'amount', 'ratio', "ratio < 'Infinity'", 'true'),
  postgres('no NaN', 'amount', 'price', "price <> 'NaN'", 'true'),
  postgres('least decimal', 'amount', 'fee', 'fee BETWEEN 0.5 AND 99.95', 'fee <= 99.95'),
  postgres('check', 'amount', 'yes', 'price <= fee OR yes', 'true'),
  postgres('instants', 'amount', 'at', "at < '10000-01-01Z'", 'true'),
  postgres('most bytes', 'structure', 'blob', 'octet_length(blob) BETWEEN 1 AND 4', 'octet_length(blob) >= 1'),
  postgres('structure', 'structure', 'part', 'CHECK (public.is_part(part))', 'CHECK (true)'),
  postgres('map', 'structure', 'texts', 'public.is_structures_texts(texts)', 'true'),
  postgres('union', 'structure', 'either', 'public.is_structures_either(either)', 'true'),
  postgres('lists inside of lists', 'structure', 'grid', 'public.is_structures_grid(grid)', 'true'),
]

export const faults: readonly Fault[] = [...ofZod, ...ofJsonSchema, ...ofMongoose, ...ofMongo, ...ofPostgres]

const droppedAt = (value: unknown, [step, ...rest]: readonly string[]): unknown => {
  if (typeof value !== 'object' || value === null || step === undefined || !(step in value))
    throw new Error(`nothing at ${step}`)
  const members = Object.entries(value)
  if (rest.length === 0) return Object.fromEntries(members.filter(([key]) => key !== step))
  return Object.fromEntries(members.map(([key, inner]) => [key, key === step ? droppedAt(inner, rest) : inner]))
}

const changed = (text: string, { change, path }: Fault): string => {
  if ('drop' in change) return JSON.stringify(droppedAt(JSON.parse(text), change.drop))
  if (!text.includes(change.from)) throw new Error(`${path} does not hold ${change.from}`)
  return text.replace(change.from, () => change.to)
}

/** The set with faults planted in its files. */
export const withFaults = (emitted: Evidence, planted: readonly Fault[]): Evidence => ({
  ...emitted,
  files: emitted.files.map(({ path, text }) => ({
    path,
    text: planted.filter((fault) => fault.path === path).reduce(changed, text),
  })),
})
