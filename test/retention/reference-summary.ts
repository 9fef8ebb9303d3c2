import type { Entity } from '../../generators/model/entity.js'
import { fieldOf } from '../../generators/model/lookup.js'
import type { JsonValue } from '../../generators/model/origin.js'
import type { Summary } from '../../generators/model/retention.js'
import { groupColumn } from '../../generators/model/summary.js'
import { periodOf } from './calendar.js'
import type { PlainRow } from './plain-values.js'

type Aggregate = Summary['aggregates'][number]

const groupOf = ({ by }: Summary, row: PlainRow): PlainRow =>
  Object.fromEntries(
    by.map((group): [string, JsonValue] => {
      const value = row[group.field] ?? null
      const isMoment = group.period !== null && typeof value === 'string'
      return [groupColumn(group), isMoment ? periodOf(value, group.period) : value]
    }),
  )

const withoutZeros = (text: string): string => text.replace(/\.?0+$/, '')

/** Decimals as whole numbers of their smallest part. */
const decimalSum = (scale: number, values: readonly JsonValue[]): string => {
  const units = (text: string): bigint => {
    const [whole = '0', part = ''] = text.split('.')
    const digits = BigInt(whole.replace('-', '') + part.padEnd(scale, '0'))
    return text.startsWith('-') ? -digits : digits
  }
  const total = values.reduce((sum: bigint, value) => sum + units(String(value)), 0n)
  const digits = String(total < 0n ? -total : total).padStart(scale + 1, '0')
  const text = scale === 0 ? digits : withoutZeros(`${digits.slice(0, -scale)}.${digits.slice(-scale)}`)
  return total < 0n ? `-${text}` : text
}

const sum = (entity: Entity, field: string, values: readonly JsonValue[]): JsonValue => {
  const { type } = fieldOf(entity, field)
  if (type.kind === 'decimal') return decimalSum(type.scale, values)
  if (type.kind === 'bigint') return String(values.reduce((total: bigint, value) => total + BigInt(String(value)), 0n))
  return values.reduce((total: number, value) => total + Number(value), 0)
}

const isBelow = (entity: Entity, field: string, a: JsonValue, b: JsonValue): boolean => {
  const { kind } = fieldOf(entity, field).type
  if (kind === 'bigint' || kind === 'snowflake') return BigInt(String(a)) < BigInt(String(b))
  if (kind === 'decimal') return Number(a) < Number(b)
  return (a as string | number) < (b as string | number)
}

const aggregate = (
  entity: Entity,
  { function: name, field, as }: Aggregate,
  into: PlainRow,
  row: PlainRow,
): JsonValue => {
  const [before, value] = [into[as] ?? null, row[field] ?? null]
  if (name === 'sum') return sum(entity, field, [before ?? 0, value ?? 0])
  if (before === null || value === null) return before ?? value
  return isBelow(entity, field, value, before) === (name === 'min') ? value : before
}

const added = (entity: Entity, summary: Summary, group: PlainRow, into: PlainRow, row: PlainRow): PlainRow => ({
  ...group,
  ...(summary.count === null ? {} : { [summary.count]: Number(into[summary.count] ?? 0) + 1 }),
  ...Object.fromEntries(summary.aggregates.map((one) => [one.as, aggregate(entity, one, into, row)])),
})

/** The rows of a summary when more rows have been added to it. */
export const summarised = (
  entity: Entity,
  summary: Summary,
  stored: readonly PlainRow[],
  rows: readonly PlainRow[],
): readonly PlainRow[] => {
  const columns = summary.by.map(groupColumn)
  const nameOf = (row: PlainRow): string => JSON.stringify(columns.map((column) => row[column] ?? null))
  const groups = new Map(stored.map((row) => [nameOf(row), row]))
  for (const row of rows) {
    const group = groupOf(summary, row)
    groups.set(nameOf(group), added(entity, summary, group, groups.get(nameOf(group)) ?? {}, row))
  }
  return [...groups.values()]
}
