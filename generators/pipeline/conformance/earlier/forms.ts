import { mongo } from 'mongoose'
import { enumOf } from '../../../model/lookup.js'
import type { SchemaSet } from '../../../model/schema-set.js'
import type { Store } from '../../../model/store.js'
import type { Type } from '../../../model/type.js'
import { leaf, type Sample } from '../rows/sample.js'

type Leaf = Extract<Sample, { readonly kind: 'leaf' }>

/** Another form of the same value, in which some stores may have it. */
export interface EarlierForm {
  /** As BSON or JSON call it. */
  readonly form: string
  readonly stored: Sample
  readonly stores: readonly Store[]
}

const inDocument = ({ forms }: Leaf, form: string, document: unknown): EarlierForm => ({
  form,
  stored: leaf({ ...forms, document }),
  stores: ['mongo'],
})

/** A number inside of `jsonb`, where now text stands. */
const inJson = ({ forms }: Leaf, json: number): EarlierForm => ({
  form: 'a number of JSON',
  stored: leaf({ ...forms, json }),
  stores: ['postgres'],
})

const isInt32 = (value: number): boolean => Number.isInteger(value) && Math.abs(value) <= 2 ** 31 - 1

/** A number in each class that BSON has for it. */
const numbers = (sample: Leaf, value: number): readonly EarlierForm[] => [
  inDocument(sample, 'a double', new mongo.Double(value)),
  ...(isInt32(value) ? [inDocument(sample, 'an int', new mongo.Int32(value))] : []),
  ...(Number.isSafeInteger(value) ? [inDocument(sample, 'a long', mongo.Long.fromNumber(value))] : []),
]

const bigints = (sample: Leaf, value: bigint): readonly EarlierForm[] => {
  const number = Number(value)
  return Number.isSafeInteger(number) ? [...numbers(sample, number), inJson(sample, number)] : []
}

const decimals = (sample: Leaf, text: string, isText: boolean): readonly EarlierForm[] => [
  isText ? inDocument(sample, 'a Decimal128', mongo.Decimal128.fromString(text)) : inDocument(sample, 'a string', text),
  ...(/^-?\d{1,9}(?:\.\d{1,4})?$/.test(text) ? [inJson(sample, Number(text))] : []),
]

const holdsNumbers = (set: SchemaSet, type: Type): boolean => {
  if (type.kind !== 'enum') return ['integer', 'duration', 'float'].includes(type.kind)
  return enumOf(set, type.enum).values.every(({ value }) => typeof value === 'number')
}

/** The other forms in which documents, and objects in `jsonb`, may have a value of a type since before. */
export const earlierForms = (set: SchemaSet, type: Type, sample: Leaf): readonly EarlierForm[] => {
  const { code } = sample.forms
  if (typeof code === 'number') return holdsNumbers(set, type) ? numbers(sample, code) : []
  if (typeof code === 'bigint') return bigints(sample, code)
  if (code instanceof Date) {
    const isEpoch = type.kind === 'timestamp' && type.form === 'milliseconds'
    const other = isEpoch ? inDocument(sample, 'a date', code) : inDocument(sample, 'a number', code.getTime())
    return [other, inJson(sample, code.getTime())]
  }
  if (typeof code !== 'string') return []
  if (type.kind === 'decimal') {
    const isText = type.inMongo === 'text'
    return isText && code.replace(/\D/g, '').length > 34 ? [] : decimals(sample, code, isText)
  }
  const isObjectId = type.kind === 'objectid' || type.kind === 'identity'
  return isObjectId && /^[0-9a-f]{24}$/.test(code) ? [inDocument(sample, 'a string', code)] : []
}
