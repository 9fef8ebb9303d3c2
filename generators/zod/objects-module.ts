import { camelCase } from '../kernel/identifiers.js'
import { docComment, proseOf } from '../kernel/safe/typescript.js'
import { objectOf } from '../model/lookup.js'
import type { ObjectDefinition, SchemaSet } from '../model/schema-set.js'
import { typesWithin } from '../model/type.js'
import { type Code, code, trusted } from '../script/code.js'
import { classesOfObject } from '../script/driver-classes.js'
import { type ModuleKind, moduleText } from '../script/module.js'
import { header } from '../script/names.js'
import { objectNewFields, objectRowFields } from '../script/shapes.js'
import { formOfObject, type ObjectForm, objectSchemaIn } from './form.js'
import { given } from './given-class.js'
import { newMembers, objectSchema, shapeDeclaration, shapeWith } from './record.js'
import { ruleDeclarations, rulesAbout } from './rules.js'
import { type Side, sideCode } from './side.js'

const objectsWithin = (set: SchemaSet, object: ObjectDefinition): readonly ObjectDefinition[] =>
  object.fields.flatMap((field) =>
    typesWithin(field.type).flatMap((type) => (type.kind === 'object' ? [objectOf(set, type.object)] : [])),
  )

/** Objects in name order, but each after those inside it: a schema must be there before it is used. */
export const innerFirst = (set: SchemaSet): readonly ObjectDefinition[] => {
  const ordered = new Set<ObjectDefinition>()
  const add = (object: ObjectDefinition): void => {
    if (ordered.has(object)) return
    for (const inner of objectsWithin(set, object)) add(inner)
    ordered.add(object)
  }
  for (const object of set.objects) add(object)
  return [...ordered]
}

const shapeName = (object: ObjectDefinition): string => `${camelCase(object.name)}Shape`

const exported = (name: string, value: Code): Code => code`export const ${trusted(name)} = ${value}`

const newCode = (set: SchemaSet, object: ObjectDefinition): Code => {
  const fields = objectNewFields(object)
  const computed = object.fields.filter((field) => field.generated !== null).map((field) => field.property)
  const shape = shapeName(object)
  const members = shapeWith(shape, computed, newMembers(set, shape, fields))
  return objectSchema('plain', members, rulesAbout(object, fields))
}

const sideOf = (set: SchemaSet, object: ObjectDefinition, form: 'json' | 'stored' | 'mongo'): Side => ({
  form,
  shape: shapeName(object),
  schema: objectSchemaIn(set, object.name, 'row'),
  fields: objectRowFields(object),
  kept: objectRowFields(object),
  coded: null,
  renames:
    form === 'json'
      ? []
      : object.fields
          .filter((field) => field.name !== field.property)
          .map(({ name, property, optional }) => ({ stored: name, property, written: null, optional })),
  extra: [],
})

const formCode = (set: SchemaSet, object: ObjectDefinition, form: ObjectForm): Code => {
  const shape = shapeName(object)
  switch (form) {
    case 'row':
      return objectSchema('plain', trusted(shape), rulesAbout(object, objectRowFields(object)))
    case 'new':
      return newCode(set, object)
    case 'json':
    case 'stored':
      return sideCode(set, object, sideOf(set, object, form))
    case 'mongo': {
      const side = sideCode(set, object, sideOf(set, object, form))
      return given(classesOfObject(set, object.name), side)
    }
  }
}

/** The forms in which an object has a schema of its own, in this set's stores. */
const formsOf = (set: SchemaSet, object: ObjectDefinition): readonly ObjectForm[] => {
  const codecs: readonly ObjectForm[] = [
    'json',
    ...(set.stores.includes('postgres') ? (['stored'] as const) : []),
    ...(set.stores.includes('mongo') ? (['mongo'] as const) : []),
  ]
  const own = (['new', ...codecs] as const).filter((form) => formOfObject(set, object.name, form) === form)
  return ['row', ...own]
}

const objectDeclarations = (set: SchemaSet, object: ObjectDefinition): readonly Code[] => [
  shapeDeclaration(set, shapeName(object), objectRowFields(object)),
  ...ruleDeclarations(set, object, shapeName(object)),
  ...formsOf(set, object).map((form) => {
    const doc = form === 'row' ? docComment(proseOf(object.summary)) : ''
    return code`${trusted(doc)}${exported(objectSchemaIn(set, object.name, form), formCode(set, object, form))}`
  }),
]

/** The module of all objects: their schemas, those of what an insert takes, and their codecs where they differ. */
export const objectsModule = (set: SchemaSet, kind: ModuleKind): string =>
  moduleText({
    path: 'zod/objects',
    kind,
    header: header(set.name),
    body: innerFirst(set).flatMap((object) => objectDeclarations(set, object)),
  })
