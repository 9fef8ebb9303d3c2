import { report } from '../../kernel/diagnostic.js'
import type { Entity } from '../../model/entity.js'
import type { Origin } from '../../model/origin.js'
import { entityRule } from './rule.js'

/** A name that was given, and of what; null where botschema makes one. */
interface Given {
  readonly name: string | null
  readonly what: string
  readonly at: Origin
}

const ofFields = ({ fields }: Entity): readonly Given[] =>
  fields.flatMap(({ encrypted, origin, postgres, was }) => [
    { name: was, what: 'a field', at: origin },
    { name: postgres.collation, what: 'a collation', at: origin },
    { name: encrypted === null ? null : encrypted.key, what: 'a secret', at: origin },
  ])

const ofRetention = ({ retention }: Entity): readonly Given[] =>
  retention?.lifecycle?.kind !== 'steps'
    ? []
    : retention.lifecycle.steps.flatMap(({ action, before, origin, summarise }) => [
        { name: action.kind === 'archive' ? action.into : null, what: 'an archive', at: origin },
        { name: before, what: 'a hook', at: origin },
        { name: summarise === null ? null : summarise.into, what: 'a summary', at: origin },
      ])

const ofEntity = (entity: Entity): readonly Given[] => [
  { name: entity.table, what: 'a table', at: entity.origin },
  { name: entity.model, what: 'a model', at: entity.origin },
  { name: entity.was, what: 'an entity', at: entity.origin },
  ...entity.uniques.map(({ name, origin }) => ({ name, what: 'a unique rule', at: origin })),
  ...entity.references.map(({ name, origin }) => ({ name, what: 'a reference', at: origin })),
  ...entity.indexes.map(({ name, origin }) => ({ name, what: 'an index', at: origin })),
  ...[...entity.checks, ...entity.postgres.checks].map(({ name, origin }) => ({ name, what: 'a check', at: origin })),
  ...entity.queries.map(({ name, origin }) => ({ name, what: 'a query', at: origin })),
]

/** No store and no language has a name of no characters, or one of blanks that nobody sees. */
export const emptyNames = entityRule('empty-names', function* (entity) {
  for (const { name, what, at } of [...ofEntity(entity), ...ofFields(entity), ...ofRetention(entity)]) {
    if (name !== null && name.trim() === '')
      yield report('invalid-name', at, { name, what, form: 'a name that can be seen' })
  }
})
