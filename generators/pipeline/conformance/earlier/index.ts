import { type Diagnostic, report } from '../../../kernel/diagnostic.js'
import type { Entity } from '../../../model/entity.js'
import type { SchemaSet } from '../../../model/schema-set.js'
import { rowFields } from '../../../script/shapes.js'
import { meaning } from '../../meaning.js'
import { comparable } from '../comparable.js'
import type { Disagreement } from '../disagreement.js'
import { codeOf, jsonOf, type Members, memberOf, members } from '../rows/sample.js'
import { sampleRows } from '../rows/valid-rows.js'
import type { EarlierReader, Reading, ReadRow } from './reader.js'
import { distinctRows, type EarlierRow, earlierRows } from './rows.js'

/** A row of before that somebody reads as something else than is meant. */
export interface EarlierFinding {
  readonly disagreement: Disagreement
  readonly diagnostic: Diagnostic
}

export interface EarlierAsked {
  readonly rows: number
  readonly findings: readonly EarlierFinding[]
}

/** Everybody who reads what the stores of a set have. */
export interface Earlier {
  readonly set: SchemaSet
  readonly readers: readonly EarlierReader[]
}

const storeOf = ({ id }: EarlierReader) => (id === 'Postgres functions' ? 'postgres' : 'mongo')

/** What a row that was read has otherwise than is meant, in words. */
const misread = (
  set: SchemaSet,
  entity: Entity,
  store: 'postgres' | 'mongo',
  meant: Members,
  read: ReadRow,
): string | null => {
  const fields = rowFields(entity).map(({ field }) => field)
  const unknown = Object.keys(read).find((name) => !fields.some(({ property }) => property === name))
  if (unknown !== undefined) return `the row has ${unknown}, which is no field`
  for (const { name, property, type, stores } of fields) {
    if (!stores.includes(store)) continue
    const member = memberOf(meant, name)
    const wanted = member === undefined ? undefined : codeOf(member)
    const [said, expected] = [read[property], wanted].map((value) => comparable(meaning(set, type, value)))
    if (said !== expected) return `${name} is read as ${said}, not as ${expected}`
  }
  return null
}

/** What is wrong with a reading; null for nothing. */
const complaintOf = (
  set: SchemaSet,
  entity: Entity,
  reader: EarlierReader,
  row: EarlierRow,
  reading: Reading,
): string | null => {
  if (reading.kind === 'refused')
    return row.meant === null && reading.isStoredValueError ? null : `refused: ${reading.words}`
  if (row.meant === null) return 'read, though a value is missing that nothing stands for'
  return misread(set, entity, storeOf(reader), row.meant, reading.row) ?? reading.lost
}

const shown = ({ stored, field }: EarlierRow): string => {
  const about = field === null ? stored : members(stored.members.filter(({ name }) => name === field.name))
  return JSON.stringify(jsonOf(about))
}

const findingOf = (
  entity: Entity,
  row: EarlierRow,
  said: readonly { readonly judge: EarlierReader['id']; readonly words: string }[],
): EarlierFinding => {
  const [change, text] = [`stored before: ${row.change}`, shown(row)]
  const lines = said.map(({ judge, words }) => `> ${judge}: ${words.slice(0, 400)}`)
  return {
    disagreement: {
      entity: entity.name,
      field: row.field?.name ?? null,
      change,
      row: text,
      verdicts: said.map(({ judge, words }) => ({ judge, verdict: 'refused' as const, words })),
    },
    diagnostic: report('targets-disagree', row.field?.origin ?? entity.origin, {
      entity: entity.name,
      change,
      row: text,
      said: lines.join('\n'),
    }),
  }
}

/** Findings about an entity end here. */
const mostFindings = 5

/**
 * Asks who reads rows of an entity about some that were there before: with unknown keys, without fields, in other forms.
 * All of them read what is meant, or say that a value is missing; and an update of one field leaves the rest as it is.
 *
 * @param most so many rows
 * @param about a change that rows are asked about alone; every one where it is left out
 * @throws NoValue where no row of the entity can be made
 */
export const askEarlier = async (
  { set, readers }: Earlier,
  entity: Entity,
  seed: number,
  most: number,
  about?: string,
): Promise<EarlierAsked> => {
  const samples = readers.length === 0 ? [] : sampleRows(set, entity, seed, 4)
  const rows = samples.flatMap((row, at) => earlierRows(set, entity, row, samples.at(at - 1) ?? row))
  const asked = distinctRows(rows)
    .filter(({ change }) => about === undefined || change === about)
    .slice(0, most)
  const findings: EarlierFinding[] = []
  for (const row of asked) {
    const said: { readonly judge: EarlierReader['id']; readonly words: string }[] = []
    for (const reader of readers) {
      if (!row.stores.includes(storeOf(reader)) || !entity.stores.includes(storeOf(reader))) continue
      if (row.field !== null && !row.field.stores.includes(storeOf(reader))) continue
      const reading = await reader.read(entity, row)
      const words = reading === null ? null : complaintOf(set, entity, reader, row, reading)
      if (words !== null) said.push({ judge: reader.id, words })
    }
    if (said.length > 0) findings.push(findingOf(entity, row, said))
    if (findings.length === mostFindings) break
  }
  return { rows: asked.length, findings }
}

export const joinEarlier = (asked: readonly EarlierAsked[]): EarlierAsked => ({
  rows: asked.reduce((sum, { rows }) => sum + rows, 0),
  findings: asked.flatMap(({ findings }) => findings),
})
