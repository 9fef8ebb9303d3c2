import { unreachable } from '../kernel/bug.js'
import { docComment, proseOf, stringLiteral } from '../kernel/safe/typescript.js'
import type { SchemaSet } from '../model/schema-set.js'
import { type Brand, type Type, typesWithin } from '../model/type.js'
import { type Code, trusted } from '../script/code.js'
import { type ModuleKind, moduleText } from '../script/module.js'
import { brandTypeName, header } from '../script/names.js'
import { capitalised, spoken, withArticle } from './words.js'

type IdKind = 'snowflake' | 'identity' | 'uuid' | 'objectid'

/** A kind of id that the set uses. */
export interface UsedBrand {
  readonly brand: Brand
  readonly kind: IdKind
}

const brandOf = (type: Type): UsedBrand | null =>
  type.kind === 'snowflake' || type.kind === 'identity' || type.kind === 'uuid' || type.kind === 'objectid'
    ? { brand: type.brand, kind: type.kind }
    : null

/** Every brand of the set, by the name of its type. */
export const usedBrands = (set: SchemaSet): readonly UsedBrand[] => {
  const found = new Map<string, UsedBrand>()
  for (const owner of [...set.entities, ...set.objects]) {
    for (const field of owner.fields) {
      for (const type of typesWithin(field.type)) {
        const used = brandOf(type)
        if (used !== null && !found.has(used.brand)) found.set(used.brand, used)
      }
    }
  }
  return [...found.values()].sort((a, b) => (brandTypeName(a.brand) < brandTypeName(b.brand) ? -1 : 1))
}

const idDoc = ({ brand, kind }: UsedBrand): string => {
  const whose = brand === kind ? null : spoken(brand)
  switch (kind) {
    case 'snowflake':
      return whose === null
        ? 'A Discord snowflake: 1 to 19 digits.'
        : `${capitalised(withArticle(whose))}'s Discord snowflake: 1 to 19 digits.`
    case 'identity':
      return `The key of ${withArticle(spoken(brand))}, made by the store.`
    case 'uuid':
      return whose === null ? 'A UUID, in lower case.' : `The UUID of ${withArticle(whose)}, in lower case.`
    case 'objectid':
      return `The 24 hexadecimal digits of ${whose === null ? 'an ObjectId' : `${withArticle(whose)}'s ObjectId`}.`
    default:
      return unreachable(kind)
  }
}

const idCode = (used: UsedBrand): Code =>
  trusted(
    `${docComment(proseOf(idDoc(used)))}export type ${brandTypeName(used.brand)} = Id<${stringLiteral(used.brand)}>`,
  )

const branding = trusted(
  [
    'declare const brand: unique symbol\n',
    '/** A string that only its own kind of id accepts; to the program it is opaque. */',
    'type Id<Of extends string> = string & { readonly [brand]: Of }',
  ].join('\n'),
)

/** The module of all ids of a set: a branded string for each thing that has one. */
export const idsModule = (setName: string, brands: readonly UsedBrand[], kind: ModuleKind): string =>
  moduleText({ path: 'typescript/ids', kind, header: header(setName), body: [branding, ...brands.map(idCode)] })
