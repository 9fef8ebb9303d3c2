import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import type { Field } from '../../model/field.js'
import { ownerRule, placeOf, type RuleContext } from './rule.js'
import { isNumeric, isTextual } from './types.js'
import { valueProblem } from './value-problem.js'

function* ofDefault(field: Field, { set }: RuleContext): Generator<Diagnostic> {
  if (field.default?.kind !== 'literal') return
  const { value, origin } = field.default
  if (value === null && field.nullable) return
  const problem = value === null ? 'it may not be null' : valueProblem(field.type, value, set)
  if (problem !== null) yield report('default-refused', origin, { field: field.name, problem })
}

function* ofSuggestions(field: Field, { set }: RuleContext): Generator<Diagnostic> {
  if (field.suggest.length === 0) return
  const at = placeOf(field.origin, 'suggest')
  if (!isNumeric(field.type) && !isTextual(field.type)) {
    yield report('suggest-misuse', at, { field: field.name })
    return
  }
  for (const value of field.suggest) {
    const problem = valueProblem(field.type, value, set)
    if (problem !== null) yield report('suggestion-refused', at, { field: field.name, problem })
  }
}

function* ofBands({ name, type, bands, origin }: Field): Generator<Diagnostic> {
  if (bands.length === 0) return
  const at = placeOf(origin, 'bands')
  const ascends = bands.every(({ from }, index) => index === 0 || from > (bands[index - 1]?.from ?? from))
  if (!isNumeric(type)) yield report('bands-misuse', at, { field: name, problem: 'type' })
  else if (!ascends) yield report('bands-misuse', at, { field: name, problem: 'order' })
}

/** Defaults, suggestions and bands are values of their field's type. */
export const fieldValues = ownerRule('field-values', function* (owner, context) {
  for (const field of owner.fields) {
    if (context.isBroken(owner.name, field.name)) continue
    yield* ofDefault(field, context)
    yield* ofSuggestions(field, context)
    yield* ofBands(field)
  }
})
