import { unreachable } from '../../kernel/bug.js'
import { report } from '../../kernel/diagnostic.js'
import { nearest } from '../../kernel/nearest.js'
import type { EnumType, Field, JsonValue, MapType, ObjectType, Type, UnionType } from '../../model/index.js'
import { isNull, isNumber, isTruth, type Mapping, type Node, type Scalar } from '../load/node.js'
import { jsonOf } from '../shape/json.js'
import { describe } from '../shape/messages.js'
import { truthOf } from './read.js'
import { readDate, readDecimalOf, readEpoch, readFloat, readTime, readTimestamp, readWhole } from './scalars.js'
import type { Scope } from './scope.js'

/** A value of the YAML read as a type, in its JSON form; undefined when it cannot be, which was reported. */
export type Literal = JsonValue | undefined

const refuse = (scope: Scope, node: Node, expected: string): undefined => {
  scope.found(report('bad-literal', node.at, { expected, found: describe(node) }))
  return undefined
}

const plainText = (node: Scalar): string | null => (node.style === 'plain' ? node.text : null)

/** The text of a number in its JSON form, or null. Ids and bigints may be quoted, since they are strings in JSON. */
const digits = (node: Scalar): string | null => (node.style === 'block' ? null : readWhole(node.text))

const numberFrom = <T extends string | number>(node: Scalar, read: (text: string) => T | null): number | null => {
  const text = plainText(node)
  const value = text === null ? null : read(text)
  return value === null || !Number.isFinite(Number(value)) ? null : Number(value)
}

const scalarLiteral = (scope: Scope, type: Type, node: Scalar): Literal => {
  switch (type.kind) {
    case 'snowflake':
    case 'identity':
    case 'uuid':
    case 'objectid':
    case 'text':
    case 'format':
    case 'bytes':
      return node.text
    case 'integer':
    case 'duration':
      return numberFrom(node, readWhole) ?? refuse(scope, node, 'a whole number')
    case 'bigint':
      return digits(node) ?? refuse(scope, node, 'a whole number')
    case 'float':
      return numberFrom(node, readFloat) ?? refuse(scope, node, 'a number')
    case 'decimal':
      return readDecimalOf(node.text, type.scale) ?? refuse(scope, node, 'a decimal number')
    case 'boolean':
      return truthOf(node) ?? refuse(scope, node, '`true` or `false`')
    case 'timestamp':
      return (
        readTimestamp(node.text) ??
        readMilliseconds(type.form, node) ??
        refuse(scope, node, 'a time such as `2024-01-31T18:00:00Z`')
      )
    case 'date':
      return readDate(node.text) ?? refuse(scope, node, 'a date such as `2024-01-31`')
    case 'time':
      return readTime(node.text) ?? refuse(scope, node, 'a time of day such as `18:00:00`')
    case 'json':
      return jsonLiteral(scope, node)
    case 'enum':
      return enumLiteral(scope, type, node)
    case 'object':
    case 'map':
      return refuse(scope, node, 'a mapping')
    case 'list':
    case 'vector':
      return refuse(scope, node, 'a list')
    case 'union':
      return unionLiteral(scope, type, node)
    default:
      return unreachable(type)
  }
}

/** Free JSON. A whole number that a JSON number would round is refused: it is an id, and needs quotes. */
const jsonLiteral = (scope: Scope, node: Node): Literal => {
  switch (node.kind) {
    case 'scalar':
      return isNumber(node) && isRounded(node.text)
        ? refuse(scope, node, 'a number that JSON keeps exactly, or a quoted text')
        : jsonOf(node)
    case 'sequence':
      return allOf(node.items.map((item) => jsonLiteral(scope, item)))
    case 'mapping':
      return recordOf(
        node.entries.map(({ key, value }) => {
          const literal = jsonLiteral(scope, value)
          return literal === undefined ? undefined : ([key.text, literal] as const)
        }),
      )
  }
}

const isRounded = (text: string): boolean => readWhole(text) !== null && !Number.isSafeInteger(Number(text))

const readMilliseconds = (form: 'instant' | 'milliseconds', node: Scalar): string | null =>
  form === 'milliseconds' && node.style === 'plain' ? readEpoch(node.text) : null

const enumLiteral = (scope: Scope, type: EnumType, node: Scalar): Literal => {
  const values = scope.enumNamed(type.enum)?.values.map(({ value }) => value)
  if (values === undefined) return undefined
  const value = values.find((one) => (typeof one === 'number' ? String(one) === plainText(node) : one === node.text))
  if (value !== undefined) return value
  const words = values.map(String)
  const near = nearest(node.text, words)
  scope.found(
    report('unknown-enum-value', node.at, { value: node.text, enum: type.enum, values: words, nearest: near }),
  )
  return undefined
}

/** All items, or undefined when one of them could not be read. */
const allOf = <T>(items: readonly (T | undefined)[]): readonly T[] | undefined =>
  items.every((item) => item !== undefined) ? (items as readonly T[]) : undefined

const listLiteral = (scope: Scope, of: Type, items: readonly Node[]): Literal =>
  allOf(items.map((item) => readLiteral(scope, of, item)))

const recordOf = (pairs: readonly (readonly [string, JsonValue] | undefined)[]): Literal => {
  const all = allOf(pairs)
  return all === undefined ? undefined : Object.fromEntries(all)
}

const mapLiteral = (scope: Scope, type: MapType, node: Mapping): Literal =>
  recordOf(
    node.entries.map(({ key, value }) => {
      const literal = readLiteral(scope, type.of, value)
      return literal === undefined ? undefined : ([key.text, literal] as const)
    }),
  )

/** One field of an object or a row, null where its type allows it. */
export const readFieldLiteral = (scope: Scope, field: Field, node: Node): Literal =>
  isNull(node) && field.nullable && field.type.kind !== 'json' ? null : readLiteral(scope, field.type, node)

/** The values of the fields that a mapping gives; a field that does not exist is reported. */
export const readGiven = (
  scope: Scope,
  owner: string,
  fields: readonly Field[],
  node: Mapping,
): readonly (readonly [string, JsonValue, Node] | undefined)[] =>
  node.entries.map(({ key, value }) => {
    const field = fields.find(({ name }) => name === key.text)
    if (field === undefined) {
      const near = nearest(
        key.text,
        fields.map(({ name }) => name),
      )
      scope.found(report('unknown-field', key.at, { name: key.text, owner, nearest: near }))
      return undefined
    }
    if (scope.isBroken(owner, field.name)) return undefined
    const literal = readFieldLiteral(scope, field, value)
    return literal === undefined ? undefined : [field.name, literal, value]
  })

const objectLiteral = (scope: Scope, type: ObjectType, node: Mapping): Literal => {
  const fields = scope.objectFields(type.object)
  if (fields === null || fields === 'circle') return undefined
  return recordOf(readGiven(scope, type.object, fields, node).map((given) => given && [given[0], given[1]]))
}

/** The only object of a union that has all keys of a mapping: the one that was meant, whatever is wrong inside. */
const meantMember = (scope: Scope, { of }: UnionType, node: Node): Type | null => {
  if (node.kind !== 'mapping') return null
  const [only = null, ...others] = of.filter((member) => {
    const fields = member.kind === 'object' ? scope.objectFields(member.object) : null
    return Array.isArray(fields) && node.entries.every(({ key }) => fields.some(({ name }) => name === key.text))
  })
  return others.length === 0 ? only : null
}

const nameOf = (type: Type): string => {
  if (type.kind === 'object') return `\`${type.object}\``
  return type.kind === 'enum' ? `\`${type.enum}\`` : type.kind
}

const isNumeric = (scope: Scope, type: Type): boolean =>
  type.kind === 'enum'
    ? typeof scope.enumNamed(type.enum)?.values[0]?.value === 'number'
    : ['integer', 'float', 'duration'].includes(type.kind)

/** Whether a number in JSON is the one that was written: ids and large bigints have more digits than it holds. */
const isExact = (node: Scalar): boolean => {
  const whole = readWhole(node.text)
  return whole === null || Number.isSafeInteger(Number(whole))
}

/** Types that hold a number of any length: all but a float to the last digit. */
const longTypes: readonly Type['kind'][] = ['snowflake', 'identity', 'bigint', 'decimal', 'float']

/**
 * The members of a union that may be meant by a node, by what YAML says it is: an unquoted `true` is a boolean and an
 * unquoted number a number where a member is; quoted text is text. Digits that a number would round are an id's first.
 */
const candidates = (scope: Scope, { of }: UnionType, node: Node): readonly Type[] => {
  if (isTruth(node) && of.some(({ kind }) => kind === 'boolean')) return of.filter(({ kind }) => kind === 'boolean')
  if (node.kind !== 'scalar' || !isNumber(node)) return of
  const numeric = of.filter((member) => isNumeric(scope, member))
  if (numeric.length === 0) return of
  return isExact(node) ? numeric : longTypes.flatMap((long) => of.filter(({ kind }) => kind === long))
}

/** The first member that takes the value without a finding; when none does, what is wrong with the one that was meant. */
const unionLiteral = (scope: Scope, type: UnionType, node: Node): Literal => {
  for (const member of candidates(scope, type, node)) {
    let clean = true
    const quiet: Scope = { ...scope, found: () => (clean = false) }
    const literal = readLiteral(quiet, member, node)
    if (clean && literal !== undefined) return literal
  }
  const meant = meantMember(scope, type, node)
  return meant === null
    ? refuse(scope, node, `one of ${type.of.map(nameOf).join(', ')}`)
    : readLiteral(scope, meant, node)
}

export const readLiteral = (scope: Scope, type: Type, node: Node): Literal => {
  if (type.kind === 'union') return unionLiteral(scope, type, node)
  if (type.kind === 'json') return jsonLiteral(scope, node)
  if (isNull(node)) return refuse(scope, node, 'a value, or a `?` behind the type, by which it may be null')
  switch (node.kind) {
    case 'scalar':
      return scalarLiteral(scope, type, node)
    case 'sequence':
      if (type.kind === 'list') return listLiteral(scope, type.of, node.items)
      if (type.kind === 'vector')
        return listLiteral(scope, { kind: 'float', width: 'real', min: null, max: null }, node.items)
      return refuse(scope, node, `a ${type.kind}`)
    case 'mapping':
      if (type.kind === 'map') return mapLiteral(scope, type, node)
      return type.kind === 'object' ? objectLiteral(scope, type, node) : refuse(scope, node, `a ${type.kind}`)
  }
}
