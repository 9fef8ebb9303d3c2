import { code, joined, type Markdown, md, prose, sentence } from '../kernel/safe/markdown.js'
import type { EnumDefinition, EnumValue } from '../model/schema-set.js'
import { type Table, tableOf } from './table.js'

const meaning = (value: EnumValue): Markdown =>
  joined([sentence(prose(value.summary ?? '')), value.was === null ? md`` : md`Was ${code(value.was)}.`], ' ')

/** The values of an enum with what they mean. */
export const valueTable = (definition: EnumDefinition): Table | null =>
  tableOf(definition.values, [
    { head: md`value`, cell: (value) => code(String(value.value)) },
    { head: md`meaning`, cell: meaning },
  ])
