import { camelCase } from '../kernel/identifiers.js'
import { isBindingName, propertyAccess } from '../kernel/safe/typescript.js'
import { mayLeaveItsType } from '../model/computed.js'
import type { Check, Entity } from '../model/entity.js'
import { type Expression, fieldsRead } from '../model/expression.js'
import type { Field } from '../model/field.js'
import type { ObjectDefinition, SchemaSet } from '../model/schema-set.js'
import { type Code, code, literal, text, trusted } from '../script/code.js'
import {
  acceptsFunction,
  checkFunction,
  checkMessage,
  checkPath,
  computedMessage,
  type ExpressionCode,
} from '../script/expression.js'
import { argumentsCode, besideName, listCode, objectCode, returned } from '../script/layout.js'
import { runtimeValue } from '../script/runtime.js'
import type { ShapeField } from '../script/shapes.js'
import { zod } from './type-code.js'

export type Owner = Entity | ObjectDefinition

/** What is held across fields: a check, or that a computed field holds what is computed from the others. */
type AcrossFields =
  | { readonly kind: 'check'; readonly name: string; readonly check: Check; readonly expression: Expression }
  | { readonly kind: 'computed'; readonly name: string; readonly field: Field; readonly expression: Expression }

const ofCheck = (check: Check): AcrossFields => ({
  kind: 'check',
  name: check.name,
  check,
  expression: check.expression,
})

const ofComputed = (owner: Owner, field: Field): readonly AcrossFields[] =>
  field.generated !== null && mayLeaveItsType(owner, field)
    ? [{ kind: 'computed', name: `${field.name}_computed`, field, expression: field.generated }]
    : []

const acrossFields = (owner: Owner): readonly AcrossFields[] => [
  ...owner.checks.map(ofCheck),
  ...owner.fields.flatMap((field) => ofComputed(owner, field)),
]

/** The constant of each: `expiryAfterCreationRule`; in the file of all objects, after the object's name. */
const ruleNames = (owner: Owner): readonly string[] => {
  const prefix = 'key' in owner ? '' : `${owner.name}_`
  const simple = acrossFields(owner).map(({ name }) => `${camelCase(prefix + name)}Rule`)
  return simple.map((name, index) => {
    const isTaken = simple.filter((other) => other === name).length > 1
    return isTaken || !isBindingName(name) ? `${camelCase(prefix)}rule${index + 1}` : name
  })
}

const testOf = (set: SchemaSet, owner: Owner, rule: AcrossFields, shape: string): ExpressionCode => {
  if (rule.kind === 'check') return checkFunction(set, owner, rule.check)
  const schema = `${shape}${propertyAccess(rule.field.property)}`
  return acceptsFunction(
    set,
    owner,
    rule.expression,
    rule.field.type,
    (value) => `${schema}.safeParse(${value}).success`,
  )
}

const messageOf = (owner: Owner, rule: AcrossFields): string =>
  rule.kind === 'check' ? checkMessage(owner, rule.check) : computedMessage(rule.field)

/**
 * What is held across the fields of an entity or object as refinements, each a constant that its schemas share.
 *
 * @param shape the constant that holds the schemas of the fields
 */
export const ruleDeclarations = (set: SchemaSet, owner: Owner, shape: string): readonly Code[] => {
  const names = ruleNames(owner)
  return acrossFields(owner).map((rule, index) => {
    const test = testOf(set, owner, rule, shape)
    const uses = test.uses.map((name) => runtimeValue('v1', name))
    const about = objectCode([
      code`path: ${literal(checkPath(set, owner, rule))}`,
      code`message:${besideName(text(messageOf(owner, rule)))}`,
    ])
    const given = argumentsCode([code`(row) =>${returned(trusted(test.body, uses))}`, about], { hugging: true })
    return code`const ${trusted(names[index] ?? '')} = ${zod}.refine<${trusted(test.parameter)}>${given}`
  })
}

const reads = (names: ReadonlySet<string>, { expression }: AcrossFields): boolean =>
  fieldsRead(expression).some(([name = '']) => names.has(name))

const rulesOf = (owner: Owner, fields: readonly ShapeField[], kinds: readonly AcrossFields['kind'][]): Code | null => {
  const given = new Set(fields.map(({ field }) => field.name))
  const names = ruleNames(owner)
  const applying = acrossFields(owner).flatMap((rule, index) =>
    kinds.includes(rule.kind) && reads(given, rule) ? [trusted(names[index] ?? '')] : [],
  )
  return applying.length === 0 ? null : listCode(applying)
}

/** `[aRule, bRule]`: what is held of a row's fields; null when nothing is. */
export const rulesAbout = (owner: Owner, fields: readonly ShapeField[]): Code | null =>
  rulesOf(owner, fields, ['check'])

/** The same of an input, which has no computed field of its own to be held by. */
export const rulesOfInput = (owner: Owner, fields: readonly ShapeField[]): Code | null =>
  rulesOf(owner, fields, ['check', 'computed'])
