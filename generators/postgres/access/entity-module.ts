import { docComment, proseOf } from '../../kernel/safe/typescript.js'
import { type Code, code, joined, text, trusted } from '../../script/code.js'
import { encryptedIn } from '../../script/encryption.js'
import { type ModuleKind, moduleText } from '../../script/module.js'
import { header } from '../../script/names.js'
import { queriesMember } from '../storage/queries.js'
import { tableCode } from '../storage/table.js'
import { shownColumns } from './columns.js'
import { encryptedCode } from './encrypted.js'
import { listsCode } from './lists.js'
import { valuesFunction } from './new-row.js'
import { type NamedStatement, queriesCode } from './queries.js'
import { readingMembers } from './reading.js'
import { getCode } from './reads.js'
import { statement } from './statement.js'
import { constraints, type Subject, tableSql, validator, zod } from './subject.js'
import { changeCode, insertCode } from './writes.js'

const columnsConstant = (subject: Subject): Code =>
  code`${trusted(docComment(proseOf('What a statement returns of a row.')))}const columns = ${statement`${shownColumns(subject, subject.entity)}`}`

const tableConstant = (subject: Subject): Code => code`const table = {
  entity: ${text(subject.entity.name)},
  name: ${text(subject.entity.table)},
  sql: ${text(tableSql(subject))},
  columns,
  ${constraints},
  codecs: ${validator(subject, subject.names.columns)},
  row: ${zod}.object(${validator(subject, subject.names.columns)}),
${joined(readingMembers(subject, subject.entity, '  '), '')}}`

const bodyOf = (subject: Subject, statements: readonly NamedStatement[]): readonly Code[] => {
  const isEncrypted = encryptedIn(subject.entity, 'postgres').length > 0
  return [
    columnsConstant(subject),
    tableConstant(subject),
    ...(isEncrypted ? encryptedCode(subject) : [valuesFunction(subject), ...insertCode(subject)]),
    ...getCode(subject),
    ...listsCode(subject),
    ...changeCode(subject),
    ...queriesCode(subject, statements),
    tableCode(subject, queriesMember(subject, statements)),
  ]
}

/** The module of an entity: one function for each thing that is done to its rows. */
export const entityModule = (subject: Subject, statements: readonly NamedStatement[], kind: ModuleKind): string =>
  moduleText({
    path: `postgres/${subject.names.module}`,
    kind,
    header: header(subject.set.name),
    body: bodyOf(subject, statements),
  })
