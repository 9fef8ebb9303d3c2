import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { archivesOf } from '../../model/archive.js'
import type { Entity } from '../../model/entity.js'
import { summariesOf } from '../../model/summary.js'
import { entityRule, placeOf } from './rule.js'

function* repeated({ table, fields, origin }: Entity, what: string): Generator<Diagnostic> {
  const names = fields.map(({ name }) => name)
  for (const name of new Set(names.filter((one, position) => names.indexOf(one) !== position))) {
    yield report('duplicate-name', placeOf(origin, table), { kind: `fields of the ${what} \`${table}\``, name })
  }
}

/** What retention adds to an archive, or gathers in a summary, has names of its own; of columns Postgres' view tells it. */
export const derivedFields = entityRule('derived-fields', function* (entity) {
  if (entity.stores.includes('postgres')) return
  for (const archive of archivesOf(entity, 'mongo')) yield* repeated(archive, 'archive')
  for (const summary of summariesOf(entity)) yield* repeated(summary, 'summary')
})
