import { numeral, type Sql, sql } from '../kernel/safe/sql.js'
import type { DurationType, DurationUnit, TimestampType, Type } from '../model/type.js'
import { type Context, instantForm } from './forms.js'
import { asZoned, ofZoned } from './instants.js'
import { binding, castTo, inside, type Operand, operand } from './operand.js'
import { millisecondsIn } from './scalar-checks.js'
import type { InstantForm } from './tables.js'

type Instant = Operand & { readonly type: TimestampType }
type Duration = Operand & { readonly type: DurationType }

const isInstant = (one: Operand): one is Instant => one.type?.kind === 'timestamp'

const isInterval = (one: Operand): one is Duration =>
  one.type?.kind === 'duration' && one.type.as === 'interval' && one.stored === 'column'

const formOf = (context: Context, { type, stored }: Instant): InstantForm =>
  stored === 'json' ? 'zoned' : instantForm(type, context.options)

const isTextSnowflake = (context: Context, { type, stored }: Operand): boolean =>
  type?.kind === 'snowflake' && stored === 'column' && (type.as ?? context.options.snowflake) === 'text'

const zoned = (context: Context, one: Instant): Operand =>
  operand(asZoned(one.text, formOf(context, one)), binding.cast, { ...one.type, form: 'instant', zoned: true })

const asNumber = (context: Context, one: Operand): Operand =>
  one.type?.kind === 'snowflake' && isTextSnowflake(context, one)
    ? castTo({ ...one, type: { ...one.type, as: 'bigint' } }, sql`bigint`)
    : one

/** An interval as the number of its unit. */
const unitsIn = (one: Duration): Operand =>
  operand(sql`extract(epoch FROM ${one.text}) * 1000 / ${numeral(millisecondsIn[one.type.unit])}`, binding.multiply, {
    ...one.type,
    as: 'integer',
  })

/** A number that Postgres reckons with: an interval is that of its unit. */
export const numberOfUnits = (one: Operand): Operand => (isInterval(one) ? unitsIn(one) : one)

const differ = (forms: readonly (string | boolean)[]): boolean => new Set(forms).size > 1

const unitOf = (one: Operand): DurationUnit | 'number' => (isInterval(one) ? one.type.unit : 'number')

/**
 * Operands of one comparison, brought to one form where their columns keep such values differently: instants with and
 * without a zone or as numbers, snowflakes as numbers and as text, durations as intervals and as numbers of a unit.
 */
export const alike = (context: Context, operands: readonly Operand[]): readonly Operand[] => {
  if (operands.every(isInstant)) {
    const forms = operands.map((one) => formOf(context, one))
    return differ(forms) ? operands.map((one) => zoned(context, one)) : operands
  }
  const isText = operands.map((one) => isTextSnowflake(context, one))
  if (differ(isText)) return operands.map((one) => asNumber(context, one))
  return differ(operands.map(unitOf)) ? operands.map(numberOfUnits) : operands
}

/** A value of any form as a column of the type keeps it. */
export const storedAs = (context: Context, one: Operand, type: Type): Sql => {
  switch (type.kind) {
    case 'timestamp': {
      if (!isInstant(one)) return one.text
      const form = instantForm(type, context.options)
      return formOf(context, one) === form ? one.text : ofZoned(zoned(context, one).text, form)
    }
    case 'snowflake': {
      const isText = isTextSnowflake(context, operand(one.text, one.binds, type))
      if (isText === isTextSnowflake(context, one)) return one.text
      return castTo(one, isText ? sql`text` : sql`bigint`).text
    }
    case 'duration':
      if (type.as !== 'interval') return numberOfUnits(one).text
      if (isInterval(one) && one.type.unit === type.unit) return one.text
      return sql`${inside(numberOfUnits(one), binding.multiply)} * interval '1 ${unitWord[type.unit]}'`
    default:
      return numberOfUnits(one).text
  }
}

const unitWord: Readonly<Record<DurationUnit, Sql>> = {
  ms: sql`millisecond`,
  seconds: sql`second`,
  minutes: sql`minute`,
  hours: sql`hour`,
  days: sql`day`,
}
