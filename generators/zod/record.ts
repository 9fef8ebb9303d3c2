import { isBindingName, propertyAccess } from '../kernel/safe/typescript.js'
import type { Field } from '../model/field.js'
import type { SchemaSet } from '../model/schema-set.js'
import { type Code, code, joined, literal, property, trusted } from '../script/code.js'
import { argumentsCode, objectCode } from '../script/layout.js'
import { type ShapeField, typeHasNewForm } from '../script/shapes.js'
import { chainCode } from './chain.js'
import { constantCode, leftOutCode } from './defaults.js'
import type { Form } from './form.js'
import { scalar } from './shared-names.js'
import { typeCode } from './type-code.js'

/** An entry of an object literal. */
export interface Member {
  readonly key: string
  readonly value: Code
}

/** The schema of a field as a row has it. */
export const fieldCode = (set: SchemaSet, { field, optional }: ShapeField, form: Form): Code =>
  code`${typeCode(set, field.type, form)}${trusted(`${field.nullable ? '.nullable()' : ''}${optional ? '.optional()' : ''}`)}`

/** Code inside other code: its further lines stand two spaces further in. (No literal of ours spans lines.) */
export const nested = ({ text, imports }: Code): Code => trusted(text.replaceAll('\n', '\n  '), imports)

const block = (members: readonly Code[]): Code =>
  code`{
  ${joined(members.map(nested), ',\n  ')},
}`

/** Arguments of a call: on its line where they fit, otherwise a line each. */
export const callCode = (callee: Code, given: readonly Code[], hugging = false): Code => {
  if (given.every(({ text }) => !text.includes('\n'))) return code`${callee}${argumentsCode(given, { hugging })}`
  if (given.length === 1) return code`${callee}(${given})`
  return code`${callee}(
  ${joined(given.map(nested), ',\n  ')},
)`
}

const entry = ({ key, value }: Member): Code => code`${property(key)}: ${chainCode(value)}`

/** `const shape = { … }`: the fields of a row, the one place of a file where they stand. */
export const shapeDeclaration = (set: SchemaSet, name: string, fields: readonly ShapeField[]): Code =>
  code`const ${trusted(name)} = ${objectOfMembers(
    fields.map((one) => ({ key: one.field.property, value: rowFieldCode(set, one) })),
  )}`

/** The shape, but for some of its fields, with some members instead of its own. */
export const shapeWith = (name: string, omitted: readonly string[], members: readonly Member[]): Code => {
  const base = shapeWithout(name, omitted)
  return members.length === 0 ? base : block([code`...${base}`, ...members.map(entry)])
}

export const objectOfMembers = (members: readonly Member[]): Code =>
  members.length === 0 ? trusted('{}') : block(members.map(entry))

const ofShape = (name: string, field: Field): Code => trusted(name + propertyAccess(field.property))

/**
 * What an insert has instead of the shape's members: what may be left out, objects in their New form, and the encrypted
 * fields, whose schemas stand in a constant of their own.
 */
export const newMembers = (
  set: SchemaSet,
  shape: string,
  fields: readonly ShapeField[],
  encrypted = shape,
): readonly Member[] =>
  fields.flatMap(({ field, optional }) => {
    const inNewForm = typeHasNewForm(set, field.type)
    const isEncrypted = field.encrypted !== null
    if (!optional && !inNewForm && !isEncrypted) return []
    const shown = ofShape(isEncrypted ? encrypted : shape, field)
    const base = inNewForm ? fieldCode(set, { field, optional: false }, 'new') : shown
    return [{ key: field.property, value: optional ? code`${base}${leftOutCode(set, field)}` : base }]
  })

const rowPrints = new WeakMap<SchemaSet, WeakMap<Field, Code>>()

/** The schema of a field of a row, which all forms are compared with: printed once. */
const rowFieldCode = (set: SchemaSet, one: ShapeField): Code => {
  const prints = rowPrints.get(set) ?? new WeakMap<Field, Code>()
  rowPrints.set(set, prints)
  const printed = prints.get(one.field) ?? fieldCode(set, one, 'row')
  prints.set(one.field, printed)
  return printed
}

const codedField = (set: SchemaSet, shape: string, one: ShapeField, form: Form): Code => {
  const base = fieldCode(set, one, form)
  return base.text === rowFieldCode(set, one).text ? ofShape(shape, one.field) : base
}

/** A member of a codec's other side; `changed`: its value is another than that of the constant it is laid over. */
export interface CodedMember extends Member {
  readonly field: ShapeField
  readonly changed: boolean
}

/** The members of a shape in a form, by the field's property. */
export const codedMembers = (
  set: SchemaSet,
  shape: string,
  fields: readonly ShapeField[],
  form: Form,
): readonly CodedMember[] =>
  fields.map((field) => {
    const value = codedField(set, shape, field, form)
    return { field, key: field.field.property, value, changed: value.text !== ofShape(shape, field.field).text }
  })

/** The members of a constant that has all of these fields already. */
export const membersOf = (constant: string, fields: readonly ShapeField[]): readonly CodedMember[] =>
  fields.map((field) => ({
    field,
    key: field.field.property,
    value: ofShape(constant, field.field),
    changed: false,
  }))

const withMissing = (member: CodedMember, value: Code | null): CodedMember =>
  value === null || member.field.optional ? member : { ...member, value: code`${member.value}${value}`, changed: true }

/** A member as it is read of jsonb: what an older object lacks is its constant default. Readers make null of the rest. */
export const missingAsConstant = (set: SchemaSet, member: CodedMember): CodedMember =>
  withMissing(member, constantCode(set, member.field.field))

/** A member as it is read of a whole document, in which what is missing is its constant default, or null. */
export const missingAsDefault = (set: SchemaSet, member: CodedMember): CodedMember => {
  const { field } = member.field
  return withMissing(member, constantCode(set, field) ?? (field.nullable ? trusted('.default(null)') : null))
}

/** The properties of the fields that only the first list has. */
export const missingFrom = (all: readonly ShapeField[], some: readonly ShapeField[]): readonly string[] => {
  const names = new Set(some.map(({ field }) => field.name))
  return all.filter(({ field }) => !names.has(field.name)).map(({ field }) => field.property)
}

/** The shape without some of its fields. */
export const shapeWithout = (name: string, properties: readonly string[]): Code =>
  properties.length === 0
    ? trusted(name)
    : callCode(code`${scalar('without')}`, [trusted(name), ...properties.map((property) => literal(property))])

/** A schema of fields and of the rules about them: `plain(shape, [aRule])`. */
export const objectSchema = (of: 'plain' | 'change', fields: Code, rules: Code | null): Code =>
  callCode(code`${scalar(of)}`, rules === null ? [fields] : [fields, rules], rules !== null)

/** Another name of a field on the other side of a codec; `key` null: the other side has it, a row does not. */
export interface Rename {
  readonly stored: string
  readonly property: string | null
  /** What is written there when a row has nothing for it; null: nothing. */
  readonly written: string | null
  /** An object may lack it, and what it lacks is there on neither side. */
  readonly optional?: boolean
}

const localOf = (rename: Rename, index: number): string =>
  rename.property !== null && isBindingName(rename.property) ? rename.property : `value${index + 1}`

const bindingOf = (key: string, local: string): Code =>
  key === local ? trusted(local) : code`${property(key)}: ${trusted(local)}`

/** A property that is given on, or left out where there is nothing to give. */
const passed = ({ optional }: Rename, key: string, local: string): Code =>
  optional === true
    ? code`...(${trusted(local)} === undefined ? {} : { ${bindingOf(key, local)} })`
    : bindingOf(key, local)

const mapping = (read: readonly Code[], written: readonly Code[]): Code => {
  const from = read.length === 0 ? trusted('rest') : code`{ ${joined(read, ', ')}, ...rest }`
  const to = written.length === 0 ? trusted('rest') : code`({ ${joined(written, ', ')}, ...rest })`
  return code`(${from}) => ${to}`
}

const keptNames = (renames: readonly Rename[]) =>
  renames.flatMap((rename, index) =>
    rename.property === null ? [] : [{ rename, property: rename.property, local: localOf(rename, index) }],
  )

/** The function from stored names to those of a row. */
export const decodingCode = (renames: readonly Rename[]): Code =>
  mapping(
    renames.map((rename, index) =>
      bindingOf(rename.stored, rename.property === null ? `_${index || ''}` : localOf(rename, index)),
    ),
    keptNames(renames).map(({ rename, property: name, local }) => passed(rename, name, local)),
  )

/** The functions of a codec between two objects that differ in names only. */
export const renamingCode = (renames: readonly Rename[]): Code => {
  const kept = keptNames(renames)
  const decode = decodingCode(renames)
  const encode = mapping(
    kept.map(({ property: name, local }) => bindingOf(name, local)),
    renames.flatMap((rename, index) => {
      if (rename.property !== null) return [passed(rename, rename.stored, localOf(rename, index))]
      return rename.written === null ? [] : [code`${property(rename.stored)}: ${trusted(rename.written)}`]
    }),
  )
  return objectCode([code`decode: ${decode}`, code`encode: ${encode}`])
}
