import { unreachable } from '../kernel/bug.js'
import { plural } from '../kernel/identifiers.js'
import { code, joined, link, type Markdown, md, text } from '../kernel/safe/markdown.js'
import type { EnumDefinition, ObjectDefinition } from '../model/schema-set.js'
import type { Brand, DurationType, TextType, TimestampType, Type } from '../model/type.js'
import { withArticle, wordsOf } from './names.js'

/** Where the names in a type lead from the page it is shown on; null where there is nothing to lead to. */
export interface TypeLinks {
  /** The entity whose page it is: its own ids need not say whose they are. */
  readonly self: string | null
  readonly entity: (name: string) => string | null
  readonly object: (name: string) => { readonly definition: ObjectDefinition; readonly href: string | null }
  readonly enumeration: (name: string) => { readonly definition: EnumDefinition; readonly href: string | null }
}

type Bound = number | bigint | string | null

/** `, 2 to 32 characters`, `, at least 0`: bounds are inclusive. */
const bounds = (min: Bound, max: Bound, unit: string): Markdown => {
  if (min === null && max === null) return md``
  const tail = unit === '' ? '' : ` ${max === 1 || (max === null && min === 1) ? unit.replace(/s$/, '') : unit}`
  if (max === null) return text(`, at least ${min}${tail}`)
  if (min === null) return text(`, at most ${max}${tail}`)
  return min === max ? text(`, exactly ${max}${tail}`) : text(`, ${min} to ${max}${tail}`)
}

const bareBrands: ReadonlySet<Brand> = new Set(['snowflake', 'uuid', 'objectid'])

const ofBrand = (kind: string, brand: Brand, links: TypeLinks): Markdown => {
  if (bareBrands.has(brand) || brand === links.self) return text(kind)
  const href = links.entity(brand)
  const words = wordsOf(brand)
  return href === null
    ? text(`${kind} of ${withArticle(words)}`)
    : md`${text(`${kind} of ${withArticle(words).split(' ')[0]}`)} ${link(text(words), href)}`
}

/** Up to this many values stand in the table itself; more have a list of their own. */
const valuesInACell = 6

/** Whether an enum says more than fits in the cell of a field: it has meanings, or many values. */
export const hasOwnList = (definition: EnumDefinition): boolean =>
  definition.values.length > valuesInACell ||
  definition.values.some((value) => value.summary !== null || value.was !== null)

/** What an object or an enum is called on the page of `self`: an inline one by where it stands, the others by their name. */
export const typeTitle = (
  { name, inline }: { readonly name: string; readonly inline: string | null },
  self: string | null,
): string => {
  if (inline === null) return name
  return self !== null && inline.startsWith(`${self}.`) ? inline.slice(self.length + 1) : inline
}

const enumText = (name: string, links: TypeLinks): Markdown => {
  const { definition, href } = links.enumeration(name)
  if (href !== null && hasOwnList(definition)) return link(code(typeTitle(definition, links.self)), href)
  return joined(
    definition.values.map(({ value }) => code(String(value))),
    ' · ',
  )
}

const objectText = (name: string, links: TypeLinks): Markdown => {
  const { definition, href } = links.object(name)
  const label = code(typeTitle(definition, links.self))
  return href === null ? label : link(label, href)
}

const plain = {
  boolean: 'boolean',
  date: 'date',
  time: 'time of day',
  json: 'JSON',
  identity: 'identity',
  snowflake: 'snowflake',
  uuid: 'UUID',
  objectid: 'ObjectId',
} as const

const formats = { url: 'URL', email: 'e-mail address', color: 'colour' } as const

const textType = (type: TextType, many: boolean): Markdown => {
  const pattern = type.pattern === null ? md`` : md`, matching ${code(type.pattern.source)}`
  return md`${text(many ? 'texts' : 'text')}${bounds(type.minLength, type.maxLength, 'characters')}${pattern}`
}

const durationText = ({ unit, min, max }: DurationType): Markdown =>
  md`duration in ${text(unit === 'ms' ? 'milliseconds' : unit)}${bounds(min, max, '')}`

const timestampText = ({ form }: TimestampType, many: boolean): Markdown =>
  md`${text(many ? 'timestamps' : 'timestamp')}${form === 'milliseconds' ? md`, as milliseconds since 1970` : md``}`

/**
 * A type in words, with links to what it names.
 *
 * @param many whether it stands after `list of`
 */
export const typeText = (type: Type, links: TypeLinks, many = false): Markdown => {
  const noun = (word: string): Markdown => text(many ? plural(word) : word)
  switch (type.kind) {
    case 'snowflake':
    case 'identity':
    case 'uuid':
    case 'objectid':
      return ofBrand(many ? plural(plain[type.kind]) : plain[type.kind], type.brand, links)
    case 'boolean':
    case 'date':
      return noun(plain[type.kind])
    case 'time':
    case 'json':
      return text(plain[type.kind])
    case 'text':
      return textType(type, many)
    case 'integer':
      return md`${noun(type.width)}${bounds(type.min, type.max, '')}`
    case 'bigint':
      return md`${noun(type.form)}${bounds(type.min, type.max, '')}`
    case 'float':
      return md`${noun(type.width === 'real' ? 'real' : 'float')}${bounds(type.min, type.max, '')}`
    case 'decimal':
      return md`${noun('decimal')} of ${type.precision} digits, ${type.scale} after the point${bounds(type.min, type.max, '')}`
    case 'timestamp':
      return timestampText(type, many)
    case 'duration':
      return durationText(type)
    case 'format':
      return md`${noun(formats[type.format])}${bounds(type.minLength, type.maxLength, 'characters')}`
    case 'object':
      return objectText(type.object, links)
    case 'list':
      return md`${noun('list')} of ${typeText(type.of, links, true)}${bounds(type.minItems, type.maxItems, 'items')}`
    case 'map':
      return md`${noun('map')} of ${typeText(type.of, links, true)}${bounds(type.minItems, type.maxItems, 'keys')}`
    case 'enum':
      return enumText(type.enum, links)
    case 'bytes':
      return md`bytes${bounds(type.minLength, type.maxLength, 'bytes')}`
    case 'vector':
      return md`${noun('vector')} of ${type.dimensions} numbers`
    case 'union':
      return joined(
        type.of.map((member) => typeText(member, links)),
        ' or ',
      )
    default:
      return unreachable(type)
  }
}
