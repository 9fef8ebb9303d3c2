import { storedName } from '../document/index.js'
import { stringLiteral } from '../kernel/safe/typescript.js'
import type { Check, Entity } from '../model/entity.js'
import { fieldsRead } from '../model/expression.js'
import type { Field } from '../model/field.js'
import type { ObjectDefinition, SchemaSet } from '../model/schema-set.js'
import { type Code, code, text, trusted } from '../script/code.js'
import {
  checkFunction,
  checkMessage,
  checkPath,
  type ExpressionCode,
  type RuntimeFunction,
  valueFunction,
} from '../script/expression.js'
import { besideName, returned } from '../script/layout.js'
import { runtimeValue } from '../script/runtime.js'
import { guard } from './names.js'

const called = (uses: readonly RuntimeFunction[]) => uses.map((name) => runtimeValue('v1', name))

type Owner = Entity | ObjectDefinition

/** Conditions read the values of documents. */
const stored = { stored: true } as const

const arrow = ({ parameter, body, uses }: ExpressionCode): Code =>
  code`(row: ${trusted(parameter)}) =>${returned(trusted(body, called(uses)))}`

/** `check(schema, { … })`: `owner` and `set` have the names of documents as their properties. */
export const checkCode = (set: SchemaSet, owner: Owner, check: Check, schema: string): Code => {
  const passes = arrow(checkFunction(set, owner, check, stored))
  const path = stringLiteral(checkPath(set, owner, check).join('.'))
  const message = checkMessage(owner, check)
  return code`${guard('check')}(${trusted(schema)}, {
  path: ${trusted(path)},
  message:${besideName(text(message))},
  passes: ${passes},
})`
}

/** `computed(schema, { … })`: a field that is made from others. */
export const computedCode = (set: SchemaSet, entity: Entity, field: Field, schema: string): Code | null => {
  if (field.generated === null) return null
  const compute = arrow(valueFunction(set, entity, field.generated, field.type, stored))
  const reads = fieldsRead(field.generated).map((path) => storedName(entity, path[0] ?? ''))
  const names = [...new Set(reads)].map(stringLiteral).join(', ')
  return code`${guard('computed')}(${trusted(schema)}, {
  path: ${text(storedName(entity, field.name))},
  reads: [${trusted(names)}],
  compute: ${compute},
})`
}
