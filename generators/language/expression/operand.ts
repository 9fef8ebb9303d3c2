import { unreachable } from '../../kernel/bug.js'
import type { Literal } from '../../model/expression.js'
import { findEnum } from '../../model/lookup.js'
import type { EnumDefinition, SchemaSet } from '../../model/schema-set.js'
import type { Type } from '../../model/type.js'

export type IdKind = 'snowflake' | 'identity' | 'uuid' | 'objectid'

/**
 * What an expression is to the checker. Literals stay what they are written as until the other side says what they
 * mean; `any` has been reported already and fits everywhere; `opaque` answers `is null` and nothing else.
 */
export type Operand =
  | { readonly kind: 'boolean' | 'text' | 'timestamp' | 'date' | 'time' | 'null' | 'any' }
  | { readonly kind: 'number'; readonly whole: boolean }
  | { readonly kind: 'id'; readonly of: IdKind }
  | { readonly kind: 'enum'; readonly enum: EnumDefinition }
  | { readonly kind: 'opaque'; readonly type: Type['kind'] }
  | { readonly kind: 'literal'; readonly value: Literal & { readonly kind: 'string' | 'number' } }

const enumOperand = (set: SchemaSet, name: string): Operand => {
  const definition = findEnum(set, name)
  return definition === undefined ? { kind: 'any' } : { kind: 'enum', enum: definition }
}

/** What a field of a type is to the checker. */
export const operandOfType = (set: SchemaSet, type: Type): Operand => {
  switch (type.kind) {
    case 'snowflake':
    case 'identity':
    case 'uuid':
    case 'objectid':
      return { kind: 'id', of: type.kind }
    case 'text':
    case 'format':
      return { kind: 'text' }
    case 'integer':
    case 'bigint':
    case 'duration':
      return { kind: 'number', whole: true }
    case 'float':
    case 'decimal':
      return { kind: 'number', whole: false }
    case 'boolean':
    case 'timestamp':
    case 'date':
    case 'time':
      return { kind: type.kind }
    case 'enum':
      return enumOperand(set, type.enum)
    case 'json':
    case 'object':
    case 'list':
    case 'map':
    case 'bytes':
    case 'vector':
    case 'union':
      return { kind: 'opaque', type: type.kind }
    default:
      return unreachable(type)
  }
}

export const operandOfLiteral = (value: Literal): Operand => {
  switch (value.kind) {
    case 'boolean':
    case 'null':
      return { kind: value.kind }
    case 'string':
    case 'number':
      return { kind: 'literal', value }
    default:
      return unreachable(value)
  }
}

const opaqueWords: Readonly<Record<string, string>> = {
  json: 'JSON',
  object: 'an object',
  list: 'a list',
  map: 'a map',
  bytes: 'bytes',
  vector: 'a vector',
  union: 'a union',
}

/** An operand as a message names it. */
export const describeOperand = (operand: Operand): string => {
  switch (operand.kind) {
    case 'boolean':
      return 'a boolean'
    case 'text':
      return 'text'
    case 'timestamp':
    case 'date':
    case 'time':
      return `a ${operand.kind}`
    case 'null':
    case 'any':
      return 'null'
    case 'number':
      return operand.whole ? 'a whole number' : 'a number'
    case 'id':
      return `${/^[aeiou]/.test(operand.of) && operand.of !== 'uuid' ? 'an' : 'a'} ${operand.of}`
    case 'enum':
      return `the enum \`${operand.enum.name}\``
    case 'opaque':
      return opaqueWords[operand.type] ?? operand.type
    case 'literal':
      return operand.value.kind === 'string'
        ? `the text ${shownLiteral(operand.value)}`
        : `the number ${operand.value.text}`
    default:
      return unreachable(operand)
  }
}

/** A literal as it is written in a predicate. */
export const shownLiteral = (value: Literal): string => {
  switch (value.kind) {
    case 'string':
      return `'${value.text.replaceAll("'", "''")}'`
    case 'number':
      return value.text
    case 'boolean':
      return String(value.truth)
    case 'null':
      return 'null'
    default:
      return unreachable(value)
  }
}
