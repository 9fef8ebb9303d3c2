const units: Readonly<Record<string, string>> = {
  s: 'second',
  sec: 'second',
  secs: 'second',
  second: 'second',
  m: 'minute',
  min: 'minute',
  mins: 'minute',
  minute: 'minute',
  h: 'hour',
  hr: 'hour',
  hrs: 'hour',
  hour: 'hour',
  d: 'day',
  day: 'day',
  w: 'week',
  wk: 'week',
  week: 'week',
  mo: 'month',
  mon: 'month',
  month: 'month',
  y: 'year',
  yr: 'year',
  year: 'year',
}

/** A length of time as other tools write it (`30d`, `12 hrs of seen_at`), as it is written here; null for anything else. */
export const translateAge = (text: string): string | null => {
  const [, count, short = '', of = ''] = /^([1-9]\d{0,8})\s*([a-z]+)(\s+of\s+.+)?$/i.exec(text.trim()) ?? []
  const unit = units[short] ?? units[short.toLowerCase().replace(/s$/, '')]
  return count === undefined || unit === undefined
    ? null
    : `${count} ${unit}${count === '1' ? '' : 's'}${of.replace(/\s+/g, ' ')}`
}
