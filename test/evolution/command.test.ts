import { createServer } from 'node:net'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { serverDatabases } from '../../generators/cli/databases/index.js'
import type { Terminal } from '../../generators/cli/terminal.js'
import { inTemporaryFolder, writeFiles } from '../support/cli.js'
import { embeddedDatabases } from '../support/embedded-databases.js'
import { runInProcess } from '../support/in-process.js'
import { openTestDatabase, serverUrl, type TestDatabase } from '../support/postgres.js'
import { emitted, setOf } from '../support/schema-sql.js'

const mute = `entity: mute
summary: A mute that ends.
fields:
  id: identity
  channel: string(100)
  ends_at: timestamp
indexes:
  - [ends_at]
`

let engine: TestDatabase
let sql = ''

beforeAll(async () => {
  engine = await openTestDatabase()
  sql = await emitted(setOf(mute))
})

afterAll(() => engine.close())

const url = 'postgres://bot:s3cret@host/bot'

const drift = (
  args: readonly string[],
  databases: Terminal['databases'] = embeddedDatabases(engine),
  files: Readonly<Record<string, string>> = {},
) =>
  inTemporaryFolder(async (folder) => {
    writeFiles(folder, { ...files, 'botschema.yaml': 'name: sample\nstores: [postgres]\n', 'mute.yaml': mute })
    return runInProcess(folder, ['drift', ...args], { databases })
  })

/** A database of the set to which something was done. */
const withTables = async (more = ''): Promise<void> => {
  await engine.reset()
  await engine.exec(sql)
  await engine.exec(more)
}

describe('drift', () => {
  test('exits 0 and says so where there is none', async () => {
    await withTables()
    const { exitCode, stdout } = await drift(['--postgres', url])
    expect({ exitCode, stdout }).toEqual({
      exitCode: 0,
      stdout: expect.stringMatching(/^\.: no drift; \d+ objects compared\n$/),
    })
  })

  test('has every finding as data, with its place and what mends it', async () => {
    await withTables('ALTER TABLE mutes DROP COLUMN channel; ALTER TABLE mutes ADD COLUMN note text')
    const { exitCode, stdout } = await drift(['--postgres', url, '--json'])
    expect(exitCode).toBe(1)
    const { diagnostics, sets } = JSON.parse(stdout)
    expect(diagnostics.map(({ code }: { code: string }) => code).sort()).toEqual(['drift-cosmetic', 'drift-missing'])
    expect(sets[0]).toMatchObject({ folder: '.', name: 'sample', schema: 'public', server: expect.any(Number) })
    expect(sets[0].findings).toMatchObject([
      {
        kind: 'missing',
        object: { kind: 'column', name: 'mutes.channel' },
        effect: 'breaks reads',
        statement: expect.stringMatching(/ADD COLUMN channel character varying\(100\) NOT NULL;/),
        file: 'mute.yaml',
        line: 5,
      },
      { kind: 'extra', object: { kind: 'column', name: 'mutes.note' }, effect: 'is cosmetic', statement: null },
    ])
  })

  test.each(['github', 'junit', 'sarif'])('--format %s names the place', async (format) => {
    await withTables('DROP INDEX mutes_ends_at_idx')
    const { exitCode, stdout } = await drift(['--postgres', url, '--format', format])
    expect(exitCode).toBe(1)
    expect(stdout).toContain('drift-missing')
    expect(stdout).toContain('mute.yaml')
  })

  test('lists what no set describes with --all alone, and offers to delete none of it', async () => {
    await withTables('CREATE TABLE orders (id integer PRIMARY KEY); CREATE SEQUENCE numbers')
    const plain = await drift(['--postgres', url])
    expect(plain.stdout).not.toContain('orders')
    const { exitCode, stdout } = await drift(['--postgres', url, '--all'])
    expect(exitCode).toBe(0)
    expect(stdout).toContain('    table orders\n')
    expect(stdout).toContain('    sequence numbers\n')
    expect(stdout).not.toMatch(/drop/i)
  })

  test('leaves the database and the session as they were', async () => {
    await withTables()
    const state = `SELECT current_setting('search_path') AS path, current_setting('TimeZone') AS zone, txid_current_if_assigned() AS id`
    const before = await engine.query(state)
    await drift(['--postgres', url, '--all'])
    expect(await engine.query(state)).toEqual(before)
  })

  test('a session that prints in its own way changes nothing', async () => {
    await withTables()
    await engine.exec(
      "SET search_path = public; SET IntervalStyle = 'iso_8601'; SET TimeZone = 'Asia/Tokyo'; SET DateStyle = 'German'",
    )
    try {
      expect((await drift(['--postgres', url])).exitCode).toBe(0)
    } finally {
      await engine.exec('RESET search_path; RESET IntervalStyle; RESET TimeZone; RESET DateStyle')
    }
  })

  test('leaves out what the baseline accepts, and counts it', async () => {
    await withTables('DROP INDEX mutes_ends_at_idx; ALTER TABLE mutes ALTER COLUMN channel DROP NOT NULL')
    const all = JSON.parse((await drift(['--postgres', url, '--json'])).stdout)
    const ids = all.sets[0].findings.map(({ id }: { id: string }) => id)
    expect(ids).toEqual(['missing index mutes.mutes_ends_at_idx', 'different column mutes.channel (notNull)'])
    const entry = (id: string): string => `  - { finding: '${id}', because: Known., until: 2999-12-31 }\n`
    const accepting = async (...some: readonly string[]) =>
      drift(['--postgres', url, '--baseline', '.github/accepted.yaml'], embeddedDatabases(engine), {
        '.github/accepted.yaml': `accepted:\n${some.map(entry).join('')}`,
      })
    const one = await accepting(ids[0])
    expect(one.exitCode).toBe(1)
    expect(one.stdout).not.toContain('drift-missing')
    expect(one.stdout).toContain('drift-different')
    expect(one.stdout).toContain('1 accepted difference')
    const both = await accepting(...ids)
    expect(both).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('no drift') })
    // Another change to the same column is another finding.
    await engine.exec('ALTER TABLE mutes ALTER COLUMN channel TYPE text')
    expect((await accepting(...ids)).exitCode).toBe(1)
  })

  test.each([
    ['accepted: none\n', 'it has one key'],
    ['accepted: []\nmore: 1\n', 'it has one key'],
    ['accepted:\n  - { finding: a, until: 2999-12-31 }\n', 'needs `because`'],
    ['accepted:\n  - { finding: a, because: b }\n', 'needs `until`'],
    ['accepted:\n  - { finding: a, because: b, until: 2999-12-31, who: me }\n', 'no key `who`'],
    ['accepted: [\n', 'yaml-'],
    ['', 'it has one key'],
  ])('refuses the baseline %j', async (text, words) => {
    const { exitCode, stdout } = await drift(
      ['--postgres', url, '--baseline', '.github/a.yaml'],
      embeddedDatabases(engine),
      {
        '.github/a.yaml': text,
      },
    )
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: expect.stringContaining(words) })
  })

  test('refuses a baseline that is not there', async () => {
    const { exitCode, stdout } = await drift(['--postgres', url, '--baseline', 'nowhere.yml'])
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: expect.stringContaining('there is no such file') })
  })

  test('needs a database, and says how to name it', async () => {
    const { exitCode, stderr } = await drift([])
    expect(exitCode).toBe(2)
    expect(stderr).toContain('database-unnamed')
  })
})

describe('a server that cannot be used is a finding, without its password', { timeout: 30_000 }, () => {
  const refused = async (at: string): Promise<string> => {
    const { exitCode, stdout } = await drift(['--postgres', at], serverDatabases)
    expect(exitCode).toBe(1)
    expect(stdout).toContain('database-refused')
    expect(stdout).not.toContain('s3cret')
    return stdout
  }

  test('nothing listens', async () => {
    expect(await refused('postgres://bot:s3cret@127.0.0.1:1/bot')).toContain('no server listens there')
  })

  test('it never answers', async () => {
    const server = createServer(() => undefined).listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    try {
      expect(await refused(`postgres://bot:s3cret@127.0.0.1:${port}/bot`)).toContain('it does not answer')
    } finally {
      server.close()
    }
  })

  test.skipIf(serverUrl === null)('it has no such database', async () => {
    const at = new URL(serverUrl ?? '')
    at.pathname = '/not_there_at_all'
    expect(await refused(at.href)).toContain('there is no database of that name')
  })

  test.skipIf(serverUrl === null)('a role without any right sees the catalogue all the same', async () => {
    await withTables()
    const [{ name } = { name: '' }] = await engine.query<{ name: string }>('SELECT current_database() AS name')
    const admin = new Client({ connectionString: serverUrl ?? '' })
    await admin.connect()
    const role = `nobody_${process.pid}`
    await admin.query(`CREATE ROLE ${role} LOGIN PASSWORD 's3cret'`)
    try {
      const at = new URL(serverUrl ?? '')
      at.pathname = `/${name}`
      at.username = role
      at.password = 's3cret'
      const { exitCode, stdout } = await drift(['--postgres', at.href], serverDatabases)
      expect({ exitCode, stdout }).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('no drift') })
    } finally {
      await admin.query(`DROP ROLE ${role}`)
      await admin.end()
    }
  })
})
