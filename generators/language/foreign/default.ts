/** A default of another tool in the words of the language; `maker` is a function of the database instead, `type` what it makes. */
export type ForeignDefault =
  | { readonly kind: 'value'; readonly text: string }
  | { readonly kind: 'maker'; readonly type: 'identity' | 'uuid' | 'objectid' }

const nowPattern =
  /^(?:now\(\)|(?:current_timestamp|current_date|current_time|localtimestamp)(?:\(\d?\))?|date\.now(?:\(\))?|new date\(\)|getdate\(\)|clock_timestamp\(\)|statement_timestamp\(\)|timezone\('utc', now\(\)\)|sysdate)$/i

/** Whether a text means the moment of the insert in SQL, Prisma, Drizzle or JavaScript, but not here, where it is `now`. */
export const meansNow = (text: string): boolean => nowPattern.test(text.trim())

const makers: readonly (readonly [RegExp, 'identity' | 'uuid' | 'objectid'])[] = [
  [/^(?:gen_random_uuid|uuid_generate_v4|uuid|randomuuid|crypto\.randomuuid|uuidv[47])\(\)$/i, 'uuid'],
  [/^(?:autoincrement|nextval)\([^)]*\)$/i, 'identity'],
  [/^auto\(\)$/i, 'objectid'],
]

/** What stands behind `DEFAULT` or in `@default( )`; null for what has no counterpart. */
export const translateDefault = (text: string): ForeignDefault | null => {
  const trimmed = text.trim().replace(/::[\w ]+(?:\[\])?$/, '')
  if (meansNow(trimmed)) return { kind: 'value', text: 'now' }
  const maker = makers.find(([pattern]) => pattern.test(trimmed))
  if (maker !== undefined) return { kind: 'maker', type: maker[1] }
  if (/^(?:true|false|null)$/i.test(trimmed)) return { kind: 'value', text: trimmed.toLowerCase() }
  if (/^(?:'[^']*'|"[^"]*"|-?\d+(?:\.\d+)?|\w+|\[\]|\{\})$/.test(trimmed))
    return { kind: 'value', text: trimmed.replace(/^'([\w-]+)'$|^"([\w-]+)"$/, '$1$2') }
  return null
}
