import { type Diagnostic, report } from '../kernel/diagnostic.js'
import type { Field } from '../model/field.js'
import { entitiesIn, fieldsIn } from '../model/lookup.js'
import type { SchemaSet } from '../model/schema-set.js'

/**
 * The names that a document of Mongoose 9 cannot have as a field, since the field's accessor takes the place of what
 * Mongoose itself calls on documents. Found by trying each property of its documents; a test tries them again. `isNew` works, but not for its types.
 * Mongoose 8 takes no others.
 */
export const reservedPaths: ReadonlySet<string> = new Set([
  'set',
  'init',
  'save',
  'validate',
  'toObject',
  'constructor',
  'prototype',
  '_doc',
  '__defineGetter__',
  '__defineSetter__',
  '__lookupGetter__',
  '__lookupSetter__',
  'toBSON',
  'toString',
  'valueOf',
  'toLocaleString',
  'hasOwnProperty',
  'isPrototypeOf',
  'propertyIsEnumerable',
  'ownerDocument',
  'markModified',
  'modifiedPaths',
  'isDirectModified',
  '_execDocumentPreHooks',
  '_execDocumentPostHooks',
  'invalidate',
  'isNew',
  // The driver takes what has this field for a value of its own.
  '_bsontype',
  // Mongoose takes it for a buffer.
  'isMongooseBuffer',
])

/** The same of names in code, which are aliases: what a document asks its aliased fields with, too. A getter is no buffer. */
export const reservedAliases: ReadonlySet<string> = new Set(
  [...reservedPaths, 'get', 'schema'].filter((name) => name !== 'isMongooseBuffer'),
)

const clashOf = ({ name, property, origin }: Field): readonly Diagnostic[] => {
  const isAlias = property !== name
  const taken = reservedPaths.has(name) ? name : isAlias && reservedAliases.has(property) ? property : null
  return taken === null ? [] : [report('mongoose-reserved-path', origin, { name: taken })]
}

/** The fields of a set that Mongoose cannot hold. */
const reservedFields = (set: SchemaSet): readonly Diagnostic[] =>
  [...entitiesIn(set, 'mongo'), ...set.objects].flatMap((owner) => fieldsIn(owner, 'mongo')).flatMap(clashOf)

/** Models are held by name in a plain object, where these are taken before there is any. */
const reservedModels = (set: SchemaSet): readonly Diagnostic[] =>
  entitiesIn(set, 'mongo')
    .filter(({ model }) => model in Object.prototype)
    .map(({ name, model, origin }) =>
      report('code-name-invalid', origin, { name: model, thing: `the model of ${name}` }),
    )

/** The names of a set that Mongoose cannot hold. */
export const reservedNames = (set: SchemaSet): readonly Diagnostic[] => [...reservedFields(set), ...reservedModels(set)]
