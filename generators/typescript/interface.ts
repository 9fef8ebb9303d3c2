import { known } from '../kernel/bug.js'
import { type Doc, docComment, propertyName } from '../kernel/safe/typescript.js'
import type { Field } from '../model/field.js'
import type { SchemaSet } from '../model/schema-set.js'
import { type Code, trusted } from '../script/code.js'
import { type ObjectForm, typeImports } from '../script/schema/runtime-form.js'
import type { ShapeField } from '../script/shapes.js'
import type { MemberTypes } from './members.js'

/** An interface to print: its fields, and what is said of each. */
export interface Interface {
  readonly name: string
  readonly doc: Doc
  readonly fields: readonly ShapeField[]
  readonly form: ObjectForm
  readonly fieldDoc: (field: Field) => Doc
}

const member = (types: MemberTypes, { field, optional }: ShapeField, doc: Doc): string => {
  const type = known(types.get(field.property), `the member ${field.property}`)
  // With or without exactOptionalPropertyTypes, an optional member is what Zod infers: it may be undefined.
  const value = optional ? `?: ${type} | undefined` : `: ${type}`
  return `${docComment(doc, '  ')}  ${propertyName(field.property)}${value}\n`
}

/** The declaration of an interface, its members in the fields' order. One without fields takes only `{}`. */
export const interfaceCode = (set: SchemaSet, shape: Interface, types: MemberTypes): Code => {
  const doc = docComment(shape.doc)
  if (shape.fields.length === 0) return trusted(`${doc}export type ${shape.name} = Record<string, never>`)
  const members = shape.fields.map((field) => member(types, field, shape.fieldDoc(field.field)))
  return trusted(
    `${doc}export interface ${shape.name} {\n${members.join('')}}`,
    shape.fields.flatMap(({ field }) => typeImports(set, field.type, shape.form)),
  )
}
