import type { Diagnostic } from '../../kernel/diagnostic.js'
import { type Span, span } from '../../kernel/source.js'
import type { Entity } from '../../model/entity.js'
import type { ObjectDefinition, SchemaSet } from '../../model/schema-set.js'
import type { Owner, Scope } from '../expression/index.js'

export interface RuleContext {
  readonly set: SchemaSet
  /** Whether a field's type could not be read: a rule stays silent about such a field. */
  readonly isBroken: (owner: string, field: string) => boolean
}

/** What a model must not say, or should not. A rule never depends on another having passed. */
export interface Rule {
  readonly name: string
  readonly check: (context: RuleContext) => Iterable<Diagnostic>
}

type EntityCheck = (entity: Entity, context: RuleContext) => Iterable<Diagnostic>

/** A rule that looks at one entity after the other. */
export const entityRule = (name: string, check: EntityCheck): Rule => ({
  name,
  *check(context) {
    for (const entity of context.set.entities) yield* check(entity, context)
  },
})

type OwnerCheck = (owner: Entity | ObjectDefinition, context: RuleContext) => Iterable<Diagnostic>

/** A rule that looks at whatever has fields: entities, then objects. */
export const ownerRule = (name: string, check: OwnerCheck): Rule => ({
  name,
  *check(context) {
    for (const owner of [...context.set.entities, ...context.set.objects]) yield* check(owner, context)
  },
})

export const scopeOf = ({ set, isBroken }: RuleContext, owner: Owner): Scope => ({ set, owner, isBroken })

const escaped = (name: string): string => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** The first place of a name as a whole word between two offsets, or null. */
const wordIn = ({ source }: Span, start: number, end: number, name: string): Span | null => {
  const word = new RegExp(`(?<![\\p{L}\\p{N}_])${escaped(name)}(?![\\p{L}\\p{N}_])`, 'u')
  const at = source.text.slice(start, end).search(word)
  return at === -1 ? null : span(source, start + at, start + at + name.length)
}

/** The place of a name within the stretch it was written in; the stretch itself when it is not found there. */
export const placeOf = (origin: Span, name: string): Span => wordIn(origin, origin.start, origin.end, name) ?? origin

/** The place of a name in the value of a key: the first behind the key, since the value follows at once. */
export const placeAfter = (key: Span, name: string): Span => wordIn(key, key.end, key.source.text.length, name) ?? key

/** Whether a key is written in a stretch: what is written and yet not in the model was reported when it was read. */
export const isKeyWritten = ({ source, start, end }: Span, key: string): boolean =>
  new RegExp(`(?<![^\\s{,?])(["']?)${escaped(key)}\\1\\s*:(?=\\s|$)`, 'u').test(source.text.slice(start, end))

/** The place of a key within the stretch it was written in; the stretch itself when it is not found there. */
export const keyIn = (origin: Span, key: string): Span => {
  const { source, start, end } = origin
  const before = new RegExp(`(?<![^\\s{,?])["']?(?=${escaped(key)}["']?\\s*:(?:\\s|$))`, 'u')
  const at = source.text.slice(start, end).search(before)
  return at === -1 ? origin : placeOf(span(source, start + at, end), key)
}

/** The place of a key of an entity, from its name to the end of its document; the name where the key is not found. */
export const keyOf = ({ origin }: Entity, key: string): Span => {
  const { source, start } = origin
  const length = source.text.slice(start).search(/^---/m)
  const whole = span(source, start, length === -1 ? source.text.length : start + length)
  const at = keyIn(whole, key)
  return at === whole ? origin : at
}
