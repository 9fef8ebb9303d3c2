import type { Field } from '../model/field.js'
import type { SchemaSet } from '../model/schema-set.js'
import { type Code, code } from './code.js'
import { givenType } from './runtime.js'
import { hasIds } from './shapes.js'

/** The type of what a function takes for these fields: where there are ids among them, strings will do. */
export const givenCode = (set: SchemaSet, fields: readonly Field[], type: Code): Code =>
  fields.some((field) => hasIds(set, field.type)) ? code`${givenType}<${type}>` : type
