import type { Entity } from '../../model/entity.js'
import type { SchemaSet } from '../../model/schema-set.js'
import type { Type } from '../../model/type.js'
import { jsonOfValue } from '../../script/json-form.js'
import { meaning, withSpelledDecimals } from '../meaning.js'
import { comparable } from './comparable.js'
import type { Stored } from './judges/judge.js'
import type { ParsedValue } from './judges/zod.js'
import { codeOf, type Members, storedJsonOf, unsaid } from './rows/sample.js'

/** A field's value as given and as read: in code where code has a form for what was given, else in JSON. */
const compared = (set: SchemaSet, type: Type, given: Members['members'][number], read: unknown): Stored => {
  const code = codeOf(given.value)
  const before = code === unsaid ? storedJsonOf(given.value) : code
  const after = code === unsaid && read !== null && read !== undefined ? jsonOfValue(set, type, read) : read
  const words = `${given.name} ${comparable(before)} came back as ${comparable(after)}`
  if (comparable(before) === comparable(after)) return { became: 'equal', words: '' }
  // Of decimals one spelling is promised: what is spelled in another way is another.
  if (comparable(withSpelledDecimals(set, type, after)) !== comparable(after)) return { became: 'another', words }
  const isSame = comparable(meaning(set, type, before)) === comparable(meaning(set, type, after))
  return { became: isSame ? 'respelt' : 'another', words }
}

const order = ['equal', 'respelt', 'another', 'no row'] as const

/** What became of a row on its way through a store, where a codec reads it; only the members given are compared. */
export const readBack = (set: SchemaSet, entity: Entity, given: Members, parsed: ParsedValue): Stored => {
  if (!parsed.success) {
    const words = (parsed.error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')
    return { became: 'no row', words }
  }
  const row = parsed.data as Readonly<Record<string, unknown>>
  const fields = given.members.flatMap((member): readonly Stored[] => {
    const field = entity.fields.find(({ name }) => name === member.name)
    return field === undefined || field.encrypted !== null
      ? []
      : [compared(set, field.type, member, row[field.property])]
  })
  const worst = order.findLast((became) => fields.some((one) => one.became === became)) ?? 'equal'
  return {
    became: worst,
    words: fields
      .map(({ words }) => words)
      .filter((words) => words !== '')
      .join('; '),
  }
}
