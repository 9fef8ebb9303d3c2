import { propertyName } from '../../kernel/safe/typescript.js'
import { type Expression, fieldsRead } from '../../model/expression.js'
import type { Field } from '../../model/field.js'
import { enumOf, fieldOf, objectOf } from '../../model/lookup.js'
import type { SchemaSet } from '../../model/schema-set.js'
import type { Type } from '../../model/type.js'
import type { ScopeOptions } from './scope.js'
import { fieldTypeText } from './value.js'

type Owner = { readonly fields: readonly Field[] }

const scalarText = (set: SchemaSet, type: Type, stored: boolean): string => {
  if (type.kind !== 'enum') return fieldTypeText(type, stored)
  return typeof enumOf(set, type.enum).values[0]?.value === 'number' ? 'number' : 'string'
}

const groupByRoot = (paths: readonly (readonly string[])[]): ReadonlyMap<string, readonly (readonly string[])[]> => {
  const groups = new Map<string, readonly (readonly string[])[]>()
  for (const [root, ...below] of paths) {
    if (root !== undefined) groups.set(root, [...(groups.get(root) ?? []), below])
  }
  return groups
}

const valueText = (set: SchemaSet, field: Field, below: readonly (readonly string[])[], stored: boolean): string => {
  const inner = below.filter((path) => path.length > 0)
  if (field.type.kind !== 'object' || inner.length === 0) return scalarText(set, field.type, stored)
  return membersText(set, objectOf(set, field.type.object), inner, { partial: false, stored })
}

const membersText = (
  set: SchemaSet,
  owner: Owner,
  paths: readonly (readonly string[])[],
  options: Pick<ScopeOptions, 'partial' | 'property' | 'stored'>,
): string => {
  const members = [...groupByRoot(paths)].map(([name, below]) => {
    const field = fieldOf(owner, name)
    const optional = options.partial || field.optional
    const key = propertyName(options.property?.(field) ?? field.property)
    const text = `${valueText(set, field, below, options.stored ?? false)}${field.nullable ? ' | null' : ''}${optional ? ' | undefined' : ''}`
    return `${key}${optional ? '?' : ''}: ${text}`
  })
  return `{ ${members.join('; ')} }`
}

/** The type of a value that has what an expression reads, and may have more: `{ expires_at?: Date | null | undefined }`. */
export const parameterType = (
  set: SchemaSet,
  owner: Owner,
  expression: Expression,
  options: Pick<ScopeOptions, 'partial' | 'property' | 'stored'>,
): string => membersText(set, owner, fieldsRead(expression), options)
