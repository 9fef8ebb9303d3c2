import { unreachable } from '../kernel/bug.js'
import { fieldsRead } from './expression.js'
import type { Field } from './field.js'
import { findField } from './lookup.js'
import type { Type } from './type.js'

/** Whether a type takes less than everything that an expression of its kind may come to. */
const isLimited = (type: Type): boolean => {
  switch (type.kind) {
    case 'integer':
    case 'bigint':
    case 'float':
    case 'decimal':
    case 'duration':
    case 'format':
      return true
    case 'text':
      return type.form === 'char' || [type.minLength, type.maxLength, type.pattern].some((limit) => limit !== null)
    case 'snowflake':
    case 'identity':
    case 'uuid':
    case 'objectid':
    case 'boolean':
    case 'timestamp':
    case 'date':
    case 'time':
    case 'json':
    case 'object':
    case 'list':
    case 'map':
    case 'enum':
    case 'bytes':
    case 'vector':
    case 'union':
      return false
    default:
      return unreachable(type)
  }
}

interface Owner {
  readonly fields: readonly Field[]
}

const mayBeNull = (owner: Owner, [name = '', ...below]: readonly string[]): boolean =>
  below.length > 0 || findField(owner, name)?.nullable === true

/** Whether rows may come to a value that a computed field does not take: beyond its limits, or null. */
export const mayLeaveItsType = (owner: Owner, { type, nullable, generated }: Field): boolean =>
  generated !== null && (isLimited(type) || (!nullable && fieldsRead(generated).some((path) => mayBeNull(owner, path))))
