/**
 * Keys of objects that do not come back from MongoDB as they were given, at any depth:
 * - what JavaScript's objects have of their own: Mongoose leaves some out of its copies, and the driver does not decode
 *   the objects in a list under any of them (it asks `fieldsAsRaw[key]` of a plain object);
 * - what the driver or Mongoose knows values of its own by.
 */
export const reservedKeys: readonly string[] = [
  ...['__proto__', 'constructor', 'prototype', 'hasOwnProperty', 'isPrototypeOf', 'propertyIsEnumerable'],
  ...['toLocaleString', 'toString', 'valueOf'],
  ...['__defineGetter__', '__defineSetter__', '__lookupGetter__', '__lookupSetter__'],
  ...['_bsontype', 'isMongooseBuffer', '$__', '$isMongooseMap'],
]

/** Keys that make a reference of MongoDB's when they stand beside each other: the driver reads them as a `DBRef`. */
export const referenceKeys = ['$ref', '$id'] as const

/** The reserved keys as alternatives of a pattern that every engine reads alike. */
export const reservedKeyChoice: string = reservedKeys.map((key) => key.replace('$', '[$]')).join('|')

const isReserved = new RegExp(`^(?:${reservedKeyChoice})$`)

/** Whether a key of a map is kept by no store as it is: dots and leading dollars are MongoDB's syntax. */
export const isMapKey = (key: string): boolean => !isReserved.test(key) && !/^\$|\./.test(key)

/** The first key of an object that MongoDB does not give back; null where there is none. */
export const reservedKeyIn = (object: object): string | null => {
  const found = Object.keys(object).find((key) => isReserved.test(key))
  if (found !== undefined) return found
  return referenceKeys.every((key) => Object.hasOwn(object, key)) ? referenceKeys.join(' beside ') : null
}
