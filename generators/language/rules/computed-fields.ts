import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import type { Entity } from '../../model/entity.js'
import { fieldsRead } from '../../model/expression.js'
import type { Field } from '../../model/field.js'
import { findField, isKeyField } from '../../model/lookup.js'
import { placeOf, type Rule, type RuleContext } from './rule.js'
import { soundFields, unknownFields } from './unknown-field.js'

const readsComputed = (entity: Entity, field: Field): boolean =>
  field.generated !== null &&
  fieldsRead(field.generated).some(([name = '']) => name === field.name || findField(entity, name)?.generated != null)

function* ofGenerated(entity: Entity, field: Field): Generator<Diagnostic> {
  if (field.generated === null) return
  const refuse = (problem: 'default' | 'key' | 'other-computed' | 'encrypted', at = field.origin) =>
    report('generated-misuse', at, { field: field.name, problem })
  if (field.default !== null) yield refuse('default', field.default.origin)
  if (field.encrypted !== null) yield refuse('encrypted')
  if (isKeyField(entity, field)) yield refuse('key')
  if (readsComputed(entity, field)) yield refuse('other-computed', field.generated.origin)
}

function* ofNext(entity: Entity, field: Field, context: RuleContext): Generator<Diagnostic> {
  if (field.default?.kind !== 'next') return
  const { per, origin } = field.default
  const refuse = (problem: 'type' | 'nullable' | 'nullable-parent' | 'itself') =>
    report('next-misuse', origin, { field: field.name, problem })
  yield* unknownFields(entity, per, origin)
  if (field.type.kind !== 'integer') yield refuse('type')
  if (field.nullable) yield refuse('nullable')
  if (per.includes(field.name)) yield refuse('itself')
  if (soundFields(entity, per, context).some(({ nullable }) => nullable)) yield refuse('nullable-parent')
}

/** Computed and counted fields are fields of an entity, and nothing else fills them. */
export const computedFields: Rule = {
  name: 'computed-fields',
  *check(context) {
    const { set, isBroken } = context
    for (const entity of set.entities) {
      for (const field of entity.fields) {
        if (isBroken(entity.name, field.name)) continue
        yield* ofGenerated(entity, field)
        yield* ofNext(entity, field, context)
      }
    }
    for (const { fields } of set.objects) {
      for (const { name, generated, default: given, origin } of fields) {
        const refusal = { field: name, problem: 'in-object' } as const
        if (generated !== null) yield report('generated-misuse', placeOf(origin, 'generated'), refusal)
        if (given?.kind === 'next') yield report('next-misuse', given.origin, refusal)
      }
    }
  },
}
