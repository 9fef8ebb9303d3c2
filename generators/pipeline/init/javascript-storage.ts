import type { ModuleSystem } from '../../model/options.js'
import type { Store } from '../../model/store.js'
import type { InitChoices } from './choices.js'
import { javascriptBase, outputBase, ownFile, type PlannedFile } from './files.js'

/** A module of Node is `.mjs` where the project's `.js` files are none. */
const ending = (project: ModuleSystem): string => (project === 'esm' ? 'js' : 'mjs')

export const tryFile = (project: ModuleSystem): string => `try-storage.${ending(project)}`

/** The folder of the Postgres inside the process. */
export const embeddedFolder = 'database'

const openers: Readonly<Record<Store, (set: string) => string>> = {
  postgres: (set) => `
/** The server of DATABASE_URL; without one, a Postgres inside this process that keeps its files in ${embeddedFolder}/. */
const postgres = async () => {
  const { postgresStorage } = await import('./${javascriptBase}/${set}/postgres/index.js')
  const script = async (name) => readFile('${outputBase}/${set}/postgres/' + name, 'utf8')
  const { server, run, close } = await (process.env.DATABASE_URL === undefined ? embedded() : pool())
  const create = async () => {
    const { rows } = await server.query("SELECT to_regclass('tags') AS found")
    if (rows[0].found === null) await run(await script('schema.sql'))
    // It only replaces functions. A set that says nothing of retention has none.
    await run(await script('retention.sql').catch(() => ''))
  }
  return { storage: postgresStorage(server), create, close }
}

const embedded = async () => {
  const { PGlite } = await import('@electric-sql/pglite')
  const server = await PGlite.create('${embeddedFolder}')
  return { server, run: (script) => server.exec(script), close: () => server.close() }
}

const pool = async () => {
  const { Pool } = (await import('pg')).default
  const server = new Pool({ connectionString: process.env.DATABASE_URL })
  return { server, run: (script) => server.query(script), close: () => server.end() }
}
`,
  mongo: (set) => `
/** The server of MONGODB_URI. */
const mongo = async () => {
  const { createConnection } = (await import('mongoose')).default
  const { createCollections, mongoStorage } = await import('./${javascriptBase}/${set}/mongoose/access/index.js')
  const validators = await readFile('${outputBase}/${set}/mongoose/validators.json', 'utf8')
  const connection = await createConnection(process.env.MONGODB_URI ?? 'mongodb://127.0.0.1:27017/${set}').asPromise()
  return {
    storage: mongoStorage(connection),
    create: () => createCollections(connection, validators),
    close: () => connection.close(),
  }
}
`,
}

const storageText = ({ name, stores }: InitChoices): string => `// Opens what the bot keeps. Yours to change.
import { readFile } from 'node:fs/promises'
${stores.map((store) => openers[store](name)).join('')}
const stores = { ${stores.join(', ')} }

/** The storage of a store by its name; \`create\` makes the ${thingsOf(stores)} that are not there, \`close\` lets go of it. */
export const openStorage = (store = '${stores[0]}') => stores[store]()
`

const things: Readonly<Record<Store, string>> = { postgres: 'tables', mongo: 'collections' }

const thingsOf = (stores: readonly Store[]): string => stores.map((store) => things[store]).join(' or ')

const guildLine = `await storage.guild.upsert({ id: guild, name: 'My guild', owner_id: '240100000000000101' })
`

const tryText = (
  storage: string,
  hasGuilds: boolean,
): string => `// Stores a tag and reads it back: npm run botschema:try
import { openStorage } from './${storage}'

const { storage, create, close } = await openStorage(process.argv[2])
const guild = '240100000000000001'
await create()
${hasGuilds ? guildLine : ''}const rules = { guild_id: guild, name: 'rules', content: 'Be kind.' }
const { row } = await storage.tag.upsert(rules, { by: ['guild_id', 'name'] })
const { name, content } = await storage.tag.get(row.id)
console.log(\`stored and read back: \${name}: \${content}\`)
console.log('most used:', JSON.stringify(await storage.tag.queries.mostUsed({ guild })))
await close()
`

/** What opens the storage of a bot in JavaScript, and the first rows to see it work. */
export const javascriptStorage = (
  choices: InitChoices,
  project: ModuleSystem,
  hasGuilds: boolean,
): readonly PlannedFile[] => {
  const storage = `storage.${ending(project)}`
  return [ownFile(storage, storageText(choices)), ownFile(tryFile(project), tryText(storage, hasGuilds))]
}
