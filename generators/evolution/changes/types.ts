import { compareDecimals, type Decimal, negateDecimal, parseDecimal } from '../../kernel/decimal.js'
import { canonical } from '../../kernel/hash.js'
import { floatBounds, wholeBounds } from '../../model/bounds.js'
import { type DecimalType, type TextType, type Type, typesWithin, type UnionType } from '../../model/type.js'
import { both, ofBounds, ofNumbers, other, type Relation, same } from './relation.js'

/** How the values of two types stand to each other, and how their types in code do. */
export interface TypeRelation {
  readonly values: Relation
  readonly code: Relation
  /** Whether stores keep the same value in another form. */
  readonly isStoredOtherwise: boolean
}

/** What the comparison of a set knows of its named structures. */
export interface Definitions {
  /** Whether an object, or an enum, is the other one as it is now; if so its own changes are told of itself. */
  readonly isSameObject: (before: string, after: string) => boolean
  readonly isSameEnum: (before: string, after: string) => boolean
  readonly valuesBefore: (name: string) => readonly (string | number)[]
  readonly valuesAfter: (name: string) => readonly (string | number)[]
  /** What an id of before is an id of, as that is called now. */
  readonly brandNow: (brand: string) => string
  /** Notes two types that stand in the same place: the structures in them are compared too. */
  readonly meet: (before: Type, after: Type) => void
}

const relation = (values: Relation, code: Relation = same, isStoredOtherwise = false): TypeRelation => ({
  values,
  code,
  isStoredOtherwise,
})

const unlike = relation(other, other, true)

const lengths = (type: { readonly minLength: number | null; readonly maxLength: number | null }) => ({
  min: type.minLength ?? 0,
  max: type.maxLength,
})

const items = (type: { readonly minItems: number | null; readonly maxItems: number | null }) => ({
  min: type.minItems ?? 0,
  max: type.maxItems,
})

const ofPatterns = (before: string | null, after: string | null): Relation => {
  if (before === after) return same
  return { narrower: after !== null, wider: before !== null }
}

/** A `char(n)` is of exactly n characters; a column of a length keeps no spaces at the end beyond it. */
const textLengths = (type: TextType) =>
  type.form === 'char' ? { min: type.maxLength ?? 0, max: type.maxLength } : lengths(type)

/** Text whose column pads or trims it takes less of what ends in spaces. */
const spaces = (type: TextType): number => (type.form === 'char' ? 1 : 0)

const ofTexts = (before: TextType, after: TextType): Relation =>
  both(
    ofNumbers(textLengths(before), textLengths(after)),
    ofPatterns(before.pattern?.source ?? null, after.pattern?.source ?? null),
    ofNumbers({ min: spaces(before), max: null }, { min: spaces(after), max: null }),
  )

/** The amounts that a decimal takes: of its digits, and within its own limits. */
const decimalBounds = ({ max, min, precision, scale }: DecimalType) => {
  const largest: Decimal = { units: 10n ** BigInt(precision) - 1n, scale }
  const own = { min: min === null ? null : parseDecimal(min), max: max === null ? null : parseDecimal(max) }
  const least = negateDecimal(largest)
  return {
    min: own.min === null || compareDecimals(own.min, least) < 0 ? least : own.min,
    max: own.max === null || compareDecimals(own.max, largest) > 0 ? largest : own.max,
  }
}

const ofDecimals = (before: DecimalType, after: DecimalType): Relation =>
  both(
    ofNumbers({ min: null, max: before.scale }, { min: null, max: after.scale }),
    ofBounds(decimalBounds(before), decimalBounds(after), compareDecimals),
  )

const bigBounds = (type: { readonly min: bigint | null; readonly max: bigint | null }) => type

const compareBig = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0)

const ofEnums = (before: string, after: string, definitions: Definitions): TypeRelation => {
  if (definitions.isSameEnum(before, after)) return relation(same)
  const [earlier, later] = [definitions.valuesBefore(before), definitions.valuesAfter(after)]
  const values = {
    narrower: earlier.some((value) => !later.includes(value)),
    wider: later.some((value) => !earlier.includes(value)),
  }
  return relation(values, values, true)
}

const ofUnions = (before: UnionType, after: UnionType, definitions: Definitions): TypeRelation => {
  const find = (type: Type, among: UnionType): boolean =>
    among.of.some((one) => {
      const { code, values } = type === one ? relation(same) : relationOf(type, one, definitions)
      return !values.narrower && !values.wider && !code.narrower && !code.wider
    })
  const values = {
    narrower: before.of.some((type) => !find(type, after)),
    wider: after.of.some((type) => !find(type, before)),
  }
  return relation(values, values)
}

/** Types of one kind. */
const ofKind = (before: Type, after: Type, definitions: Definitions): TypeRelation => {
  if (before.kind === 'snowflake' && after.kind === 'snowflake') {
    return relation(same, same, before.as !== after.as)
  }
  if (before.kind === 'identity' && after.kind === 'identity') {
    const isShort = (as: typeof before.as): number => (as === 'serial' || as === 'int' ? 1 : 2)
    const values = ofNumbers({ min: null, max: isShort(before.as) }, { min: null, max: isShort(after.as) })
    return relation(values)
  }
  if (before.kind === 'text' && after.kind === 'text') return relation(ofTexts(before, after))
  if (before.kind === 'integer' && after.kind === 'integer') {
    return relation(ofNumbers(wholeBounds(before), wholeBounds(after)))
  }
  if (before.kind === 'bigint' && after.kind === 'bigint') {
    return relation(ofBounds(bigBounds(before), bigBounds(after), compareBig))
  }
  if (before.kind === 'float' && after.kind === 'float') {
    const width = (type: typeof before): number => (type.width === 'real' ? 1 : 2)
    const precision = ofNumbers({ min: null, max: width(before) }, { min: null, max: width(after) })
    return relation(both(ofNumbers(floatBounds(before), floatBounds(after)), precision))
  }
  if (before.kind === 'decimal' && after.kind === 'decimal') {
    const code = before.scale === after.scale ? same : other
    return relation(ofDecimals(before, after), same, before.inMongo !== after.inMongo || code === other)
  }
  if (before.kind === 'duration' && after.kind === 'duration') {
    if (before.unit !== after.unit) return relation(other, same, true)
    return relation(ofNumbers(wholeBounds(before), wholeBounds(after)), same, before.as !== after.as)
  }
  if (before.kind === 'format' && after.kind === 'format') {
    if (before.format !== after.format) return relation(other)
    return relation(ofNumbers(lengths(before), lengths(after)))
  }
  if (before.kind === 'bytes' && after.kind === 'bytes') return relation(ofNumbers(lengths(before), lengths(after)))
  if (before.kind === 'object' && after.kind === 'object') {
    return definitions.isSameObject(before.object, after.object) ? relation(same) : unlike
  }
  if (before.kind === 'enum' && after.kind === 'enum') return ofEnums(before.enum, after.enum, definitions)
  if (before.kind === 'list' && after.kind === 'list') {
    const inner = relationOf(before.of, after.of, definitions)
    const values = both(inner.values, ofNumbers(items(before), items(after)))
    return relation(values, inner.code, inner.isStoredOtherwise || before.as !== after.as)
  }
  if (before.kind === 'map' && after.kind === 'map') {
    const inner = relationOf(before.of, after.of, definitions)
    return relation(both(inner.values, ofNumbers(items(before), items(after))), inner.code, inner.isStoredOtherwise)
  }
  if (before.kind === 'vector' && after.kind === 'vector') {
    return before.dimensions === after.dimensions ? relation(same, same, before.as !== after.as) : relation(other)
  }
  if (before.kind === 'union' && after.kind === 'union') return ofUnions(before, after, definitions)
  // What an id is of, stores and code that was built before do not know.
  return 'brand' in before ? relation(same) : relation(same, same, canonical(before) !== canonical(after))
}

const isFree = (type: TextType): boolean =>
  type.form === 'text' && type.pattern === null && (type.minLength ?? 0) === 0 && type.maxLength === null

/** Whether a type of plain values takes one. Null: it has other values. */
const takes = (type: Type, value: string | number): boolean | null => {
  if (type.kind === 'text' && typeof value === 'string') {
    const { max, min } = textLengths(type)
    const length = [...value].length
    const isMatched = type.pattern === null || new RegExp(type.pattern.source, 'u').test(value)
    const isPadded = type.form === 'char' && value.endsWith(' ')
    return length >= min && length <= (max ?? length) && isMatched && !isPadded
  }
  if (typeof value !== 'number' || (type.kind !== 'integer' && type.kind !== 'float')) return null
  const { max, min } = type.kind === 'integer' ? wholeBounds(type) : floatBounds(type)
  const isExact = type.kind === 'integer' || type.width === 'double' || Math.fround(value) === value
  return isExact && value >= (min ?? value) && value <= (max ?? value)
}

/** Listed values beside a type that takes others as well. */
const ofListed = (values: readonly (string | number)[], type: Type): Relation | null => {
  const taken = values.map((value) => takes(type, value))
  return taken.includes(null) ? null : { narrower: taken.includes(false), wider: true }
}

/** How many characters ids have, which are text in code. */
const idLengths: Partial<Record<Type['kind'], { readonly min: number; readonly max: number }>> = {
  snowflake: { min: 1, max: 19 },
  uuid: { min: 36, max: 36 },
  objectid: { min: 24, max: 24 },
}

/** An id beside text, which is no id in code. */
const ofIds = (id: Type, type: Type): Relation | null => {
  const length = idLengths[id.kind]
  if (length === undefined || type.kind !== 'text') return null
  const isOther = type.pattern !== null
  return { narrower: isOther || ofNumbers(length, textLengths(type)).narrower, wider: true }
}

const reversed = ({ narrower, wider }: Relation): Relation => ({ narrower: wider, wider: narrower })

/** Types of two kinds of which the one may take all that the other takes. */
const ofKinds = (before: Type, after: Type, definitions: Definitions): TypeRelation => {
  const wider = { narrower: false, wider: true }
  if (before.kind === 'enum') {
    const values = ofListed(definitions.valuesBefore(before.enum), after)
    return values === null ? unlike : relation(values, wider, true)
  }
  if (after.kind === 'enum') {
    const values = ofListed(definitions.valuesAfter(after.enum), before)
    return values === null ? unlike : relation(reversed(values), reversed(wider), true)
  }
  const [fromId, toId] = [ofIds(before, after), ofIds(after, before)]
  if (fromId !== null) return relation(fromId, wider, true)
  if (toId !== null) return relation(reversed(toId), reversed(wider), true)
  if (before.kind === 'format' && after.kind === 'text') return relation(isFree(after) ? wider : other)
  if (before.kind === 'text' && after.kind === 'format') return relation(isFree(before) ? reversed(wider) : other)
  return unlike
}

/** Whether the ids in two types are of the same things: in code, those of one thing are no ids of another. */
export const areIdsOfSame = (before: Type, after: Type, { brandNow }: Pick<Definitions, 'brandNow'>): boolean => {
  const idsIn = (type: Type) => typesWithin(type).flatMap((inner) => ('brand' in inner ? [inner] : []))
  const isRow = (id: Type): boolean => 'row' in id && id.row
  const later = idsIn(after)
  return idsIn(before).every((id, index) => {
    const other = later[index]
    if (other === undefined) return true
    return isRow(id) === isRow(other) && (id.brand === other.brand || brandNow(id.brand) === other.brand)
  })
}

/** How a type stands to what it was. */
export const relationOf = (before: Type, after: Type, definitions: Definitions): TypeRelation =>
  before.kind === after.kind ? ofKind(before, after, definitions) : ofKinds(before, after, definitions)
