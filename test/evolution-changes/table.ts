import { expect, it } from 'vitest'
import { comparedLines, type Texts } from './compared.js'

export const all = 'rows, readers, writers, callers'

/** A set with one entity, `user`, of these fields, and what else is said of it. */
export const user = (fields: string, more = '', head = 'stores: [postgres]'): Texts => ({
  'botschema.yaml': `name: sample\n${head}\n`,
  'user.yaml': `entity: user\nfields:\n  id: snowflake\n${fields
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => `  ${line}\n`)
    .join('')}${more}`,
})

export const both = 'stores: [postgres, mongo]'

export type Row = readonly [name: string, before: Texts, after: Texts, ...lines: readonly string[]]

export const field = (name: string, before: string, after: string, ...lines: readonly string[]): Row => [
  name,
  user(before),
  user(after),
  ...lines,
]

export const rules = (name: string, before: string, after: string, ...lines: readonly string[]): Row => {
  const fields = 'a: text?\nb: text?\nat: timestamp = now\n'
  return [name, user(fields, before), user(fields, after), ...lines]
}

export const kept = (text: string): string => `retention:\n  clock: at\n  steps:\n${text}`

export const withEnum = (values: string, more = ''): Texts => ({
  ...user('mood: mood?'),
  'mood.yaml': `enum: mood\nvalues: ${values}\n${more}`,
})

export const withObject = (fields: string, more = ''): Texts => ({
  ...user('place: place?'),
  'place.yaml': `object: place\nfields:\n  town: text\n${fields === '' ? '' : `  ${fields}\n`}${more}`,
})

export const two = (more: string): Texts => ({
  ...user('a: text'),
  'note.yaml': `entity: note\nfields:\n  id: identity\n  user_id: ${more}\n`,
})

/** Each row is a test: an edit, and all that it means. */
export const holdsRows = (rows: readonly Row[]): void =>
  it.each(rows.map(([name, before, after, ...lines]) => ({ name, before, after, lines })))(
    '$name',
    ({ after, before, lines }) => {
      expect(new Set(comparedLines(before, after))).toEqual(new Set(lines))
    },
  )
