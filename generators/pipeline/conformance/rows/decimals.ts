import type { DecimalType } from '../../../model/type.js'

/** A decimal as a whole number of its last digit's unit. */
export const unitsOf = (text: string, scale: number): bigint => {
  const [whole = '', fraction = ''] = text.replace('-', '').split('.')
  const units = BigInt(whole + fraction.padEnd(scale, '0').slice(0, scale))
  return text.startsWith('-') ? -units : units
}

/** The number of units that a decimal's digits can count. */
export const largestUnits = ({ precision }: Pick<DecimalType, 'precision'>): bigint => 10n ** BigInt(precision) - 1n
