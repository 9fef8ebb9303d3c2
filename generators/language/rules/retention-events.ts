import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import type { Entity } from '../../model/entity.js'
import type { Field } from '../../model/field.js'
import { findField, isKeyField } from '../../model/lookup.js'
import type { Erasure } from '../../model/retention.js'
import { type Brand, typesWithin } from '../../model/type.js'
import { entityRule, placeOf, type RuleContext } from './rule.js'

/** Discord's things that are no persons: an id of one says nothing about anybody. */
const impersonal: ReadonlySet<Brand> = new Set([
  'guild',
  'channel',
  'role',
  'message',
  'emoji',
  'sticker',
  'webhook',
  'thread',
])

const brandsOf = ({ type }: Field): readonly Brand[] =>
  [...typesWithin(type)].flatMap((inner) => ('brand' in inner ? [inner.brand] : []))

const holdsIdOf = (entity: Entity, brands: readonly Brand[]): boolean =>
  entity.name === brands[0] || entity.fields.some((field) => brandsOf(field).some((brand) => brands.includes(brand)))

const holdsPerson = (field: Field): boolean => field.personal || brandsOf(field).some((brand) => !impersonal.has(brand))

type EraseProblem = 'required' | 'no-person' | 'key' | 'twice'

const eraseProblem = (entity: Entity, field: Field, { rule }: Erasure): EraseProblem | null => {
  if (!holdsPerson(field)) return 'no-person'
  if (rule.kind !== 'null') return null
  if (isKeyField(entity, field)) return 'key'
  return field.nullable ? null : 'required'
}

function* eraseFindings(entity: Entity, erase: readonly Erasure[], { isBroken }: RuleContext): Generator<Diagnostic> {
  for (const [position, erasure] of erase.entries()) {
    const at = placeOf(erasure.origin, erasure.field)
    const isTwice = erase.slice(0, position).some(({ field }) => field === erasure.field)
    if (isTwice) yield report('erase-misuse', at, { field: erasure.field, problem: 'twice' })
    const field = findField(entity, erasure.field)
    if (field === undefined || isBroken(entity.name, field.name)) continue
    const problem = eraseProblem(entity, field, erasure)
    if (problem !== null) yield report('erase-misuse', at, { field: field.name, problem })
  }
}

/** What happens when a guild or a member leaves, or a person is erased, is said where there is one. */
export const retentionEvents = entityRule('retention-events', function* (entity, context) {
  const { retention } = entity
  if (retention === null) return
  const { guildLeave, memberLeave, erase } = retention
  const isUnclear = entity.fields.some(({ name }) => context.isBroken(entity.name, name))
  const hasGuild = isUnclear || holdsIdOf(entity, ['guild'])
  const hasMember = isUnclear || (hasGuild && holdsIdOf(entity, ['user', 'member', 'guild_member']))
  if (guildLeave !== null && !hasGuild) yield report('retention-event', guildLeave.origin, { problem: 'no-guild' })
  if (memberLeave !== null && !hasMember) yield report('retention-event', memberLeave.origin, { problem: 'no-member' })
  yield* eraseFindings(entity, erase, context)
})
