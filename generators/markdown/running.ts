import { documentSchema } from '../document/index.js'
import { code, joined, type Markdown, md, text } from '../kernel/safe/markdown.js'
import { identifier, qualified } from '../kernel/safe/sql.js'
import type { Event } from '../model/event.js'
import type { SchemaSet } from '../model/schema-set.js'
import { hasAccess } from '../script/has-access.js'
import { eventFunctions, hooksIn, retainedIn } from '../script/retention.js'

/** By what a set's retention can be started. */
export interface Runners {
  readonly postgres: { readonly schema: string; readonly access: boolean; readonly cron: boolean } | null
  readonly mongo: {
    readonly access: boolean
    /** The collections with an index that removes documents by itself. */
    readonly expiring: readonly string[]
  } | null
  /** The bot's functions that rows are handed to: as the YAML names them, and in code. */
  readonly hooks: readonly { readonly name: string; readonly property: string }[]
}

const expiringIn = (set: SchemaSet): readonly string[] =>
  documentSchema(set)
    .value.collections.filter(({ indexes }) => indexes.some(({ expireAfterSeconds }) => expireAfterSeconds !== null))
    .map(({ name }) => name)

export const runnersOf = (set: SchemaSet): Runners => {
  const { postgres, mongoose } = set.targets
  const [first = 'postgres'] = set.stores
  const store = set.stores.find((one) => retainedIn(set, one).length > 0) ?? first
  return {
    postgres:
      set.stores.includes('postgres') && postgres !== null
        ? {
            schema: postgres.schema,
            access: hasAccess(set, 'postgres'),
            cron: 'pg_cron' in postgres && postgres.pg_cron === true,
          }
        : null,
    mongo:
      set.stores.includes('mongo') && mongoose !== null
        ? { access: hasAccess(set, 'mongo'), expiring: expiringIn(set) }
        : null,
    hooks: hooksIn(set, store).map(({ name, property }) => ({ name, property })),
  }
}

/** A function of the set's schema: bare in the schema that every search path has. */
const inSchema = (schema: string, name: string): string =>
  schema === 'public' ? identifier(name) : qualified(schema, name)

const hasCode = ({ postgres, mongo }: Runners): boolean => postgres?.access === true || mongo?.access === true

const codeFolders = ({ postgres, mongo }: Runners): Markdown =>
  joined(
    [postgres?.access === true ? code('postgres/') : md``, mongo?.access === true ? code('mongoose/access/') : md``],
    ' and ',
  )

const sqlFunctions: Readonly<Record<Event, { readonly name: string; readonly parameters: string }>> = {
  'guild-leave': { name: 'guild_leave', parameters: "'GUILD'" },
  'member-leave': { name: 'member_leave', parameters: "'GUILD', 'USER'" },
  erase: { name: 'forget_user', parameters: "'USER'" },
}

const codeParameters: Readonly<Record<Event, string>> = {
  'guild-leave': 'guild',
  'member-leave': 'guild, user',
  erase: 'user',
}

/** What does an event's work, as a bot and as SQL call it; empty where neither can. */
export const eventCalls = (runners: Runners, event: Event): Markdown => {
  const { name, parameters } = sqlFunctions[event]
  const { postgres } = runners
  return joined(
    [
      hasCode(runners) ? code(`storage.${eventFunctions[event]}(${codeParameters[event]})`) : md``,
      postgres === null ? md`` : code(`SELECT * FROM ${inSchema(postgres.schema, name)}(${parameters})`),
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
  const handing = hooks.length === 0 ? md`` : md`, with the bot's functions from a file (${code('--hooks FILE')})`
  return md`**The command**: ${code('botschema retention plan')} says how many rows are due for what, and ${code('botschema retention run')} does it${handing}; each with ${joined(flags, ' or ')}.`
}

const botLine = (runners: Runners): Markdown => {
  const hooks = runners.hooks.map(({ property }) => property).join(', ')
  const call = `storage.runRetention(${hooks === '' ? '' : `{ hooks: { ${hooks} } }`})`
  return hasCode(runners) ? md`**The bot**: ${code(call)}, from ${codeFolders(runners)}.` : md``
}

const sqlLine = ({ postgres, hooks }: Runners): Markdown => {
  if (postgres === null) return md``
  const call = code(`CALL ${inSchema(postgres.schema, 'run_retention')}()`)
  const but = hooks.length === 0 ? md`` : md` It leaves what waits for the bot.`
  return md`**Postgres**: ${call}, from ${code('postgres/retention.sql')}.${but}`
}

const cronLine = ({ postgres }: Runners): Markdown =>
  postgres?.cron === true
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
