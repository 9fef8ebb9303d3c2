import { type Diagnostic, report } from '../kernel/diagnostic.js'
import type { Field } from '../model/field.js'
import { entitiesIn, fieldsIn } from '../model/lookup.js'
import type { SchemaSet } from '../model/schema-set.js'

/**
 * The names that a document of Mongoose 9 cannot have as a field, since the field's accessor takes the place of what
 * Mongoose itself calls on documents. Found by trying each property of its documents; a test tries them again. `isNew` works, but not for its types.
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
])

const clashOf = ({ name, property, origin }: Field): readonly Diagnostic[] => {
  const taken = [name, property].find((one) => reservedPaths.has(one))
  return taken === undefined ? [] : [report('mongoose-reserved-path', origin, { name: taken })]
}

/** The fields of a set that Mongoose cannot hold. */
export const reservedNames = (set: SchemaSet): readonly Diagnostic[] =>
  [...entitiesIn(set, 'mongo'), ...set.objects].flatMap((owner) => fieldsIn(owner, 'mongo')).flatMap(clashOf)
