import { unreachable } from '../kernel/bug.js'
import { docComment, proseOf, stringLiteral } from '../kernel/safe/typescript.js'
import type { SchemaSet } from '../model/schema-set.js'
import { type Brand, type IdType, type Type, typesWithin } from '../model/type.js'
import { type Code, trusted } from '../script/code.js'
import { type ModuleKind, moduleText } from '../script/module.js'
import { header, idTypeName } from '../script/names.js'
import { queryFields } from '../script/query.js'
import { capitalised, spoken, withArticle } from './words.js'

const isId = (type: Type): type is IdType =>
  type.kind === 'snowflake' || type.kind === 'identity' || type.kind === 'uuid' || type.kind === 'objectid'

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

const idCode = (id: IdType): Code =>
  trusted(`${docComment(proseOf(idDoc(id)))}export type ${idTypeName(id)} = Id<${stringLiteral(tagOf(id))}>`)

const branding = trusted(
  [
    'declare const brand: unique symbol\n',
    '/** A string that only its own kind of id accepts; to the program it is opaque. */',
    'type Id<Of extends string> = string & { readonly [brand]: Of }',
  ].join('\n'),
)

/** The module of all ids of a set: a branded string for each thing that has one. */
export const idsModule = (setName: string, ids: readonly IdType[], kind: ModuleKind): string =>
  moduleText({ path: 'typescript/ids', kind, header: header(setName), body: [branding, ...ids.map(idCode)] })
