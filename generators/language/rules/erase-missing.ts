import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import type { Entity } from '../../model/entity.js'
import type { Field } from '../../model/field.js'
import { fieldsNaming, namesOutOfReach } from '../../model/subject.js'
import type { Rule, RuleContext } from './rule.js'

const ruleOf = ({ retention }: Entity, { name }: Field) => retention?.erase.find(({ field }) => field === name)?.rule

/** Whether rows of a person stay when they are forgotten, and no longer name them. */
const areAnonymised = (entity: Entity, named: readonly Field[]): boolean =>
  named.length > 0 && named.every((field) => ruleOf(entity, field)?.kind === 'null')

function* ofEntity(entity: Entity, { set, isBroken }: RuleContext): Generator<Diagnostic> {
  const named = fieldsNaming(set, entity, 'user')
  const isAnonymised = areAnonymised(entity, named)
  for (const field of entity.fields) {
    if (isBroken(entity.name, field.name) || ruleOf(entity, field) !== undefined) continue
    const names = named.includes(field) || namesOutOfReach(set, field, 'user')
    if (!names && !(field.personal && isAnonymised)) continue
    yield report('erase-missing', field.origin, { field: field.name, entity: entity.name, names })
  }
}

/** Where a set lets people be forgotten, nothing of theirs is forgotten about. */
export const eraseMissing: Rule = {
  name: 'erase-missing',
  *check(context) {
    const { entities } = context.set
    if (!entities.some(({ retention }) => retention !== null && retention.erase.length > 0)) return
    for (const entity of entities) yield* ofEntity(entity, context)
  },
}
