import type { DecimalType } from './type.js'

/** The digits of a number of 128 bits (BSON's Decimal128, IEEE 754). */
const mostDigits = 34

/** How documents hold decimals of so many digits, where nothing else is said. */
export const formInMongo = (precision: number): DecimalType['inMongo'] =>
  precision > mostDigits ? 'text' : 'decimal128'
