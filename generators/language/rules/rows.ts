import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import type { Check, Entity, Row } from '../../model/entity.js'
import { fieldsRead } from '../../model/expression.js'
import { type Field, mayBeLeftOut } from '../../model/field.js'
import { findField, keyFieldsOf } from '../../model/lookup.js'
import type { JsonValue } from '../../model/origin.js'
import { evaluatePredicate } from '../expression/index.js'
import { entityRule, isKeyWritten, placeOf, type RuleContext, scopeOf } from './rule.js'
import { fixedValue, soundChecks } from './sound-checks.js'
import { valueProblem } from './value-problem.js'

type What = 'example' | 'seed row'

/** What an insert of the row stores in a field; `undefined` when only the store knows. */
const storedValue = (field: Field, row: Row): JsonValue | undefined => {
  const given = row.values.find((value) => value.field === field.name)
  if (given !== undefined) return given.value
  if (field.default !== null) return fixedValue(field.default)
  const isMade = field.maintained !== null || field.generated !== null || field.postgres.default !== null
  return isMade ? undefined : null
}

function* ofValues(entity: Entity, row: Row, what: What, { set, isBroken }: RuleContext): Generator<Diagnostic> {
  for (const { field: name, value, origin } of row.values) {
    const field = findField(entity, name)
    if (field === undefined || isBroken(entity.name, name)) continue
    if (field.generated !== null) yield report('row-computed', origin, { what, field: name })
    const nullProblem = field.nullable ? null : 'it may not be null'
    const problem = value === null ? nullProblem : valueProblem(field.type, value, set)
    if (problem === null) continue
    const told = field.encrypted === null || value === null ? problem : 'its plain value, which is not told, is none'
    yield report('row-refused', origin, { what, field: name, problem: told })
  }
}

/** Whether a field might be the key, which the store makes: the key names a field that is not there. */
const mayBeKey = (entity: Entity, { type }: Field): boolean =>
  (type.kind === 'uuid' || type.kind === 'objectid' || type.kind === 'identity') &&
  keyFieldsOf(entity).some((name) => findField(entity, name) === undefined)

function* ofMissing(entity: Entity, row: Row, what: What, { isBroken }: RuleContext): Generator<Diagnostic> {
  const given = new Set(row.values.map(({ field }) => field))
  for (const field of entity.fields) {
    if (given.has(field.name) || field.generated !== null || mayBeLeftOut(field)) continue
    if (isBroken(entity.name, field.name) || isKeyWritten(row.origin, field.name)) continue
    if (mayBeKey(entity, field)) continue
    yield report('row-incomplete', row.origin, { what, field: field.name })
  }
}

function* ofChecks(entity: Entity, row: Row, what: What, checks: readonly Check[], context: RuleContext) {
  const read = (name: string): JsonValue | undefined => {
    const field = findField(entity, name)
    return field === undefined ? undefined : storedValue(field, row)
  }
  for (const { name, expression, origin } of checks) {
    if (evaluatePredicate(expression, scopeOf(context, entity), read) !== false) continue
    const [first = ''] = fieldsRead(expression).map(([field = '']) => field)
    const related = [{ message: `the check \`${name}\` is here`, at: origin }]
    yield report('row-against-check', placeOf(row.origin, first), { what, check: name }, related)
  }
}

/** Examples and seed rows are rows that every store takes. */
export const rows = entityRule('rows', function* (entity, context) {
  const checks = soundChecks(entity, context)
  const all = [
    ...entity.examples.map((row) => ({ row, what: 'example' as const })),
    ...entity.seed.map((row) => ({ row, what: 'seed row' as const })),
  ]
  for (const { row, what } of all) {
    yield* ofValues(entity, row, what, context)
    yield* ofMissing(entity, row, what, context)
    yield* ofChecks(entity, row, what, checks, context)
  }
})
