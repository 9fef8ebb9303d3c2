import fc from 'fast-check'
import { stringify } from 'yaml'
import { documentShapes, shapeNamed } from '../../generators/language/shape/language.js'
import type { Keys, Shape } from '../../generators/language/shape/syntax.js'
import { oddNames, oddTexts } from '../support/odd-texts.js'
import type { SetTexts } from './corpus.js'

/** Few names, so that what one place defines another meets. */
const names = ['id', 'guild', 'user', 'guild_id', 'name', 'kind', 'created_at', 'total', 'tags', 'server', 'data']

const name = fc.oneof(
  { weight: 50, arbitrary: fc.constantFrom(...names) },
  { weight: 1, arbitrary: fc.constantFrom(...oddNames) },
  { weight: 1, arbitrary: fc.constantFrom(...oddTexts) },
)

const scalarTypes = [
  ...['snowflake', 'snowflake(guild)', 'identity', 'uuid', 'objectid', 'text', 'string(8)', 'char(2)', 'smallint'],
  ...[
    'integer',
    'long',
    'bigint',
    'bitfield',
    'real',
    'float',
    'decimal(8, 2)',
    'boolean',
    'timestamp',
    'timestamp(ms)',
  ],
  ...['date', 'time', 'duration(seconds)', 'url', 'email', 'color', 'json', 'enum(a, b)', 'bytes', 'vector(3)'],
  ...['ref(guild)', 'ref(user)', 'ref(user.name)', 'guild', 'kind', 'server'],
]

const anyType: fc.Arbitrary<string> = fc
  .record({
    of: fc.constantFrom(...scalarTypes),
    around: fc.constantFrom('', '', '', 'list', 'map', 'union'),
    isNullable: fc.boolean(),
    fallback: fc.constantFrom('', '', '', ' = now', ' = 0', ' = a', ' = []', ' = {}', ' = next(guild_id)', ' = ""'),
  })
  .map(({ of, around, isNullable, fallback }) => {
    const inner = around === '' ? of : `${around}<${of}${around === 'union' ? ', text' : ''}>`
    return `${inner}${isNullable ? '?' : ''}${fallback}`
  })

/** Types that can stand at any field. */
const soundType = fc.constantFrom(
  ...['text', 'text?', 'string(8) = abc', 'integer', 'integer = 0', 'long?', 'decimal(8, 2) = 1.50', 'boolean = true'],
  ...['timestamp = now', 'timestamp(ms)?', 'date?', 'snowflake?', 'snowflake(guild)', 'url?', 'color = "#5865f2"'],
  ...['list<text> = []', 'list<integer>?', 'map<boolean> = {}', 'json?', 'enum(a, b) = a', 'kind', 'server', 'server?'],
  ...['list<server>?', 'ref(guild)', 'ref(user)?', 'union<text, integer>?', 'bytes?', 'uuid?', 'duration(hours) = 24'],
)

const type = fc.oneof({ weight: 5, arbitrary: soundType }, { weight: 1, arbitrary: anyType })

const operand: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...names),
  fc.constantFrom('1', '-1', '0.5', "'a'", "''", "'it''s'", 'true', 'null', 'now()', 'length(name)', 'lower(name)'),
  fc.constantFrom('coalesce(name, kind)', 'server.name', '"name"', 'total + 1', '(total)', '- total'),
)

const comparison = fc
  .tuple(operand, fc.constantFrom('=', '<>', '<', '>=', 'in', 'is null', 'is not null', 'between'), operand, operand)
  .map(([left, sign, right, other]) => {
    if (sign === 'in') return `${left} in (${right}, ${other})`
    if (sign === 'between') return `${left} between ${right} and ${other}`
    return sign.startsWith('is') ? `${left} ${sign}` : `${left} ${sign} ${right}`
  })

const condition: fc.Arbitrary<string> = fc
  .array(fc.tuple(fc.constantFrom('and', 'or', 'and not'), comparison), { minLength: 1, maxLength: 3 })
  .map((parts) => parts.map(([word, text], index) => (index === 0 ? text : `${word} (${text})`)).join(' '))

const age = fc.constantFrom('90 days', '1 hour', '0 days', '5 minutes of created_at', '2 weeks', 'a day')

const plainText = fc.oneof(fc.constantFrom('A text.', 'guilds', 'x'), fc.constantFrom(...oddTexts), fc.string())

/** What a text may be, by how the syntax speaks of it: mostly what is meant there, else anything. */
const textFor = (title: string): fc.Arbitrary<unknown> => {
  const meant = /^the name of/.test(title)
    ? name
    : /type/.test(title)
      ? type
      : /condition|expression/.test(title)
        ? condition
        : /name|field|entity|index|group/.test(title)
          ? name
          : /number/.test(title)
            ? fc.oneof(fc.integer(), fc.double(), fc.bigInt())
            : /age|after|interval/.test(title)
              ? age
              : plainText
  return fc.oneof({ weight: 6, arbitrary: meant }, { weight: 1, arbitrary: plainText })
}

const value = fc.oneof(fc.jsonValue({ maxDepth: 2 }), name, fc.integer(), fc.constantFrom('now', '[]', '{}'))

/** At most how many keys of a mapping that may be left out are said. */
const fewKeys = 3

const keysOf = (shape: Keys, depth: number): fc.Arbitrary<unknown> => {
  const entries = Object.entries(shape.keys)
  const demanded = entries.filter(([key, { required }]) => required || shape.oneOf[0] === key)
  const free = entries.filter((entry) => !demanded.includes(entry))
  return fc.subarray(free, { maxLength: Math.min(fewKeys, free.length) }).chain((some) => {
    const said = [...demanded, ...(depth > 4 ? [] : some)]
    return fc
      .tuple(...said.map(([, key]) => arbitraryOf(key.shape, depth + 1)))
      .map((inner) => Object.fromEntries(said.map(([key], index) => [key, inner[index]])))
  })
}

/** A value of a shape of the syntax. Deep inside, what may be left out is. */
export const arbitraryOf = (shape: Shape, depth = 0): fc.Arbitrary<unknown> => {
  switch (shape.kind) {
    case 'text':
      return textFor(shape.title)
    case 'truth':
      return fc.boolean()
    case 'whole':
      return fc.oneof(fc.integer({ min: 0, max: 12 }), fc.maxSafeInteger())
    case 'choice':
      return fc.constantFrom(...shape.values)
    case 'anything':
      return value
    case 'list':
      return fc.array(arbitraryOf(shape.of, depth + 1), { minLength: shape.atLeast, maxLength: depth > 4 ? 1 : 3 })
    case 'names':
      return fc
        .array(fc.tuple(name, arbitraryOf(shape.of, depth + 1)), { minLength: 1, maxLength: depth > 4 ? 1 : 5 })
        .map((entries) => Object.fromEntries(entries))
    case 'keys':
      return keysOf(shape, depth)
    case 'either':
      return fc.oneof(...(depth > 4 ? shape.of.slice(0, 1) : shape.of).map((one) => arbitraryOf(one, depth)))
    case 'named': {
      const whole = arbitraryOf(shapeNamed(shape.name), depth)
      return shape.name === 'field' ? fc.oneof({ weight: 3, arbitrary: type }, { weight: 1, arbitrary: whole }) : whole
    }
  }
}

/** What random definitions refer to. */
const known = `entity: guild
fields: { id: snowflake, name: text }
---
entity: user
fields: { id: snowflake, name: { type: text, unique: true } }
---
enum: kind
values: [a, b]
---
object: server
fields: { name: text?, total: integer = 0 }
`

const definition = fc
  .constantFrom('entity', 'entity', 'entity', 'entity', 'object', 'enum', 'type', 'extend')
  .chain((kind) => arbitraryOf(documentShapes[kind as keyof typeof documentShapes]))

const withKey = (fields: object): object =>
  Object.keys(fields).includes('id') ? fields : { id: 'identity', ...fields }

/** The definition under a name of its own, an entity with a key. */
const sound = (shaped: unknown, index: number): object => {
  const [[kind = '', given] = []] = [Object.entries(shaped as object)[0]]
  const isFree = kind !== 'extend' && names.includes(String(given))
  const { fields, ...others } = shaped as { readonly fields?: object }
  const definition = { ...others, [kind]: isFree ? `thing_${index}` : given }
  return kind === 'entity' && fields !== undefined
    ? { ...definition, fields: withKey(fields) }
    : { ...definition, fields }
}

/** A set of a few definitions, each of which the shape of the language allows, whatever it means. */
export const randomSet: fc.Arbitrary<SetTexts> = fc
  .record({
    head: fc.oneof(
      { weight: 1, arbitrary: arbitraryOf(documentShapes.set) },
      { weight: 3, arbitrary: fc.constant({}) },
    ),
    definitions: fc.array(definition, { minLength: 1, maxLength: 3 }),
  })
  .map(({ head, definitions }) => ({
    'botschema.yaml': stringify({ ...(head as object), name: 'random' }),
    'known.yaml': known,
    'random.yaml': definitions.map((one, index) => stringify(sound(one, index))).join('---\n'),
  }))
