import { report } from '../../kernel/diagnostic.js'
import { spanIn } from '../../kernel/place.js'
import type { Span } from '../../kernel/source.js'
import {
  type Default,
  type Expression,
  type Field,
  type Reference,
  type Store,
  type Type,
  undescribed,
} from '../../model/index.js'
import { type ReferenceAction, referenceActions } from '../../model/words.js'
import { parseExpression } from '../expression/index.js'
import type { Entry, Scalar } from '../load/node.js'
import { readDefault } from './defaults.js'
import { fieldNameProblem } from './field-names.js'
import type { Link } from './links.js'
import {
  bands,
  deprecation,
  encryption,
  enforceIn,
  rawMongo,
  rawPostgres,
  storesIn,
  suggestions,
  textIn,
  truthIn,
} from './parts.js'
import { truthOf } from './read.js'
import type { Place, Scope, SetDefaults } from './scope.js'
import { resolveWritten } from './types.js'
import { entryIn, nodeIn, readWritten, type Written } from './written.js'

/** A field with what it says beside itself. `written` is null when it could not be read at all. */
export interface ResolvedField {
  readonly field: Field
  readonly reference: Reference | null
  readonly written: Written | null
  readonly broken: boolean
}

/** Parses a predicate at its place. */
export const readExpression = (scope: Scope, node: Scalar): Expression | null => {
  const { value, diagnostics } = parseExpression(node.text, (start, end) => spanIn(node, start, end))
  for (const diagnostic of diagnostics) scope.found(diagnostic)
  return value
}

const actionIn = (written: Written, key: string): ReferenceAction =>
  referenceActions.find((action) => action === textIn(written, key)) ?? 'no action'

const referenceOf = (written: Written, field: string, link: Link): Reference => {
  const enforced = nodeIn(written, 'enforced')
  const onDelete = actionIn(written, 'on_delete')
  return {
    fields: [field],
    to: { entity: link.entity, fields: [link.field] },
    onDelete,
    onUpdate: actionIn(written, 'on_update'),
    setNull: onDelete === 'set null' ? [field] : [],
    enforced: enforced === null || truthOf(enforced) !== false,
    name: null,
    origin: written.at,
  }
}

const optionsOfReferences = ['on_delete', 'on_update', 'enforced'] as const

/** `on_delete` and the like say nothing where there is no reference. */
const refuseOptions = (written: Written): void => {
  if (/\bref\(/.test(written.source.text) || written.text.type.name === 'ref') return
  for (const layer of written.layers) {
    for (const { key } of layer.entries) {
      if (!optionsOfReferences.some((option) => option === key.text)) continue
      written.place.scope.found(
        report('option-not-for-type', key.at, { option: key.text, type: written.text.type.name }),
      )
    }
  }
}

/** A key that the store makes: an identity that refers to nothing, or the uuid or objectid that is a whole key. */
const madeByStore = (type: Type, link: Link | null, { entity, keyOf }: Place, hasDefault: boolean): boolean => {
  // Inside an object there are no keys: an identity there points at a row.
  if (link !== null || hasDefault || entity === null) return false
  return type.kind === 'identity' || (keyOf !== null && (type.kind === 'uuid' || type.kind === 'objectid'))
}

/** An object's own `_id` is made where it is left out, as Mongoose does it in lists of objects. */
const madeInside = (name: string, type: Type, written: Written, { entity }: Place, origin: Span): Default | null =>
  entity === null && name === '_id' && !written.nullable && (type.kind === 'objectid' || type.kind === 'uuid')
    ? { kind: 'id', of: type.kind, origin }
    : null

/** `gone` lists former values and former fields of what is written in place. */
const refuseGone = (written: Written): void => {
  const entry = entryIn(written, 'gone')
  const isInPlace = nodeIn(written, 'values') !== null || nodeIn(written, 'fields') !== null
  if (entry === null || isInPlace || /\benum\(/.test(written.source.text)) return
  const { name } = written.text.type
  written.place.scope.found(report('option-not-for-type', entry.key.at, { option: 'gone', type: name }))
}

/** What stands inside of an object is enforced with the whole field. */
const refuseInside = (written: Written): void => {
  const entry = written.place.entity === null ? entryIn(written, 'enforce') : null
  if (entry !== null) written.place.scope.found(report('enforce-inside', entry.key.at, {}))
}

const brokenField = (entry: Entry, name: string, optional: boolean, stores: readonly Store[]): Field => ({
  ...undescribed,
  name,
  property: name,
  type: { kind: 'json', as: 'jsonb' },
  nullable: true,
  optional,
  stores,
  origin: entry.key.at,
})

/** What `code:` calls a field; null where it says nothing, or what no object in code can have. */
const propertyOf = (written: Written): string | null => {
  const node = nodeIn(written, 'code')
  if (node?.kind !== 'scalar') return null
  const problem = fieldNameProblem(node, node.text, 'a field in code')
  if (problem !== null) written.place.scope.found(problem)
  return problem === null ? node.text : null
}

/** Resolves one entry of `fields`. `optional` is what the `?` on its name said. */
export const resolveField = (
  entry: Entry,
  name: string,
  optional: boolean,
  place: Place,
  around: Pick<SetDefaults, 'stores' | 'enforce'>,
): ResolvedField => {
  const { scope } = place
  const written = readWritten(entry.value, place)
  const resolved = written && resolveWritten(written)
  if (written === null || resolved === null) {
    return { field: brokenField(entry, name, optional, around.stores), reference: null, written, broken: true }
  }
  refuseOptions(written)
  refuseGone(written)
  refuseInside(written)
  const { type, link, refersTo } = resolved
  const said = written.default && readDefault(scope, type, written.nullable, written.default)
  const isOwn = written.default === null && !optional && refersTo.length === 0
  const own = isOwn ? madeInside(name, type, written, place, entry.key.at) : said
  const computed = nodeIn(written, 'generated')
  const generated = computed?.kind === 'scalar' ? readExpression(scope, computed) : null
  // One literal, not a spread of parts: V8 keeps it a fast object, and there are thousands.
  const field: Field = {
    name,
    property: propertyOf(written) ?? name,
    type,
    nullable: written.nullable,
    optional,
    summary: textIn(written, 'summary'),
    notes: textIn(written, 'notes'),
    default: own,
    generated,
    maintained: madeByStore(type, link, place, own !== null) ? 'store' : null,
    immutable: truthIn(written, 'immutable'),
    enforce: enforceIn(around.enforce, written),
    suggest: suggestions(written, type),
    bands: bands(written),
    encrypted: encryption(written),
    personal: truthIn(written, 'personal'),
    deprecated: deprecation(written),
    was: textIn(written, 'was'),
    stores: storesIn(around.stores, nodeIn(written, 'stores')),
    postgres: rawPostgres(written),
    mongo: rawMongo(written),
    refersTo,
    origin: entry.key.at,
  }
  const broken = (written.default !== null && own === null) || (computed !== null && generated === null)
  return { field, reference: link && referenceOf(written, name, link), written, broken }
}
