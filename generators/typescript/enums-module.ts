import { docComment, proseOf, valueLiteral } from '../kernel/safe/typescript.js'
import type { EnumDefinition, EnumValue } from '../model/schema-set.js'
import { type Code, trusted } from '../script/code.js'
import { type ModuleKind, moduleText } from '../script/module.js'
import { enumListName, enumTypeName, header } from '../script/names.js'
import { asSentence } from './words.js'

const lineWidth = 120

const member = ({ value, summary }: EnumValue): string =>
  `${docComment(proseOf(summary), '  ')}  | ${valueLiteral(value)}`

const unionCode = (definition: EnumDefinition): string => {
  const start = `export type ${enumTypeName(definition.name)} =`
  const line = `${start} ${definition.values.map(({ value }) => valueLiteral(value)).join(' | ')}`
  const explained = definition.values.some(({ summary }) => summary !== null)
  return explained || line.length > lineWidth ? `${start}\n${definition.values.map(member).join('\n')}` : line
}

const listCode = (definition: EnumDefinition): string => {
  const values = definition.values.map(({ value }) => valueLiteral(value))
  const start = `export const ${enumListName(definition.name)} = [`
  const end = `] as const satisfies readonly ${enumTypeName(definition.name)}[]`
  const line = `${start}${values.join(', ')}${end}`
  return line.length > lineWidth ? `${start}\n${values.map((value) => `  ${value},\n`).join('')}${end}` : line
}

const enumCode = (definition: EnumDefinition): Code => {
  const doc = docComment(proseOf(definition.summary === null ? null : asSentence(definition.summary)))
  return trusted(`${doc}${unionCode(definition)}\n${listCode(definition)}`)
}

/** The module of all enums of a set: each as a union of literals, and its values as a list. */
export const enumsModule = (setName: string, enums: readonly EnumDefinition[], kind: ModuleKind): string =>
  moduleText({ path: 'typescript/enums', kind, header: header(setName), body: enums.map(enumCode) })
