/** An exact decimal: `units` of 10^-`scale`. */
export interface Decimal {
  readonly units: bigint
  readonly scale: number
}

const spelled = /^([+-]?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i

/** The number a text spells, as JSON or SQL write numbers; null when it spells none. */
export const parseDecimal = (text: string): Decimal | null => {
  const match = spelled.exec(text)
  if (match === null) return null
  const [, sign, whole = '', fraction = '', exponent = '0'] = match
  const digits = BigInt(`${whole}${fraction}`)
  const units = sign === '-' ? -digits : digits
  const scale = fraction.length - Number(exponent)
  return scale >= 0 ? { units, scale } : { units: units * 10n ** BigInt(-scale), scale: 0 }
}

const aligned = (a: Decimal, b: Decimal): readonly [bigint, bigint, number] => {
  const scale = Math.max(a.scale, b.scale)
  const rescaled = (decimal: Decimal): bigint => decimal.units * 10n ** BigInt(scale - decimal.scale)
  return [rescaled(a), rescaled(b), scale]
}

/** Below zero, zero or above zero, as `a` is below, equal to or above `b`. */
export const compareDecimals = (a: Decimal, b: Decimal): number => {
  const [left, right] = aligned(a, b)
  return left < right ? -1 : left > right ? 1 : 0
}

export const addDecimals = (a: Decimal, b: Decimal): Decimal => {
  const [left, right, scale] = aligned(a, b)
  return { units: left + right, scale }
}

export const negateDecimal = ({ units, scale }: Decimal): Decimal => ({ units: -units, scale })

export const multiplyDecimals = (a: Decimal, b: Decimal): Decimal => ({
  units: a.units * b.units,
  scale: a.scale + b.scale,
})

/** The same number with so many digits after the point, or with more where it needs them. */
export const withScale = (decimal: Decimal, scale: number): Decimal => {
  if (decimal.scale <= scale) return { units: decimal.units * 10n ** BigInt(scale - decimal.scale), scale }
  const digits = Math.max(scale, digitsOf(decimal).after)
  return { units: decimal.units / 10n ** BigInt(decimal.scale - digits), scale: digits }
}

/** As text, with all the digits of its scale. */
export const decimalText = ({ units, scale }: Decimal): string => {
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0')
  const sign = units < 0n ? '-' : ''
  return scale === 0 ? sign + digits : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}

/** How many digits it needs before and after the point, without zeros that say nothing. */
export const digitsOf = ({ units, scale }: Decimal): { readonly before: number; readonly after: number } => {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0')
  const before = digits.slice(0, digits.length - scale).replace(/^0+/, '')
  const after = scale === 0 ? '' : digits.slice(-scale).replace(/0+$/, '')
  return { before: before.length, after: after.length }
}
