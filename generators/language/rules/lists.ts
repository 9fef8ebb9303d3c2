import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { asksOf } from '../../model/asks.js'
import type { Entity, NamedList } from '../../model/entity.js'
import { fieldsRead } from '../../model/expression.js'
import type { Field } from '../../model/field.js'
import { isComparable, isOrderable } from '../../model/lists.js'
import type { Origin } from '../../model/origin.js'
import { entityRule, placeAfter, type RuleContext } from './rule.js'
import { soundFields, unknownFields } from './unknown-field.js'

/** What a page is asked with beside the values that a caller gives. */
const options: readonly string[] = ['limit', 'after', 'unreadable']

type Problem = 'compared' | 'ordered' | 'encrypted' | 'store' | 'option'

function* ofField(entity: Entity, field: Field, isAble: boolean, unable: Problem, at: Origin): Generator<Diagnostic> {
  const refuse = (problem: Problem): Diagnostic => report('list-field', at, { field: field.name, problem })
  if (field.encrypted !== null) yield refuse('encrypted')
  else if (!isAble) yield refuse(unable)
  if (!entity.stores.every((store) => field.stores.includes(store))) yield refuse('store')
}

function* ofList(entity: Entity, list: NamedList, context: RuleContext): Generator<Diagnostic> {
  const asks = ({ type }: Field) => asksOf(context.set, type, false)
  const fieldIn = (name: string): readonly Field[] => soundFields(entity, [name], context)
  for (const name of list.by) {
    const at = placeAfter(list.origin, name)
    yield* unknownFields(entity, [name], at)
    for (const field of fieldIn(name)) {
      yield* ofField(entity, field, isComparable(asks(field)), 'compared', at)
      if (options.includes(field.property)) yield report('list-field', at, { field: name, problem: 'option' })
    }
  }
  for (const { field: name, origin } of list.order) {
    yield* unknownFields(entity, [name], origin)
    for (const field of fieldIn(name)) yield* ofField(entity, field, isOrderable(asks(field)), 'ordered', origin)
  }
  const said = [...list.by, ...list.order.map(({ field }) => field)]
  for (const name of new Set(said.filter((each, at) => said.indexOf(each) < at)))
    yield report('field-repeated', placeAfter(list.origin, name), { name })
  const read = list.where === null ? [] : fieldsRead(list.where).map(([name = '']) => name)
  for (const field of soundFields(entity, [...new Set(read)], context)) {
    if (entity.stores.every((store) => field.stores.includes(store))) continue
    yield report('list-field', placeAfter(list.origin, field.name), { field: field.name, problem: 'store' })
  }
}

/** A list orders by what has an order, and its pages end between two keys. */
export const lists = entityRule('lists', function* (entity, context) {
  for (const list of entity.lists) {
    if (entity.key.kind === 'fields') yield* ofList(entity, list, context)
    else yield report('list-without-key', list.origin, { name: list.name, entity: entity.name })
  }
})
