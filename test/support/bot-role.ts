import type { PostgresEngine } from '../../generators/engines/postgres/embedded.js'

/** A role that has the rights of grants.sql; those of a server are shared, so each process has names of its own. */
export interface BotRole {
  readonly name: string
  /** From now on the connection is as if the role had logged in. */
  readonly enter: () => Promise<void>
  readonly leave: () => Promise<void>
  readonly drop: () => Promise<void>
}

let made = 0

/** Creates a role and gives it what the script grants to `bot`. */
export const createBotRole = async (database: PostgresEngine, grants: string): Promise<BotRole> => {
  made += 1
  const name = `bot_${process.pid}_${made}`
  await database.exec(`CREATE ROLE ${name} LOGIN`)
  await database.exec(grants.replaceAll(/\b(TO|FROM) bot\b/g, `$1 ${name}`))
  const [owner] = await database.query<{ name: string }>('SELECT quote_ident(session_user) AS name')
  // RESET keeps the role in the embedded engine of Postgres 18.
  const leave = (): Promise<void> => database.exec(`SET SESSION AUTHORIZATION ${owner?.name}`)
  return {
    name,
    enter: () => database.exec(`SET SESSION AUTHORIZATION ${name}`),
    leave,
    drop: async () => {
      await leave()
      await database.exec(`DROP OWNED BY ${name}; DROP ROLE ${name}`)
    },
  }
}
