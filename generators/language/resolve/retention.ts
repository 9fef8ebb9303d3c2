import { report } from '../../kernel/diagnostic.js'
import type {
  Due,
  Erasure,
  EventRule,
  Field,
  JsonValue,
  Lifecycle,
  Retention,
  Step,
  StepAction,
  Summary,
} from '../../model/index.js'
import { type AgeOf, readAge } from '../age.js'
import { isNull, isPlain, type Mapping, type Node, type Scalar } from '../load/node.js'
import { readExpression } from './field.js'
import { readGiven } from './literal.js'
import { entriesAt, itemsAt, mappingAt, nodeAtKey, numberAt, scalarAt, scalarsIn, textAt, textsAt } from './read.js'
import type { Scope } from './scope.js'

/** Whose rows they are: what the values under `set:` are read by. */
interface Owner {
  readonly scope: Scope
  readonly name: string
  readonly fields: readonly Field[]
}

const ageOf = (scalar: Scalar | null): AgeOf | null => (scalar === null ? null : readAge(scalar.text))

type SetValues = (StepAction & { readonly kind: 'set' })['values']

const isNow = (field: Field | undefined, node: Node): boolean =>
  isPlain(node) && node.text === 'now' && /^(?:timestamp|date|time)$/.test(field?.type.kind ?? '')

const setValues = ({ scope, name, fields }: Owner, node: Mapping): SetValues => {
  const isTheTime = ({ key, value }: Mapping['entries'][number]): boolean =>
    isNow(
      fields.find((field) => field.name === key.text),
      value,
    )
  const others = readGiven(scope, name, fields, { ...node, entries: node.entries.filter((entry) => !isTheTime(entry)) })
  const read = new Map(others.flatMap((given): [string, JsonValue][] => (given ? [[given[0], given[1]]] : [])))
  return node.entries.flatMap((entry) => {
    const field = entry.key.text
    if (isTheTime(entry)) return [{ field, value: { now: true } as const }]
    const value = read.get(field)
    return value === undefined ? [] : [{ field, value }]
  })
}

const dueOf = (scope: Scope, node: Mapping, clock: string | null): Due | null => {
  const [after, at] = [scalarAt(node, 'after'), scalarAt(node, 'at')]
  if (after !== null && at !== null) scope.found(report('one-of-keys', at.at, { keys: ['after', 'at'] }))
  if (at !== null) return { kind: 'at', field: at.text, origin: at.at }
  const age = ageOf(after)
  if (after === null || age === null) return null
  const of = age.of ?? clock
  if (of !== null) return { kind: 'after', age: age.age, of, origin: after.at }
  scope.found(report('step-without-clock', after.at, {}))
  return null
}

const actionKeys = ['set', 'archive', 'delete'] as const

const actionOf = (owner: Owner, node: Mapping): StepAction | null => {
  const written = actionKeys.flatMap((key) => node.entries.filter((entry) => entry.key.text === key))
  const [first, second] = written
  if (first === undefined || second !== undefined) {
    owner.scope.found(report('one-of-keys', second?.key.at ?? node.entries[0]?.key.at ?? node.at, { keys: actionKeys }))
    return null
  }
  switch (first.key.text) {
    case 'set':
      return first.value.kind === 'mapping' ? { kind: 'set', values: setValues(owner, first.value) } : null
    case 'archive':
      return first.value.kind === 'scalar' ? { kind: 'archive', into: first.value.text } : null
    default:
      return { kind: 'delete' }
  }
}

const periodPattern = /^(hour|day|week|month|year)\(([^()]+)\)$/

const groupOf = (scalar: Scalar): Summary['by'][number] => {
  const [, period, field] = periodPattern.exec(scalar.text.trim()) ?? []
  return field === undefined
    ? { field: scalar.text.trim(), period: null }
    : { field: field.trim(), period: period as Summary['by'][number]['period'] }
}

const aggregateKeys = ['sum', 'min', 'max'] as const

const summaryOf = (node: Mapping | null): Summary | null => {
  const into = node && textAt(node, 'into')
  if (node === null || into === null) return null
  const aggregates = aggregateKeys.flatMap((name) =>
    entriesAt(node, name).flatMap(({ key, value }) =>
      value.kind === 'scalar' ? [{ function: name, field: value.text, as: key.text }] : [],
    ),
  )
  return {
    into,
    by: scalarsIn(nodeAtKey(node, 'by')).map(groupOf),
    count: textAt(node, 'count'),
    aggregates,
    origin: node.at,
  }
}

const stepOf = (owner: Owner, node: Mapping, clock: string | null): readonly Step[] => {
  const due = dueOf(owner.scope, node, clock)
  const action = actionOf(owner, node)
  const where = scalarAt(node, 'where')
  if (due === null || action === null) return []
  return [
    {
      due,
      where: where && readExpression(owner.scope, where),
      action,
      summarise: summaryOf(mappingAt(node, 'summarise')),
      before: textAt(node, 'before'),
      origin: node.at,
    },
  ]
}

type KeepNewest = (Lifecycle & { readonly kind: 'steps' })['keepNewest']

const keepNewestOf = (root: Mapping): KeepNewest => {
  const node = nodeAtKey(root, 'keep_newest')
  if (node?.kind === 'mapping') {
    return { count: numberAt(node, 'count') ?? 0, per: textsAt(node, 'per'), origin: node.at }
  }
  const count = numberAt(root, 'keep_newest')
  return node === null || count === null ? null : { count, per: [], origin: node.at }
}

const ofSteps = ['clock', 'steps', 'every', 'batch', 'keep_newest'] as const

const foreverOf = (scope: Scope, node: Mapping): Lifecycle => {
  const keep = nodeAtKey(node, 'keep') ?? node
  const other = node.entries.find(({ key }) => ofSteps.some((name) => name === key.text))
  if (other !== undefined) scope.found(report('one-of-keys', other.key.at, { keys: ['keep', other.key.text] }))
  const because = textAt(node, 'because')
  if (because === null) scope.found(report('missing-key', keep.at, { owner: '`keep: forever`', key: '`because`' }))
  return { kind: 'forever', because: because ?? '', origin: keep.at }
}

const lifecycleOf = (owner: Owner, node: Mapping): Lifecycle | null => {
  if (nodeAtKey(node, 'keep') !== null) return foreverOf(owner.scope, node)
  const because = node.entries.find(({ key }) => key.text === 'because')
  if (because !== undefined)
    owner.scope.found(report('missing-key', because.key.at, { owner: '`because`', key: '`keep: forever`' }))
  const written = node.entries.find(({ key }) => ofSteps.some((name) => name === key.text))
  if (written === undefined) return null
  const clock = textAt(node, 'clock')
  return {
    kind: 'steps',
    clock,
    steps: itemsAt(node, 'steps').flatMap((step) => (step.kind === 'mapping' ? stepOf(owner, step, clock) : [])),
    every: ageOf(scalarAt(node, 'every'))?.age ?? null,
    batch: numberAt(node, 'batch'),
    keepNewest: keepNewestOf(node),
    origin: written.key.at,
  }
}

const eventRuleOf = (owner: Owner, node: Node | null): EventRule | null => {
  if (node?.kind === 'scalar') return node.text === 'delete' ? { kind: 'delete', origin: node.at } : null
  if (node?.kind !== 'mapping') return null
  const [because, values] = [textAt(node, 'keep'), mappingAt(node, 'set')]
  if (because !== null && values !== null)
    owner.scope.found(report('one-of-keys', values.at, { keys: ['keep', 'set'] }))
  if (because !== null) return { kind: 'keep', because, origin: node.at }
  return values && { kind: 'set', values: setValues(owner, values), origin: node.at }
}

const eraseRuleOf = (node: Node): Erasure['rule'] | null => {
  if (node.kind === 'mapping') {
    const because = textAt(node, 'keep')
    return because === null ? null : { kind: 'keep', because }
  }
  if (node.kind !== 'scalar') return null
  if (isNull(node) || node.text === 'null') return { kind: 'null' }
  // Any other word was refused as such; it is read as what was meant, or as the rule that needs the least of its field.
  return node.text === 'keep' ? { kind: 'keep', because: '' } : { kind: 'delete' }
}

const erasureOf = (root: Mapping): readonly Erasure[] =>
  entriesAt(root, 'erase').flatMap(({ key, value }) => {
    const rule = eraseRuleOf(value)
    return rule === null ? [] : [{ field: key.text, rule, origin: key.at }]
  })

/** What stands under `retention:` of an entity. */
export const resolveRetention = (
  scope: Scope,
  name: string,
  root: Mapping,
  fields: readonly Field[],
): Retention | null => {
  const node = mappingAt(root, 'retention')
  if (node === null) return null
  const owner: Owner = { scope, name, fields }
  return {
    lifecycle: lifecycleOf(owner, node),
    guildLeave: eventRuleOf(owner, nodeAtKey(node, 'guild_leave')),
    memberLeave: eventRuleOf(owner, nodeAtKey(node, 'member_leave')),
    erase: erasureOf(node),
    origin: node.at,
  }
}
