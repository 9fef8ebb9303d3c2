import { hashOf, hashOfPart } from '../../kernel/hash.js'
import { ok } from '../../kernel/result.js'
import { comment, joinSql, qualified, type Sql, sql } from '../../kernel/safe/sql.js'
import { type Event, events } from '../../model/event.js'
import { dueWords } from '../../model/lifecycle.js'
import { entityOf } from '../../model/lookup.js'
import type { PostgresOptions } from '../../model/options.js'
import type { SchemaSet } from '../../model/schema-set.js'
import type { OutputPart, Unit } from '../../model/target.js'
import type { RelationalSchema } from '../../relational/index.js'
import type { EntityFunctions, RetentionFunctions } from '../../relational/retention/index.js'
import { laidOut } from '../../script/layout.js'
import { moduleKindOf } from '../../script/module.js'
import { reachableHash } from '../../script/reachable.js'
import { hasRetention, hooksIn, retainedEntityCode, scheduleOf } from '../../script/retention.js'
import { generatedBy } from '../sections.js'
import { jobName, scheduleStatement, unscheduleOthers } from './cron.js'
import { dropFunction, dueFunction, type Retained, retireFunction, settleFunction } from './entity-functions.js'
import { eventFunction } from './event-function.js'
import { type RetentionModule, retentionFrame, sourceCode } from './module.js'
import { dueOverview, runProcedure } from './overview.js'

const sqlPath = 'postgres/retention.sql'
const cronPath = 'postgres/retention-cron.sql'

/** Where the parts of retention.sql stand; entities in the order in which runs take them. */
const order = { header: 0, entities: 1, overview: 1_000_000, events: 1_000_001, event: 1_000_002 } as const

interface Project {
  readonly set: SchemaSet
  readonly options: PostgresOptions
  readonly retention: RetentionFunctions
}

const part = (path: string, at: number, statements: readonly Sql[]): OutputPart => ({
  path,
  order: at,
  text: `\n${joinSql(statements, '\n\n')}\n`,
})

const heading = (title: string): Sql => comment(`${title} `.padEnd(77, '-'))

const unit = (
  name: string,
  definitions: readonly string[],
  reads: unknown,
  emit: () => Promise<readonly OutputPart[]>,
): Unit => {
  const id = `postgres retention ${name}`
  return { id, definitions, hash: hashOf([id, reads]), emit: async () => ok(await emit()) }
}

const entityUnit = ({ set, options }: Project, functions: EntityFunctions, place: number): Unit => {
  const entity = entityOf(set, functions.entity)
  const retained: Retained = { set, options, entity, functions, batch: scheduleOf(entity).batch }
  const reads = [hashOfPart(entity), reachableHash(set, entity.fields), options, functions, place]
  return unit(entity.name, [`entity ${entity.name}`], reads, async () => {
    const made = [dropFunction, retireFunction, settleFunction, dueFunction].map((make) => make(retained))
    const statements = (await Promise.all(made)).filter((statement) => statement !== null)
    return [part(sqlPath, order.entities + place, [heading(entity.table), ...statements])]
  })
}

/** A unit of texts that are at once all that it depends on. */
const textUnit = (name: string, parts: readonly OutputPart[]): Unit => unit(name, [], parts, async () => parts)

/** What a reader has to know before the first function. */
const introduction = ({ options: { schema }, retention }: Project): Sql => {
  const [run, dueNow] = [qualified(schema, retention.run), qualified(schema, retention.dueNow)]
  const lines = [
    'Load as the owner of the tables, after schema.sql and again after each change: functions replace older ones, and no row is touched.',
    ...(retention.entities.length === 0
      ? []
      : [`CALL ${run}() does what is due, and the view ${dueNow} tells what is.`]),
  ]
  return comment(lines.join('\n'))
}

const headUnit = (project: Project): Unit => {
  const { set, options, retention } = project
  const overview = { set, options, schema: options.schema, retention }
  return textUnit('head', [
    { path: sqlPath, order: order.header, text: `${generatedBy(set.name)}\n${introduction(project)}\n` },
    ...(retention.entities.length === 0
      ? []
      : [part(sqlPath, order.overview, [heading('All entities'), dueOverview(overview), runProcedure(overview)])]),
    ...(Object.keys(retention.events).length === 0 ? [] : [part(sqlPath, order.events, [heading('Events')])]),
  ])
}

const eventUnit = (project: Project, event: Event): Unit =>
  textUnit(event, [part(sqlPath, order.event + events.indexOf(event), [eventFunction({ ...project, event })])])

const cronLine = ({ set, options, retention }: Project, { entity: name }: EntityFunctions): Sql => {
  const { table, ...entity } = entityOf(set, name)
  const { every } = scheduleOf({ ...entity, table })
  return scheduleStatement({
    name: jobName(set.name, table),
    every,
    schema: options.schema,
    run: retention.run,
    entity: name,
  })
}

/** What waits for the bot is not the database's to do. */
const cronUnits = (project: Project): readonly Unit[] => {
  const { set, options, retention } = project
  const scheduled = retention.entities.filter(({ retire }) => retire !== null)
  if (!options.pg_cron || scheduled.length === 0) return []
  const note = comment(
    'Needs the extension pg_cron (1.5 or later for schedules in seconds), in the database that it runs jobs of. Times are in UTC.',
  )
  return [
    textUnit('cron', [
      { path: cronPath, order: 0, text: `${generatedBy(set.name)}\n${note}\n` },
      part(cronPath, 1, [
        sql`${comment('The jobs of this set, anew.')}\n${unscheduleOthers(set.name)}`,
        joinSql(
          scheduled.map((functions) => cronLine(project, functions)),
          '\n',
        ),
      ]),
    ]),
  ]
}

const modulePath = 'postgres/retention.ts'

const modulePart = (at: number, text: string): OutputPart => ({ path: modulePath, order: at, text: laidOut(text) })

/** What `retention.ts` has of one entity: what is said of it, and how its rows are asked for. */
const moduleEntityUnit = (module: RetentionModule, functions: EntityFunctions, place: number): Unit => {
  const { set, options, retention } = module
  const entity = entityOf(set, functions.entity)
  const reads = [
    hashOfPart(entity),
    reachableHash(set, entity.fields),
    options,
    functions,
    place,
    retention.entities.length,
  ]
  return unit(`module ${entity.name}`, [`entity ${entity.name}`], reads, async () => [
    modulePart(1 + place, retainedEntityCode(entity, 'postgres').text),
    modulePart(2 + retention.entities.length + place, sourceCode(module, functions).text),
  ])
}

/** The parts about all entities: their hooks, by which rows they are handed, and the functions of a bot. */
const moduleFrameUnit = (module: RetentionModule): Unit => {
  const { set, retention, kind, options } = module
  const count = retention.entities.length
  const hooks = hooksIn(set, 'postgres').map(({ name, acts }) => [
    name,
    acts.map(({ entity, act }) => [entity.name, act.step, act.action.kind, dueWords(act)]),
  ])
  const reads = [set.name, kind, options.schema, options.snowflake, hooks, count, retention.events]
  return unit('module', [], reads, async () => {
    const { head, middle, tail } = await retentionFrame(module)
    return count === 0
      ? [modulePart(0, head)]
      : [modulePart(0, head), modulePart(1 + count, middle), modulePart(2 + 2 * count, tail)]
  })
}

const moduleUnits = (project: Project): readonly Unit[] => {
  const { set } = project
  if (!hasRetention(set, 'postgres')) return []
  const module: RetentionModule = { ...project, kind: moduleKindOf(set) }
  return [
    moduleFrameUnit(module),
    ...project.retention.entities.map((functions, place) => moduleEntityUnit(module, functions, place)),
  ]
}

/** What emits retention.sql and `retention.ts`, and retention-cron.sql where it is asked for. */
export const retentionUnits = (
  set: SchemaSet,
  options: PostgresOptions,
  { retention }: RelationalSchema,
): readonly Unit[] => {
  if (retention === null) return []
  const project = { set, options, retention }
  return [
    headUnit(project),
    ...retention.entities.map((functions, place) => entityUnit(project, functions, place)),
    ...events.filter((event) => retention.events[event] !== undefined).map((event) => eventUnit(project, event)),
    ...cronUnits(project),
    ...moduleUnits(project),
  ]
}
