import { unreachable } from '../kernel/bug.js'
import { docComment, proseOf, stringLiteral } from '../kernel/safe/typescript.js'
import type { SchemaSet } from '../model/schema-set.js'
import { type Brand, type Type, typesWithin } from '../model/type.js'
import { type Code, trusted } from '../script/code.js'
import { type ModuleKind, moduleText } from '../script/module.js'
import { brandTypeName, header } from '../script/names.js'
import { capitalised, spoken, withArticle } from './words.js'

type IdKind = 'snowflake' | 'identity' | 'uuid' | 'objectid'

/** Ids of one brand that the set uses. Of several kinds, when a thing's key is not what others know it by. */
export interface UsedBrand {
  readonly brand: Brand
  readonly kinds: readonly IdKind[]
}

const idOf = (type: Type): { readonly brand: Brand; readonly kind: IdKind } | null =>
  type.kind === 'snowflake' || type.kind === 'identity' || type.kind === 'uuid' || type.kind === 'objectid'
    ? type
    : null

/** Every brand of the set, by the name of its type. */
export const usedBrands = (set: SchemaSet): readonly UsedBrand[] => {
  const found = new Map<Brand, Set<IdKind>>()
  for (const { type } of [...set.entities, ...set.objects].flatMap(({ fields }) => fields)) {
    for (const inner of typesWithin(type)) {
      const id = idOf(inner)
      if (id !== null) found.set(id.brand, (found.get(id.brand) ?? new Set()).add(id.kind))
    }
  }
  return [...found]
    .map(([brand, kinds]) => ({ brand, kinds: [...kinds].sort() }))
    .sort((a, b) => (brandTypeName(a.brand) < brandTypeName(b.brand) ? -1 : 1))
}

const kindDoc = (brand: Brand, kind: IdKind): string => {
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

const idDoc = ({ brand, kinds }: UsedBrand): string => kinds.map((kind) => kindDoc(brand, kind)).join(' ')

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
