import { identifier, qualified, sql } from '../../kernel/safe/sql.js'
import type { Change, Difference } from '../differ.js'
import type { Kind, ObjectFacts } from '../facts.js'
import { alterColumn } from '../mend/alter-column.js'
import { createAll, inOrder } from '../mend/create.js'
import { alterTableItself, alterType } from '../mend/index.js'
import { dependentsOf, replaced } from '../mend/replace.js'
import { commentOn, engineText, tableOf } from '../mend/text.js'
import {
  addColumn,
  addConstraint,
  changeIndex,
  createIndex,
  dropAll,
  dropColumn,
  dropConstraint,
  dropIndex,
  hasNoRecipe,
  nameOf,
  type Planning,
  type Recipe,
  setNotNull,
} from './recipes.js'
import type { Rename } from './renames.js'
import { type InTheWay, type NoRecipe, type Phase, type Step, stepOf } from './step.js'

type Different = Extract<Difference, { kind: 'different' }>

/** What a plan does, or what of it no recipe does. */
export interface PlannedSteps {
  readonly steps: readonly Step[]
  readonly refused: readonly NoRecipe[]
}

const none = (object: ObjectFacts, reason: string): NoRecipe => ({ object: object.id, reason })

/** The objects that are new with all they need, so that they can be made at once: tables, and what belongs to them. */
const isWhollyNew = ({ found, wanted }: Planning): ((object: ObjectFacts) => boolean) => {
  const known = new Map<string, boolean>()
  const isInFound = ({ kind, parent }: ObjectFacts): boolean =>
    parent !== null && found.objects.has(parent) && kind !== 'table'
  const answer = (object: ObjectFacts): boolean => {
    const said = known.get(object.id)
    if (said !== undefined) return said
    known.set(object.id, true)
    const whole =
      !isInFound(object) &&
      object.needs.every((id) => {
        const need = wanted.objects.get(id)
        return need === undefined || found.objects.has(id) || answer(need)
      })
    known.set(object.id, whole)
    return whole
  }
  return answer
}

const createStep = (planning: Planning, objects: readonly ObjectFacts[]): Recipe => {
  if (objects.length === 0) return []
  const statements = createAll(planning.wanted, objects)
  const [first] = objects
  if (statements === null) return { object: first?.id ?? null, reason: 'it cannot be made of what the engine prints' }
  const tables = objects.filter(({ kind }) => kind === 'table').map(({ name }) => name)
  const id =
    tables.length > 0
      ? `create ${tables.length === 1 ? 'table' : 'tables'} ${tables.join(', ')}`
      : `create ${objects.map(({ id: name }) => name).join(', ')}`
  const ids = new Set(objects.map(({ id }) => id))
  const tops = objects.filter(({ parent }) => !ids.has(parent ?? ''))
  return [
    stepOf({
      id,
      phase: 'expand',
      statements,
      reverse: dropAll(planning.wanted, [...inOrder(tops)].reverse()),
    }),
  ]
}

/** Whether a rule is about nothing but columns that are added with it: no row of before can break it. */
const isOfNewColumns = ({ found, wanted }: Planning, { needs, parent }: ObjectFacts): boolean => {
  const columns = needs.filter(
    (id) => wanted.objects.get(id)?.kind === 'column' && wanted.objects.get(id)?.parent === parent,
  )
  return columns.length > 0 && columns.every((id) => !found.objects.has(id))
}

const addedObject = (planning: Planning, object: ObjectFacts): Recipe => {
  const phase: Phase = isOfNewColumns(planning, object) ? 'expand' : 'contract'
  switch (object.kind) {
    case 'column':
      return addColumn(planning, object)
    case 'constraint':
      return addConstraint(planning, object, phase)
    case 'index':
      return createIndex(planning, object, object.properties['unique'] === true ? phase : 'expand')
    default:
      return createStep(planning, [object])
  }
}

/** What goes with the column or the table that it stands on. */
const goesAlong = (gone: ReadonlySet<string>, { kind, needs, parent }: ObjectFacts): boolean =>
  gone.has(parent ?? '') ||
  (['constraint', 'index'].includes(kind) && needs.some((id) => gone.has(id) && id.startsWith('column ')))

/** What loosens a rule is done first, what takes something away last. */
const removedObject = (planning: Planning, object: ObjectFacts): Recipe => {
  const { found } = planning
  switch (object.kind) {
    case 'column':
      return dropColumn(planning, object)
    case 'constraint':
      return [
        dropConstraint(
          planning,
          object,
          ['check', 'foreign key'].includes(String(object.properties['kind'])) ? 'expand' : 'contract',
        ),
      ]
    case 'index':
      return dropIndex(planning, object, object.properties['unique'] === true ? 'expand' : 'contract')
    case 'trigger':
      return [
        stepOf({
          id: `drop trigger ${nameOf(object)}`,
          phase: 'expand',
          statements: dropAll(found, [object]),
          reverse: createAll(found, [object]),
        }),
      ]
    case 'table':
      return [
        stepOf({
          id: `drop table ${object.name}`,
          phase: 'contract',
          statements: dropAll(found, [object]),
          hazards: ['data-loss'],
        }),
      ]
    case 'schema':
    case 'extension':
      return []
    default:
      return [
        stepOf({
          id: `drop ${object.id}`,
          phase: 'contract',
          statements: dropAll(found, [object]),
          reverse: createAll(found, [object]),
        }),
      ]
  }
}

const kindsLast: readonly Kind[] = ['table', 'sequence', 'function', 'type']

/** In an order in which nothing stands on what is dropped any more: rules, columns, tables, functions, types. */
const dropOrder = (objects: readonly ObjectFacts[]): readonly ObjectFacts[] => {
  const reversed = [...inOrder(objects)].reverse()
  const rank = ({ kind }: ObjectFacts): number => kindsLast.indexOf(kind)
  return reversed.toSorted((a, b) => rank(a) - rank(b))
}

const widths = /^(character varying|character|numeric)(?:\((\d+)(?:,(\d+))?\))?$|^(text)$/

/** Whether every value of the one type is a value of the other, and the server takes it as it is stored. */
const isWidening = (from: string, to: string): boolean => {
  const [was, is] = [widths.exec(from), widths.exec(to)]
  if (was === null || is === null || was[1] === 'character') return false
  if (was[1] === 'character varying' && is[4] === 'text') return true
  if (was[1] === undefined || was[1] !== is[1]) return false
  if (is[2] === undefined) return true
  return was[2] !== undefined && Number(is[2]) >= Number(was[2]) && was[3] === is[3]
}

/** Rows whose value the cast to another type would change, or that it refuses to read back. */
const changedByCast = (schema: string, object: ObjectFacts, from: string, to: string): readonly InTheWay[] => {
  if (!isPlainType.test(from) || !isPlainType.test(to)) return []
  const own = sql`it.${identifier(object.name)}`
  return [
    {
      table: qualified(schema, tableOf(object)),
      where: sql`${own}::${engineText(to)}::${engineText(from)}::text IS DISTINCT FROM ${own}::text`,
      words: `whose ${object.name} is no ${to}`,
    },
  ]
}

/** Types whose casts to each other refuse no value, but may cut it off. */
const isPlainType = /^(?:character varying|character|text|numeric)(?:\(\d+(?:,\d+)?\))?$/

const changeType = (planning: Planning, object: ObjectFacts, changes: readonly Change[]): Recipe => {
  const { found, wanted } = planning
  const type = changes.find(({ property }) => property === 'type')
  const [from, to] = [String(type?.found), String(type?.wanted)]
  const statements = alterColumn(wanted, found, object, changes)
  if (statements === null) return none(object, `nothing brings it from ${from} to ${to} without losing a value`)
  const isWider = type !== undefined && isWidening(from, to)
  const isNarrower = type !== undefined && isWidening(to, from)
  return [
    stepOf({
      id: `change type of ${nameOf(object)}`,
      phase: isNarrower ? 'contract' : 'expand',
      // What the cast would change is refused by the statements themselves, under their lock; wider types lose nothing.
      statements: isWider ? statements.filter((statement) => !/^(?:LOCK TABLE|DO )/.test(statement)) : statements,
      before: isWider || type === undefined ? [] : changedByCast(wanted.schema, object, from, to),
      values: [nameOf(object)],
      hazards: isWider || isNarrower || planning.mode.isQuick ? [] : ['old-code-breaks'],
    }),
  ]
}

const changeColumn = (planning: Planning, object: ObjectFacts, changes: readonly Change[]): Recipe => {
  const { found, wanted } = planning
  const typed = changes.filter(({ property }) => !['notNull', 'default', 'comment'].includes(property))
  const given = changes.filter(({ property }) => property === 'default')
  const required = changes.find(({ property }) => property === 'notNull')
  const steps: Step[] = []
  if (typed.length > 0) {
    const recipe = changeType(planning, object, [...typed, ...given])
    if (hasNoRecipe(recipe)) return recipe
    steps.push(...recipe)
  } else if (given.length > 0) {
    const back = found.objects.get(object.id) ?? object
    steps.push(
      stepOf({
        id: `set default of ${nameOf(object)}`,
        phase: 'expand',
        statements: alterColumn(wanted, found, object, given) ?? [],
        reverse: alterColumn(found, wanted, back, given.map(reversed)),
      }),
    )
  }
  if (required?.wanted === true) steps.push(...setNotNull(planning, object))
  if (required?.wanted === false) {
    steps.push(
      stepOf({
        id: `allow null in ${nameOf(object)}`,
        phase: 'expand',
        statements: alterColumn(wanted, found, object, [required]) ?? [],
      }),
    )
  }
  return steps
}

const reversed = ({ found, property, wanted }: Change): Change => ({ property, found: wanted, wanted: found })

const changeRule = (planning: Planning, object: ObjectFacts): Recipe => {
  const { found } = planning
  const current = found.objects.get(object.id) ?? object
  const { kind } = object.properties
  if (kind !== current.properties['kind']) return none(object, 'it is a rule of another kind now')
  if (kind === 'check' || kind === 'foreign key') {
    return [dropConstraint(planning, current, 'expand'), ...addConstraint(planning, object, 'contract')]
  }
  const standing = dependentsOf(found, object.id, () => true)
  if (standing.length > 0) {
    return none(object, `${standing.map(({ id }) => id).join(', ')} stand on it`)
  }
  return addConstraint(planning, object, 'contract', dropAll(found, [current]))
}

/** In one transaction an object is taken away and made anew: what stands on it as well. */
const replace = (planning: Planning, object: ObjectFacts): Recipe => {
  const { found, wanted } = planning
  const statements = replaced(wanted, found, object)
  if (statements === null) return none(object, 'something that holds rows stands on it')
  return [stepOf({ id: `replace ${object.id}`, phase: 'expand', statements })]
}

const changeFunction = (planning: Planning, object: ObjectFacts, changes: readonly Change[]): Recipe => {
  if (changes.some(({ property }) => ['kind', 'arguments', 'result'].includes(property))) {
    return replace(planning, object)
  }
  const { found, wanted } = planning
  const current = found.objects.get(object.id) ?? object
  return [
    stepOf({
      id: `replace ${object.id}`,
      phase: 'expand',
      statements: createAll(wanted, [object]) ?? [],
      reverse: createAll(found, [current]),
    }),
  ]
}

const changeTable = (object: ObjectFacts, planning: Planning, changes: readonly Change[]): Recipe => {
  const statements = alterTableItself(planning.wanted.schema, object, changes)
  const words = changes.map(({ property }) => property).join(', ')
  if (statements === null) return none(object, `its ${words} cannot be changed where rows are`)
  return [stepOf({ id: `change table ${object.name}`, phase: 'expand', statements })]
}

const changeEnum = (object: ObjectFacts, planning: Planning, changes: readonly Change[]): Recipe => {
  const statements = alterType(planning.wanted.schema, object, changes)
  if (statements === null) {
    return none(object, 'values of a type cannot be removed, renamed or moved: rows may have them')
  }
  // A new value may be used only when the transaction that added it has ended.
  return statements.map((statement, at) =>
    stepOf({
      id: `add value ${at + 1} to ${object.name}`,
      phase: 'expand',
      statements: [statement],
      hazards: planning.mode.isQuick ? [] : ['old-code-breaks'],
    }),
  )
}

const changedObject = (planning: Planning, { changes, object }: Different): Recipe => {
  const others = changes.filter(({ property }) => property !== 'comment')
  const comments =
    others.length === changes.length
      ? []
      : [
          stepOf({
            id: `comment on ${object.id}`,
            phase: 'expand' as const,
            statements: [commentOn(planning.wanted.schema, object)],
            reverse: [commentOn(planning.wanted.schema, planning.found.objects.get(object.id) ?? object)],
          }),
        ]
  if (others.length === 0) return comments
  const recipe = ((): Recipe => {
    switch (object.kind) {
      case 'column':
        return changeColumn(planning, object, others)
      case 'constraint':
        return changeRule(planning, object)
      case 'index':
        return changeIndex(planning, object)
      case 'function':
        return changeFunction(planning, object, others)
      case 'table':
        return changeTable(object, planning, others)
      case 'type':
        return changeEnum(object, planning, others)
      case 'trigger':
      case 'view':
        return replace(planning, object)
      case 'schema':
      case 'sequence':
      case 'extension':
        return none(object, `its ${others.map(({ property }) => property).join(', ')} is another`)
    }
  })()
  return hasNoRecipe(recipe) ? recipe : [...recipe, ...comments]
}

/** Replacing a function looks at no row again: checks that call it are taken off, and hold again of all rows afterwards. */
const callersOf = ({ found, wanted }: Planning, differences: readonly Difference[]): readonly ObjectFacts[] => {
  const changed = differences
    .filter((one): one is Different => one.kind === 'different' && one.object.kind === 'function')
    .filter(({ changes }) => changes.some(({ property }) => property !== 'comment'))
  const callers = changed.flatMap(({ object }) =>
    dependentsOf(found, object.id, ({ kind }) => kind === 'constraint' || kind === 'function'),
  )
  const others = new Set(differences.map(({ object }) => object.id))
  return [...new Map(callers.map((one) => [one.id, one])).values()].filter(
    ({ id, kind }) => kind === 'constraint' && wanted.objects.has(id) && !others.has(id),
  )
}

const gather = (recipes: readonly Recipe[]): PlannedSteps => ({
  steps: recipes.flatMap((recipe) => (hasNoRecipe(recipe) ? [] : recipe)),
  refused: recipes.flatMap((recipe) => (hasNoRecipe(recipe) ? [recipe] : [])),
})

const changeOrder: readonly Kind[] = [
  'schema',
  'extension',
  'type',
  'sequence',
  'table',
  'constraint',
  'column',
  'function',
  'index',
  'trigger',
  'view',
]

/** Steps in phases, in the order they were planned in within each. */
const byPhase = (steps: readonly Step[]): readonly Step[] =>
  (['expand', 'backfill', 'contract'] as const).flatMap((phase) => steps.filter((step) => step.phase === phase))

/** A check that is taken off goes before what changes under it. */
const looseningFirst = (steps: readonly Step[]): readonly Step[] => {
  const isLoosening = ({ id, phase }: Step): boolean => phase === 'expand' && id.startsWith('drop constraint ')
  return [...steps.filter(isLoosening), ...steps.filter((step) => !isLoosening(step))]
}

/** Plans the way from what is there, where everything has its new name already, to what is wanted. */
export const stepsBetween = (planning: Planning, differences: readonly Difference[]): PlannedSteps => {
  const { found, wanted } = planning
  const missing = [...wanted.objects.values()].filter(({ id }) => !found.objects.has(id))
  const gone = [...found.objects.values()].filter(({ id }) => !wanted.objects.has(id))
  const goneIds = new Set(gone.map(({ id }) => id))
  const whole = isWhollyNew(planning)
  const late = inOrder(missing.filter((object) => !whole(object)))
  const changed = differences
    .filter((one): one is Different => one.kind === 'different')
    .toSorted((a, b) => changeOrder.indexOf(a.object.kind) - changeOrder.indexOf(b.object.kind))
  const merged = new Map<string, Different>()
  for (const one of changed) {
    const other = merged.get(one.object.id)
    merged.set(one.object.id, other === undefined ? one : { ...other, changes: [...other.changes, ...one.changes] })
  }
  const callers = callersOf(planning, differences)
  const removed = dropOrder(gone.filter((object) => !goesAlong(goneIds, object)))
  const all = gather([
    createStep(planning, missing.filter(whole)),
    callers.map((object) => dropConstraint(planning, object, 'expand')),
    ...late.filter(({ kind }) => kind === 'column').map((object) => addedObject(planning, object)),
    ...[...merged.values()].map((one) => changedObject(planning, one)),
    ...late.filter(({ kind }) => kind !== 'column').map((object) => addedObject(planning, object)),
    ...callers.map((object) => addConstraint(planning, wanted.objects.get(object.id) ?? object, 'contract')),
    ...removed.map((object) => removedObject(planning, object)),
  ])
  return { steps: byPhase(looseningFirst(all.steps)), refused: all.refused }
}

/**
 * Names change together with what is written by them: bodies of functions do not follow a rename, so that they are
 * replaced in its transaction, and so are the triggers that call them.
 */
export const renameStep = (
  renames: readonly Rename[],
  { found, mode, wanted }: Planning,
  differences: readonly Difference[],
): Step => {
  const callers = callersOf({ found, mode, wanted }, differences)
  const isThere = (id: string): boolean => found.objects.has(id) || id.startsWith('function ')
  const routines = [...wanted.objects.values()].filter(({ id, kind, needs }) => {
    if (kind !== 'function' && kind !== 'trigger') return false
    const current = found.objects.get(id)
    const isNew = current === undefined
    const isChanged = differences.some((one) => one.kind === 'different' && one.object.id === id)
    return (isNew || isChanged) && needs.every(isThere)
  })
  const replacedTriggers = routines.filter(({ id, kind }) => kind === 'trigger' && found.objects.has(id))
  const goneTriggers = [...found.objects.values()].filter(
    ({ id, kind, parent }) => kind === 'trigger' && !wanted.objects.has(id) && wanted.objects.has(parent ?? ''),
  )
  const isCalled = new Set(callers.flatMap(({ needs }) => needs))
  const quiet = routines.filter(({ id }) => !isCalled.has(id))
  const statements = [
    ...renames.map(({ forward }) => forward),
    ...dropAll(found, [...replacedTriggers, ...goneTriggers]),
    ...(createAll(wanted, quiet) ?? []),
  ]
  return stepOf({
    id: 'rename',
    phase: 'expand',
    statements,
    reverse: quiet.length + goneTriggers.length === 0 ? renames.map(({ back }) => back).toReversed() : null,
    hazards: mode.isQuick ? [] : ['old-code-breaks'],
  })
}

/**
 * All steps as one transaction, but for what Postgres runs only in one of its own. Rows in the way are looked for before
 * it, where nothing is renamed in it; otherwise they fail it, and nothing of it is done.
 */
export const asOneTransaction = (steps: readonly Step[]): readonly Step[] => {
  const isAlone = ({ id, transaction }: Step): boolean => transaction === 'none' || id.startsWith('add value ')
  const rest = steps.filter((step) => !isAlone(step))
  if (rest.length === 0) return steps
  const together: Step = stepOf({
    id: 'all at once',
    phase: 'expand',
    statements: rest.flatMap(({ statements }) => statements),
    before: rest.some(({ id }) => id === 'rename')
      ? []
      : rest.filter(({ phase }) => phase === 'contract').flatMap(({ before }) => before),
    values: rest.flatMap(({ values }) => values),
    hazards: [...new Set(rest.flatMap(({ hazards }) => hazards))],
  })
  return [...steps.filter(isAlone).map((step) => ({ ...step, phase: 'expand' as const })), together]
}
