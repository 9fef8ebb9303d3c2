import { unreachable } from '../kernel/bug.js'
import { docComment, proseOf } from '../kernel/safe/typescript.js'
import type { SchemaSet } from '../model/schema-set.js'
import { type Brand, type IdType, isId, typesWithin } from '../model/type.js'
import { type Code, code, text, trusted } from '../script/code.js'
import { type ModuleKind, moduleText } from '../script/module.js'
import { header, idSchemaName, idTypeName } from '../script/names.js'
import { queryFields } from '../script/query.js'
import { runtimeType } from '../script/runtime.js'
import { capitalised, spoken, withArticle } from './words.js'

const byTypeName = (a: IdType, b: IdType): number => (idTypeName(a) < idTypeName(b) ? -1 : 1)

/** A type of each kind of ids that the set uses, by the name of its type in code. */
export const usedIds = (set: SchemaSet): readonly IdType[] => {
  const found = new Map<string, IdType>()
  const fields = [...set.entities, ...set.objects].flatMap((owner) => owner.fields)
  for (const { type } of [...fields, ...set.entities.flatMap((entity) => queryFields(set, entity))]) {
    for (const id of typesWithin(type).filter(isId)) {
      const key = `${id.brand} ${idTypeName(id)}`
      found.set(key, found.get(key) ?? id)
    }
  }
  return [...found.values()].sort(byTypeName)
}

const kindDoc = (brand: Brand, kind: IdType['kind']): string => {
  const whose = brand === kind ? null : withArticle(spoken(brand))
  switch (kind) {
    case 'snowflake':
      return `${capitalised(whose === null ? 'a' : `${whose}'s`)} Discord snowflake: 1 to 19 digits.`
    case 'identity':
      return `The key of ${whose ?? 'a row'}, made by the store.`
    case 'uuid':
      return whose === null ? 'A UUID, in lower case.' : `The UUID of ${whose}, in lower case.`
    case 'objectid':
      return whose === null
        ? 'The 24 hexadecimal digits of an ObjectId.'
        : `The ObjectId of ${whose}: 24 hexadecimal digits.`
    default:
      return unreachable(kind)
  }
}

/** `user`, and `user row` for what only the store knows a user by: no brand has a space. */
const tagOf = (id: IdType): string => (isOfRow(id) ? `${id.brand} row` : id.brand)

const isOfRow = (id: IdType): boolean => id.kind !== 'snowflake' && id.row

const idDoc = (id: IdType): string => {
  const doc = kindDoc(id.brand, id.kind)
  return isOfRow(id)
    ? `${doc} Discord's own id of it is a \`${idTypeName({ kind: 'snowflake', brand: id.brand, as: null })}\`.`
    : doc
}

/** How a program that has a string comes to an id of a set with or without validators. */
const makingDoc = ({ targets }: SchemaSet, id: IdType): string => {
  const made = targets.zod === null ? `text as ${idTypeName(id)}` : `${idSchemaName(id)}.parse(text)`
  return `\`${made}\` makes one of a plain string.`
}

const idCode = (set: SchemaSet, id: IdType): Code => {
  const doc = docComment(proseOf(`${idDoc(id)} ${makingDoc(set, id)}`))
  return code`${trusted(`${doc}export type ${idTypeName(id)} =`)} ${runtimeType('v1', 'Id')}<${text(tagOf(id))}>`
}

/** The module of all ids of a set: a branded string for each thing that has one. */
export const idsModule = (set: SchemaSet, ids: readonly IdType[], kind: ModuleKind): string =>
  moduleText({ path: 'typescript/ids', kind, header: header(set.name), body: ids.map((id) => idCode(set, id)) })
