/** How many characters (code points, as the stores count them) a text has. */
export const countCharacters = (value: string): number => {
  let count = 0
  for (const _ of value) count += 1
  return count
}

/** A to Z in lower case; other letters stay as they are, as every store agrees on these only. */
export const lowerAscii = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())

/** a to z in upper case; other letters stay as they are, as every store agrees on these only. */
export const upperAscii = (text: string): string => text.replace(/[a-z]/g, (letter) => letter.toUpperCase())

/** Below, at or above zero, as one id is older than, the same as or newer than another: by number, not by letter. */
export const compareIds = (one: string, other: string): number =>
  one.length - other.length || Number(one > other) - Number(one < other)

const fractionDigits = (decimal: string): number => decimal.split('.')[1]?.length ?? 0

/**
 * A decimal in digits alone, however a driver or an older document spells it (`1.5E-7`, `1.5`): with so many after the
 * point, no sign on zero, and no more before it than it needs. What is no decimal stays as it is.
 */
export const spellDecimal = (decimal: { toString(): string }, digits: number): string => {
  const text = String(decimal)
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? []
  const shift = Number(exponent)
  if (whole === '' || Math.abs(shift) > 6_200) return text
  const left = whole.padStart(1 - shift, '0')
  const [all, point] = [left + fraction.padEnd(shift, '0'), left.length + shift]
  const before = all.slice(0, point).replace(/^0+(?=\d)/, '') || '0'
  const after = all.slice(point).replace(/0+$/, '').padEnd(digits, '0')
  const spelled = after === '' ? before : `${before}.${after}`
  return /[1-9]/.test(spelled) ? sign + spelled : spelled
}

/** What is no decimal counts as 0: it is refused by itself. */
const unscaled = (decimal: string, digits: number): bigint => {
  const units = decimal.replace('.', '') + '0'.repeat(digits - fractionDigits(decimal))
  return /^-?\d+$/.test(units) ? BigInt(units) : 0n
}

const scaled = (number: bigint, digits: number): string => {
  if (digits === 0) return String(number)
  const all = String(number < 0n ? -number : number).padStart(digits + 1, '0')
  return `${number < 0n ? '-' : ''}${all.slice(0, -digits)}.${all.slice(-digits)}`
}

/** Below, at or above zero, as one decimal is less than, equal to or more than another: exactly. */
export const compareDecimals = (one: string, other: string): number => {
  const digits = Math.max(fractionDigits(one), fractionDigits(other))
  const [a, b] = [unscaled(one, digits), unscaled(other, digits)]
  return Number(a > b) - Number(a < b)
}

export const addDecimals = (one: string, other: string): string => {
  const digits = Math.max(fractionDigits(one), fractionDigits(other))
  return scaled(unscaled(one, digits) + unscaled(other, digits), digits)
}

export const subtractDecimals = (one: string, other: string): string => {
  const digits = Math.max(fractionDigits(one), fractionDigits(other))
  return scaled(unscaled(one, digits) - unscaled(other, digits), digits)
}

export const multiplyDecimals = (one: string, other: string): string => {
  const [ours, theirs] = [fractionDigits(one), fractionDigits(other)]
  return scaled(unscaled(one, ours) * unscaled(other, theirs), ours + theirs)
}

/** Keys that JavaScript's objects have of their own, or by which MongoDB's driver and Mongoose know values of theirs. */
export const isReservedKey = (key: string): boolean =>
  /^(?:__proto__|constructor|prototype|hasOwnProperty|isPrototypeOf|propertyIsEnumerable|toLocaleString|toString|valueOf|__defineGetter__|__defineSetter__|__lookupGetter__|__lookupSetter__|_bsontype|isMongooseBuffer|[$]__|[$]isMongooseMap)$/.test(
    key,
  )

/** Whether an object has such a key, or is what the driver of MongoDB reads as a reference (`DBRef`). */
export const hasReservedKey = (value: object): boolean =>
  Object.keys(value).some(isReservedKey) || (Object.hasOwn(value, '$ref') && Object.hasOwn(value, '$id'))
