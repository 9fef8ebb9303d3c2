/** A value as text, the same for equal values: keys in any order, -0 as 0, what has no JSON form marked. */
export const comparable = (value: unknown): string => {
  if (typeof value === 'bigint') return `${value}n`
  if (typeof value === 'number') return String(value + 0)
  if (value === undefined || value === null) return 'null'
  if (value instanceof Date) return `Date(${value.getTime()})`
  if (value instanceof Uint8Array) return `Bytes(${Buffer.from(value).toString('hex')})`
  if (Array.isArray(value)) return `[${value.map(comparable).join()}]`
  if (typeof value !== 'object') return JSON.stringify(value)
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${comparable(inner)}`).join()}}`
}
