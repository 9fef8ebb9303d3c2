import { camelCase } from '../kernel/identifiers.js'
import { isBindingName } from '../kernel/safe/typescript.js'
import type { Check, Entity } from '../model/entity.js'
import { fieldsRead } from '../model/expression.js'
import type { ObjectDefinition, SchemaSet } from '../model/schema-set.js'
import { type Code, code, joined, literal, text, trusted, valueImport } from '../script/code.js'
import { checkFunction, checkMessage, checkPath } from '../script/expression.js'
import type { ShapeField } from '../script/shapes.js'
import { zod } from './type-code.js'

export type Owner = Entity | ObjectDefinition

const simpleName = (check: Check): string => `${camelCase(check.name)}Rule`

/** The constant of a check: `expiryAfterCreationRule`; in the file of all objects, after the object's name. */
const ruleName = (owner: Owner, check: Check): string => {
  const prefix = 'key' in owner ? '' : `${owner.name}_`
  const name = simpleName({ ...check, name: prefix + check.name })
  const clashes =
    owner.checks.filter((other) => simpleName({ ...other, name: prefix + other.name }) === name).length > 1
  return clashes || !isBindingName(name) ? `${camelCase(prefix)}rule${owner.checks.indexOf(check) + 1}` : name
}

const path = (properties: readonly string[]): Code => literal(properties)

/** The checks of an entity or object as refinements, each a constant that its schemas share. */
export const ruleDeclarations = (set: SchemaSet, owner: Owner): readonly Code[] =>
  owner.checks.map((check) => {
    const test = checkFunction(set, owner, check)
    const uses = test.uses.map((name) => valueImport('zod/scalars', name))
    const short = test.body.length < 100 && !test.body.includes('\n')
    const body = short ? test.body : `\n    ${test.body.replaceAll('\n', '\n  ')}`
    return code`const ${trusted(ruleName(owner, check))} = ${zod}.refine<${trusted(test.parameter)}>(
  (row) =>${trusted(short ? ` ${body}` : body, uses)},
  { path: ${path(checkPath(set, owner, check))}, message: ${text(checkMessage(owner, check))} },
)`
  })

/** `[aRule, bRule]`: the rules about at least one of the fields; null when there are none. */
export const rulesAbout = (owner: Owner, fields: readonly ShapeField[]): Code | null => {
  const names = new Set(fields.map(({ field }) => field.name))
  const applying = owner.checks.filter((check) =>
    fieldsRead(check.expression).some(([name]) => name !== undefined && names.has(name)),
  )
  if (applying.length === 0) return null
  return code`[${joined(
    applying.map((check) => trusted(ruleName(owner, check))),
    ', ',
  )}]`
}
