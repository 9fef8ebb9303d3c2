import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { nearest } from '../../kernel/nearest.js'
import type { Entity, Query } from '../../model/entity.js'
import type { SchemaSet } from '../../model/schema-set.js'
import { checkColumns } from './columns.js'
import { type CommandContext, type Member, membersOf, type Part } from './context.js'
import { checkFilter } from './filter.js'
import { checkKeys, checkNamed, checkPipeline, stagesNotFollowed } from './pipeline.js'
import { type Shape, shapeOfDocuments } from './shape.js'
import { checkDocument, checkUpdate } from './update.js'

type Check = (context: CommandContext, part: Part, shape: Shape) => Iterable<Diagnostic>

const unchecked: Check = () => []

/** What stands beside a command's first key, by the names that the Node driver has for it. */
const settings: Readonly<Record<string, Check>> = {
  filter: checkFilter,
  sort: checkKeys,
  projection: checkKeys,
  update: checkUpdate,
  replacement: checkDocument,
  arrayFilters: unchecked,
  limit: unchecked,
  skip: unchecked,
  upsert: unchecked,
  hint: unchecked,
  returnDocument: unchecked,
}

/** A command: what its first key takes, what may stand beside that, and how many documents it gives. */
interface Command {
  readonly check: Check
  readonly settings: readonly string[]
  readonly returns: readonly Query['returns'][]
}

const command = (check: Check, listed: string, ...returns: readonly Query['returns'][]): Command => ({
  check,
  settings: listed.split(' '),
  returns,
})

/** Many documents, each checked as the one of `insertOne` is. */
const checkDocuments: Check = (context, { pointer, value }, shape) =>
  (Array.isArray(value) ? value : []).flatMap((item, index) => [
    ...checkDocument(context, { pointer: `${pointer}/${index}`, value: item }, shape),
  ])

/** The commands of a collection, by the names that the Node driver has for them. */
const commands: Readonly<Record<string, Command>> = {
  find: command(checkFilter, 'sort projection limit skip hint', 'many', 'one'),
  findOne: command(checkFilter, 'sort projection skip hint', 'one'),
  countDocuments: command(checkFilter, 'limit skip hint', 'one'),
  distinct: command(checkNamed, 'filter', 'many'),
  aggregate: command(checkPipeline, 'hint', 'many', 'one'),
  insertOne: command(checkDocument, '', 'none'),
  insertMany: command(checkDocuments, '', 'none'),
  updateOne: command(checkFilter, 'update upsert arrayFilters hint', 'none'),
  updateMany: command(checkFilter, 'update upsert arrayFilters hint', 'none'),
  replaceOne: command(checkFilter, 'replacement upsert hint', 'none'),
  deleteOne: command(checkFilter, 'hint', 'none'),
  deleteMany: command(checkFilter, 'hint', 'none'),
  findOneAndUpdate: command(checkFilter, 'update sort projection upsert arrayFilters returnDocument hint', 'one'),
  findOneAndReplace: command(checkFilter, 'replacement sort projection upsert returnDocument hint', 'one'),
  findOneAndDelete: command(checkFilter, 'sort projection hint', 'one'),
}

const known = <T>(table: Readonly<Record<string, T>>, name: string): T | null =>
  Object.hasOwn(table, name) ? (table[name] ?? null) : null

const unknownKey = ({ query, placeOf }: CommandContext, { key, pointer }: Member, names: readonly string[]) =>
  report('query-command', placeOf('key', pointer), { name: key, query: query.name, nearest: nearest(key, names) })

function* checkReturns({ query, placeOf }: CommandContext, { returns }: Command, first: Member): Generator<Diagnostic> {
  if (returns.includes(query.returns)) return
  const gives = { many: 'any number of documents', one: 'one value', none: 'no documents' }[returns[0] ?? 'none']
  const words = { query: query.name, returns: query.returns, found: `\`${first.key}\` gives ${gives}` }
  yield report('query-returns', placeOf('key', first.pointer), words)
}

function* checkCommand(context: CommandContext, whole: Part): Generator<Diagnostic> {
  const [first, ...others] = membersOf(whole)
  if (first === undefined) return
  const found = known(commands, first.key)
  if (found === null) return yield unknownKey(context, first, Object.keys(commands))
  const shape = shapeOfDocuments(context.set, context.entity)
  yield* found.check(context, first, shape)
  for (const setting of others) {
    const check = found.settings.includes(setting.key) ? known(settings, setting.key) : null
    if (check === null) yield unknownKey(context, setting, found.settings)
    else yield* check(context, setting, shape)
  }
  yield* checkReturns(context, found, first)
  yield* checkColumns(context, first, others, shape)
}

/** What a query's command for Mongo says that the collection does not have, and what of it could not be checked. */
export interface CheckedCommand {
  readonly diagnostics: readonly Diagnostic[]
  /** Stages of a pipeline that were not followed. */
  readonly notFollowed: readonly string[]
}

/** Holds the command of a query against the documents of its entity's collection. */
export const checkedCommand = (set: SchemaSet, entity: Entity, query: Query): CheckedCommand => {
  if (query.mongo === null) return { diagnostics: [], notFollowed: [] }
  const { command: value, places, origin } = query.mongo
  const written = new Map(places.map((place) => [`${place.of} ${place.pointer}`, place.origin]))
  const context: CommandContext = {
    set,
    entity,
    query,
    placeOf: (of, pointer) => written.get(`${of} ${pointer}`) ?? origin,
  }
  const whole: Part = { pointer: '', value }
  return {
    diagnostics: [...checkCommand(context, whole)],
    notFollowed: membersOf(whole).flatMap(stagesNotFollowed),
  }
}
