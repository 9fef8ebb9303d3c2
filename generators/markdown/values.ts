import { unreachable } from '../kernel/bug.js'
import { code, joined, type Markdown, md } from '../kernel/safe/markdown.js'
import type { Default, Field } from '../model/field.js'
import type { JsonValue } from '../model/origin.js'
import { expressionText } from './expression.js'

/** A value as its JSON form, but for text, which stands without quotes where it is not empty. */
export const valueText = (value: JsonValue): Markdown => {
  if (typeof value === 'string') return value.trim() === '' ? code(JSON.stringify(value)) : code(value)
  if (Array.isArray(value) && value.length === 0) return md`empty`
  return code(JSON.stringify(value))
}

/** A value that is given when the time comes: `now`, or a literal. */
export const assignedText = (value: JsonValue | { readonly now: true }): Markdown =>
  isNow(value) ? md`now` : valueText(value)

const isNow = (value: JsonValue | { readonly now: true }): value is { readonly now: true } =>
  typeof value === 'object' &&
  value !== null &&
  'now' in value &&
  value['now'] === true &&
  Object.keys(value).length === 1

const defaultValueText = (value: Default): Markdown => {
  switch (value.kind) {
    case 'literal':
      return valueText(value.value)
    case 'now':
      return md`now`
    case 'next':
      return value.per.length === 0
        ? md`the next number`
        : md`the next number of its ${joined(value.per.map(code), ' and ')}`
    case 'object':
      return md`built from its fields' defaults`
    default:
      return unreachable(value)
  }
}

/** What a field is when an insert leaves it out; empty where it must be given, or is null. */
export const defaultText = (field: Field): Markdown => {
  if (field.generated !== null) return md`always ${code(expressionText(field.generated))}`
  if (field.maintained === 'store') return md`made by the store`
  if (field.maintained === 'updated') return md`now, at each change`
  if (field.default !== null) return defaultValueText(field.default)
  return field.postgres.default === null ? md`` : md`in Postgres: ${code(field.postgres.default)}`
}
