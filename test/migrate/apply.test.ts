import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, describe, expect, test } from 'vitest'
import { type Databases, serverDatabases } from '../../generators/cli/databases/index.js'
import { known } from '../../generators/kernel/bug.js'
import { createLedger, recordAdopted } from '../../generators/pipeline/migrate/ledger.js'
import type { SqlClient } from '../../generators/pipeline/retain/database.js'
import { filesIn, writeFiles } from '../support/cli.js'
import { embeddedDatabases } from '../support/embedded-databases.js'
import { openTestDatabases, serverUrl, type TestDatabase } from '../support/postgres.js'
import { inWorkshop, type Workshop } from './workshop.js'

const url = 'postgres://bot@host/bot'

const first = `entity: user
fields:
  id: snowflake(user)
  name: string(40)
  note: string(20)?
`

/** A field with a rule, an index, a rename and a field that is gone: steps in a transaction and in none. */
const second = `entity: user
fields:
  id: snowflake(user)
  title: { type: string(40), was: name }
  xp: { type: integer = 0, min: 0 }
gone: [note]
indexes:
  - [xp]
`

const insert = "INSERT INTO users (id, name, note) SELECT n, 'user ' || n, 'note' FROM generate_series(1, 100) AS n"

/** Plans that were made once: a test of how they are applied need not wait for their proof. */
const made = new Map<string, Readonly<Record<string, string>>>()

const planned = async (workshop: Workshop, name: string, yaml: string): Promise<void> => {
  workshop.describe(yaml)
  const key = JSON.stringify([workshop.plans(), name, yaml])
  const known = made.get(key)
  if (known !== undefined) return writeFiles(workshop.folder, known)
  const { exitCode, stdout } = await workshop.run('migrate', 'plan', name)
  expect(`${exitCode}${exitCode === 0 ? '' : stdout}`).toBe('0')
  workshop.accept()
  const folder = `migrations/sample/${workshop.plans().at(-1)}`
  const files = filesIn(join(workshop.folder, folder))
  made.set(key, Object.fromEntries([...files].map(([path, text]) => [`${folder}/${path}`, text])))
}

/** Both plans of the set. */
const withPlans = async (workshop: Workshop): Promise<void> => {
  await planned(workshop, 'start', first)
  await planned(workshop, 'second', second)
}

const apply = (workshop: Workshop, ...args: readonly string[]) =>
  workshop.run('migrate', 'apply', '--postgres', url, ...args)

/** A database with rows after the first plan, and a second plan to be applied. */
const start = async (workshop: Workshop, database: Pick<TestDatabase, 'exec' | 'reset'>): Promise<void> => {
  await database.reset()
  await planned(workshop, 'start', first)
  expect((await apply(workshop)).exitCode).toBe(0)
  await database.exec(insert)
  await planned(workshop, 'second', second)
}

const stored = 'SELECT count(*)::integer AS rows, min(title) AS least, sum(xp)::integer AS xp FROM users'

const databases = await openTestDatabases()

afterAll(() => Promise.all(databases.map(([, database]) => database.close())))

/** A server where there is one: applying is about connections, and plans are proved on the embedded engine as it is. */
const applied = serverUrl === null ? databases : databases.filter(([driver]) => driver === 'pg')

describe.each(applied)('on %s', (_, database) => {
  const on = (work: (workshop: Workshop) => Promise<void>) => inWorkshop(work, embeddedDatabases(database))

  test('all plans lead from nothing to the set, and a second time there is nothing to do', () =>
    on(async (workshop) => {
      await database.reset()
      await withPlans(workshop)
      expect(await apply(workshop)).toMatchObject({
        exitCode: 0,
        stdout: expect.stringContaining('.: applied, 7 steps'),
      })
      expect((await workshop.run('drift', '--postgres', url)).stdout).toMatch(/no drift/)
      expect((await apply(workshop)).stdout).toBe('.: nothing to apply\n')
    }))

  test('rows are kept, under their new names', () =>
    on(async (workshop) => {
      await start(workshop, database)
      expect((await apply(workshop)).exitCode).toBe(0)
      expect(await database.query(stored)).toEqual([{ rows: 100, least: 'user 1', xp: 0 }])
    }))

  test('stops after a phase, and goes on from there', () =>
    on(async (workshop) => {
      await start(workshop, database)
      await apply(workshop, '--through', 'expand')
      const { stdout } = await workshop.run('migrate', 'status', '--postgres', url)
      expect(stdout).toBe(
        '.: 1 plan applied, 1 to apply\n  applied  0001-start\n  begun    0002-second: 5 of 6 steps done\n',
      )
      expect(await database.query('SELECT count(note)::integer AS notes FROM users')).toEqual([{ notes: 100 }])
      expect((await apply(workshop)).stdout).toContain('applied, 1 step')
    }))

  test('--dry-run shows the statements, and changes nothing', () =>
    on(async (workshop) => {
      await start(workshop, database)
      const count = 'SELECT count(*)::integer AS entries FROM botschema.ledger'
      const before = await database.query(count)
      const { stdout } = await apply(workshop, '--dry-run')
      expect(stdout).toContain('ALTER TABLE public.users RENAME COLUMN name TO title;\n')
      expect(await database.query(count)).toEqual(before)
      expect(await database.query('SELECT count(name)::integer AS names FROM users')).toEqual([{ names: 100 }])
    }))

  test('a hazard that nobody accepted keeps all steps from being done', () =>
    on(async (workshop) => {
      await start(workshop, database)
      const path = `migrations/sample/${workshop.plans().at(-1)}/plan.yaml`
      workshop.write(path, workshop.read(path).replace('because: it is a test', 'because: " "'))
      expect(await apply(workshop)).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('plan-hazard') })
      expect(await database.query('SELECT count(name)::integer AS names FROM users')).toEqual([{ names: 100 }])
    }))

  test('a database that is not where the plan begins is named, and left as it is', () =>
    on(async (workshop) => {
      await start(workshop, database)
      await database.exec('ALTER TABLE users DROP COLUMN note')
      const { exitCode, stdout } = await apply(workshop)
      expect({ exitCode, stdout }).toEqual({
        exitCode: 1,
        stdout: expect.stringMatching(/database-elsewhere: .*`0002-second` begins: column `users.note` is missing/),
      })
      expect(await database.query('SELECT count(name)::integer AS names FROM users')).toEqual([{ names: 100 }])
    }))

  test('what somebody else made beside it is no reason to stop', () =>
    on(async (workshop) => {
      await start(workshop, database)
      await database.exec('CREATE TABLE orders (id integer); CREATE INDEX by_hand ON users (note)')
      expect((await apply(workshop)).exitCode).toBe(0)
    }))

  test('a baseline adopts a database that was made by schema.sql', () =>
    on(async (workshop) => {
      await database.reset()
      workshop.describe(first)
      await workshop.run('generate')
      await database.exec(workshop.read('generated/sample/postgres/schema.sql'))
      await database.exec(insert)
      expect((await workshop.run('migrate', 'baseline', '--postgres', url)).stdout).toBe(
        '.: the database is at 0001-baseline\n',
      )
      await planned(workshop, 'second', second)
      expect((await apply(workshop)).exitCode).toBe(0)
      expect(await database.query(stored)).toEqual([{ rows: 100, least: 'user 1', xp: 0 }])
    }))

  test('one plan in the place of all leaves a database where it is, and leads there from nothing', () =>
    on(async (workshop) => {
      await start(workshop, database)
      await apply(workshop)
      expect((await workshop.run('migrate', 'squash', 'all')).exitCode).toBe(0)
      expect(workshop.plans()).toEqual(['0003-all'])
      expect(await workshop.run('migrate', 'check')).toMatchObject({ exitCode: 0 })
      expect((await apply(workshop)).stdout).toBe('.: nothing to apply\n')
      await database.reset()
      expect((await apply(workshop)).stdout).toContain('applied, 1 step')
      expect((await workshop.run('drift', '--postgres', url)).stdout).toMatch(/no drift/)
    }))

  test('rows in the way stop it before their step, and it goes on when they are gone', () =>
    on(async (workshop) => {
      await start(workshop, database)
      await apply(workshop)
      await database.exec('UPDATE users SET xp = 7 WHERE id < 4')
      await planned(workshop, 'rule', `${second}checks:\n  low: xp < 5\n`)
      const { stdout } = await apply(workshop)
      expect(stdout).toContain('3 rows of public.users that users_low refuses are in the way')
      await database.exec('UPDATE users SET xp = 4 WHERE id < 4')
      expect((await apply(workshop)).stdout).toContain('applied, 1 step')
    }))
})

/** A connection of its own to the server's test database. */
const connected = async (
  database: TestDatabase,
  work: (client: Client, at: string) => Promise<void>,
): Promise<void> => {
  const [row] = await database.query<{ readonly name: string }>('SELECT current_database() AS name')
  const at = new URL(serverUrl ?? '')
  at.pathname = `/${known(row, 'a database').name}`
  const client = new Client({ connectionString: at.href })
  await client.connect()
  try {
    await work(client, at.href)
  } finally {
    await client.end()
  }
}

/** The server's databases, where each statement is told of before it is run. */
const watched = (at: string, watch: (text: string) => Promise<void>): Databases => ({
  open: async (store) => {
    const database = await serverDatabases.open(store, at)
    if ('refused' in database || database.store !== 'postgres') return database
    return {
      ...database,
      session: (work) =>
        database.session((client) => {
          const query: SqlClient['query'] = async (text, values) => {
            await watch(text)
            return client.query(text, values)
          }
          return work({ query })
        }),
    }
  },
})

const isWork = (text: string): boolean => !/^\s*(?:SELECT|SET|BEGIN TRANSACTION|ROLLBACK)/.test(text)

const [, server] = databases.find(([driver]) => driver === 'pg') ?? []

describe.skipIf(server === undefined)('on a server', { timeout: 600_000 }, () => {
  const database = server as TestDatabase

  /** A database that has the first plan and rows. */
  const begin = async (workshop: Workshop): Promise<void> => {
    await database.reset()
    await database.exec(workshop.read('migrations/sample/0001-start/1-expand.sql'))
    await database.exec(insert)
    const client: SqlClient = { query: async (text, values) => ({ rows: await database.query(text, values) }) }
    const [, model = ''] = /^to: (\w+)$/m.exec(workshop.read('migrations/sample/0001-start/plan.yaml')) ?? []
    await createLedger(client)
    await recordAdopted(client, { set: 'sample', schema: 'public' }, model, 'start')
  }

  const ledger =
    "SELECT words, count(*)::integer AS count FROM botschema.ledger WHERE event = 'done' GROUP BY words ORDER BY min(number)"

  const allSteps = [
    'rename',
    'add column users.xp',
    'add constraint users.users_xp_check',
    'validate constraint users.users_xp_check',
    'create index users_xp_idx',
    'drop column users.note',
  ]

  const expectWhole = async (): Promise<void> => {
    expect(await database.query(stored)).toEqual([{ rows: 100, least: 'user 1', xp: 0 }])
    expect(await database.query(ledger)).toEqual(allSteps.map((words) => ({ words, count: 1 })))
  }

  test('a connection that is cut at any statement loses nothing, and the next run goes on', () =>
    connected(database, async (admin, at) => {
      const state = { cut: 0, seen: 0, isArmed: false }
      const watch = async (text: string): Promise<void> => {
        if (!state.isArmed || !isWork(text) || state.seen++ !== state.cut) return
        await admin.query(
          "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = 'botschema' AND datname = current_database()",
        )
      }
      await inWorkshop(
        async (workshop) => {
          await withPlans(workshop)
          for (;;) {
            await begin(workshop)
            state.seen = 0
            state.isArmed = true
            const { exitCode } = await apply(workshop)
            state.isArmed = false
            if (exitCode === 0 && state.seen <= state.cut) break
            state.cut += 1
            expect((await apply(workshop)).exitCode).toBe(0)
            await expectWhole()
          }
          // Each of the six steps has three or more statements that it can be cut at.
          expect(state.cut).toBeGreaterThan(18)
        },
        watched(at, watch),
      )
    }))

  test('two that apply at once do each step once', () =>
    connected(database, (_, at) =>
      inWorkshop(
        async (workshop) => {
          await withPlans(workshop)
          await begin(workshop)
          const ended = await Promise.all([apply(workshop), apply(workshop)])
          expect(ended.map(({ exitCode }) => exitCode)).toEqual([0, 0])
          await expectWhole()
        },
        watched(at, async () => undefined),
      ),
    ))

  test('a reader that holds the table is waited for, and nobody waits behind the plan for long', () =>
    connected(database, (reader, at) =>
      inWorkshop(
        async (workshop) => {
          await withPlans(workshop)
          await begin(workshop)
          await reader.query('BEGIN')
          await reader.query('SELECT count(*) FROM users')
          const blocked = apply(workshop, '--wait', '4s')
          const waits: number[] = []
          const state = { isOver: false }
          blocked.finally(() => {
            state.isOver = true
          })
          while (!state.isOver) {
            const asked = performance.now()
            await database.query('SELECT count(*) FROM users')
            waits.push(performance.now() - asked)
          }
          const { exitCode, stdout } = await blocked
          expect({ exitCode, stdout }).toMatchObject({
            exitCode: 1,
            stdout: expect.stringContaining('migrate-locked-out'),
          })
          // The lock is given up after two seconds.
          expect(Math.max(...waits)).toBeLessThan(3500)
          await reader.query('COMMIT')
          expect((await apply(workshop)).exitCode).toBe(0)
          await expectWhole()
        },
        watched(at, async () => undefined),
      ),
    ))
})
