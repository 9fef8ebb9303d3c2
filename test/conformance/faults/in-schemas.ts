import type { Entity } from '../../../generators/model/entity.js'
import type { Step } from './fault.js'

/** A constraint of a JSON Schema, or of a `$jsonSchema`: the way to it, and the corner that it is about. */
export interface Constraint {
  readonly steps: readonly Step[]
  readonly at: string
}

type Schema = Readonly<Record<string, unknown>>

/** A schema, the way to it, and the corner that its values stand at; null for the row itself. */
interface Place {
  readonly steps: readonly Step[]
  readonly at: string | null
}

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const limits = [
  ...['type', 'bsonType', 'enum', 'minLength', 'maxLength', 'pattern', 'minimum', 'maximum', 'multipleOf', 'not'],
  ...['minItems', 'maxItems', 'minProperties', 'maxProperties', 'allOf'],
]

const isFixed = (schema: Schema): boolean => 'minLength' in schema && schema['minLength'] === schema['maxLength']

/** `allOf` has the pattern of the field beside that of all text, which is no more then. */
const limitsOf = (schema: Schema): readonly string[] =>
  limits.filter((key) => key in schema && !(key === 'pattern' && 'allOf' in schema && !isFixed(schema)))

const below = (at: string | null, name: string): string => (at === null ? name : `${at}.${name}`)

const ofProperties = (schema: Schema, { steps, at }: Place): readonly Constraint[] => {
  const required: readonly unknown[] = Array.isArray(schema['required']) ? schema['required'] : []
  return [
    ...Object.entries(isSchema(schema['properties']) ? schema['properties'] : {}).flatMap(([name, inner]) =>
      constraintsIn(inner, { steps: [...steps, 'properties', name], at: below(at, name) }),
    ),
    ...required.map((name, index) => ({ steps: [...steps, 'required', index], at: below(at, String(name)) })),
    ...(schema['additionalProperties'] === false
      ? [
          {
            steps: [...steps, 'additionalProperties'],
            at: 'patternProperties' in schema ? `${at}{$a}` : below(at, 'unknown'),
          },
        ]
      : []),
  ]
}

/** Every constraint of a schema, and of those inside it; not of what it refers to. */
export const constraintsIn = (schema: unknown, place: Place): readonly Constraint[] => {
  if (!isSchema(schema)) return []
  const { steps, at } = place
  const inside = (keyword: Step, where: string | null, inner: unknown): readonly Constraint[] =>
    constraintsIn(inner, { steps: [...steps, keyword], at: where })
  const entries = isSchema(schema['additionalProperties']) ? schema['additionalProperties'] : null
  const choices: readonly unknown[] = Array.isArray(schema['anyOf']) ? schema['anyOf'] : []
  return [
    ...(at === null ? [] : limitsOf(schema).map((key) => ({ steps: [...steps, key], at }))),
    ...ofProperties(schema, place),
    ...inside('items', `${at}[0]`, schema['items']),
    ...(entries === null ? [] : inside('additionalProperties', `${at}{a}`, entries)),
    ...Object.entries(isSchema(schema['patternProperties']) ? schema['patternProperties'] : {}).flatMap(
      ([key, inner]) => constraintsIn(inner, { steps: [...steps, 'patternProperties', key], at: `${at}{a}` }),
    ),
    ...('propertyNames' in schema ? [{ steps: [...steps, 'propertyNames'], at: `${at}{$a}` }] : []),
    ...choices.flatMap((choice, index) => constraintsIn(choice, { steps: [...steps, 'anyOf', index], at })),
  ]
}

/** Corners that a check is about as well, which refuses most of what their own constraints do. */
const checked = [
  'amount.yes',
  'structure.part.yes',
  'structure.part.count',
  'structure.part.inner.level',
  'structure.part.inner.ceiling',
]

/** Values inside of what may be many: the same structure stands in a field by itself. */
const isRepeated = (at: string): boolean => /^(?:parts\[|lookup\{a|either\.)/.test(at)

/** Whether what is refused at a corner is refused by its own constraints, and asked about. */
export const isAskedAt = ({ name, fields }: Entity, at: string): boolean => {
  const field = fields.find((one) => one.name === at.split(/[.[{]/)[0])
  const isGiven = field === undefined ? at === 'unknown' : field.maintained !== 'store'
  // What is computed refuses most of what the fields refuse that it is computed from.
  const isFree = fields.every(({ generated }) => generated === null)
  return isGiven && isFree && !isRepeated(at) && !checked.includes(`${name}.${at}`)
}
