import { documentSchema } from '../document/index.js'
import { code, joined, type Markdown, md, text } from '../kernel/safe/markdown.js'
import { qualified } from '../kernel/safe/sql.js'
import type { Event } from '../model/event.js'
import type { SchemaSet } from '../model/schema-set.js'
import { relationalSchema } from '../relational/index.js'
import { hasAccess } from '../script/has-access.js'
import { eventFunctions, eventsIn, hooksIn } from '../script/retention.js'

/** What starts a set's retention, and what answers to events. */
export interface Runners {
  readonly postgres: {
    readonly schema: string
    readonly access: boolean
    /** Whether the database is told to run it. */
    readonly cron: boolean
    /** The procedure that does what waits for no hook; null where there is nothing such. */
    readonly run: string | null
    readonly events: Readonly<Partial<Record<Event, string>>>
  } | null
  readonly mongo: {
    readonly access: boolean
    /** The collections with an index that removes documents by itself. */
    readonly expiring: readonly string[]
  } | null
  /** The functions that emitted code has for events. */
  readonly events: readonly Event[]
  /** The bot's functions that rows are handed to: as the YAML names them, and in code. */
  readonly hooks: readonly { readonly name: string; readonly property: string }[]
}

const inPostgres = (set: SchemaSet): Runners['postgres'] => {
  const options = set.targets.postgres
  if (options === null || !set.stores.includes('postgres')) return null
  const { retention } = relationalSchema(set, options).value
  return {
    schema: options.schema,
    access: hasAccess(set, 'postgres'),
    cron: options.pg_cron,
    run: retention?.entities.some(({ retire }) => retire !== null) === true ? retention.run : null,
    events: retention?.events ?? {},
  }
}

const inMongo = (set: SchemaSet): Runners['mongo'] => {
  if (set.targets.mongoose === null || !set.stores.includes('mongo')) return null
  const expiring = documentSchema(set).value.collections.filter(({ indexes }) =>
    indexes.some(({ expireAfterSeconds }) => expireAfterSeconds !== null),
  )
  return { access: hasAccess(set, 'mongo'), expiring: expiring.map(({ name }) => name) }
}

const hooksOf = (set: SchemaSet): Runners['hooks'] => {
  const uses = set.stores.flatMap((store) => hooksIn(set, store))
  return [...new Map(uses.map(({ name, property }) => [name, { name, property }])).values()]
}

export const runnersOf = (set: SchemaSet): Runners => ({
  postgres: inPostgres(set),
  mongo: inMongo(set),
  events: [...new Set(set.stores.filter((store) => hasAccess(set, store)).flatMap((store) => eventsIn(set, store)))],
  hooks: hooksOf(set),
})

const hasCode = ({ postgres, mongo }: Runners): boolean => postgres?.access === true || mongo?.access === true

const codeFolders = ({ postgres, mongo }: Runners): Markdown =>
  joined(
    [postgres?.access === true ? code('postgres/') : md``, mongo?.access === true ? code('mongoose/access/') : md``],
    ' and ',
  )

const sqlParameters: Readonly<Record<Event, string>> = {
  'guild-leave': "'GUILD'",
  'member-leave': "'GUILD', 'USER'",
  erase: "'USER'",
}

const codeParameters: Readonly<Record<Event, string>> = {
  'guild-leave': 'guild',
  'member-leave': 'guild, user',
  erase: 'user',
}

/** What does an event's work, as a bot and as SQL call it; empty where neither can. */
export const eventCalls = (runners: Runners, event: Event): Markdown => {
  const { postgres } = runners
  const name = postgres?.events[event]
  return joined(
    [
      runners.events.includes(event) ? code(`storage.${eventFunctions[event]}(${codeParameters[event]})`) : md``,
      postgres === null || name === undefined
        ? md``
        : code(`SELECT * FROM ${qualified(postgres.schema, name)}(${sqlParameters[event]})`),
    ],
    ' or ',
  )
}

/** What is promised of an event's steps. */
export const eventGuarantee = ({ mongo }: Pick<Runners, 'mongo'>): Markdown =>
  mongo === null
    ? md`All of it is done, or nothing.`
    : md`All of it is done, or nothing; on a Mongo server without transactions a call that was cut off is finished by the same call again.`

const commandLine = ({ postgres, mongo, hooks }: Runners): Markdown => {
  const flags = [...(postgres === null ? [] : [code('--postgres')]), ...(mongo === null ? [] : [code('--mongo')])]
  if (flags.length === 0) return md``
  const handing = hooks.length === 0 ? md`` : md`, with the bot's functions from a file (${code('--hooks FILE')})`
  return md`**The command**: ${code('botschema retention plan')} says how many rows are due for what, and ${code('botschema retention run')} does it${handing}; each with ${joined(flags, ' or ')}.`
}

const botLine = (runners: Runners): Markdown => {
  const hooks = runners.hooks.map(({ property }) => property).join(', ')
  const call = `storage.$runRetention(${hooks === '' ? '' : `{ hooks: { ${hooks} } }`})`
  return hasCode(runners) ? md`**The bot**: ${code(call)}, from ${codeFolders(runners)}.` : md``
}

const sqlLine = ({ postgres, hooks }: Runners): Markdown => {
  if (postgres === null || postgres.run === null) return md``
  const call = code(`CALL ${qualified(postgres.schema, postgres.run)}()`)
  const but = hooks.length === 0 ? md`` : md` It leaves what waits for the bot.`
  return md`**Postgres**: ${call}, from ${code('postgres/retention.sql')}.${but}`
}

const cronLine = ({ postgres }: Runners): Markdown =>
  postgres?.cron === true && postgres.run !== null
    ? md`**pg_cron**: ${code('postgres/retention-cron.sql')} has the database itself do that, as often as is said above.`
    : md``

const expiryLine = ({ mongo }: Runners): Markdown =>
  mongo === null || mongo.expiring.length === 0
    ? md``
    : md`**Mongo** removes by itself, through a TTL index, what a step only deletes by age: in ${joined(mongo.expiring.map(code), ', ')}.`

/** What can start a run, a line for each. */
export const runLines = (runners: Runners): readonly Markdown[] =>
  [commandLine(runners), botLine(runners), sqlLine(runners), cronLine(runners), expiryLine(runners)].filter(
    (line) => line !== '',
  )

/** What is handed to the bot first, and what follows from it. */
export const hooksText = ({ hooks }: Runners): Markdown => {
  if (hooks.length === 0) return md``
  const names = joined(
    hooks.map(({ name }) => code(name)),
    ' and ',
  )
  const verb = text(hooks.length === 1 ? 'is' : 'are')
  return md`${names} ${verb} the bot's own: each due row is handed to it first, at least once. A row that it fails for stays as it is, and is handed over again in the next run.`
}
