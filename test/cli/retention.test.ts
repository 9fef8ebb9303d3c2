import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { embeddedDatabases } from '../support/embedded-databases.js'
import { openTestDatabase } from '../support/postgres.js'
import { type Ended, type RetainedFolder, withRetainedSet } from './retained-set.js'

const engine = await openTestDatabase()
const databases = embeddedDatabases(engine)
const url = 'postgres://bot:s3cret@host/bot'
const at = ['--at', '2025-06-01T00:00:00Z']

afterAll(() => engine.close())

const rows = `
INSERT INTO warnings (reason, created_at, active) VALUES
  ('new', '2025-05-31T00:00:00Z', true),
  ('old', '2025-03-01T00:00:00Z', true),
  ('older', '2025-02-01T00:00:00Z', true),
  ('oldest', '2024-01-01T00:00:00Z', true);
INSERT INTO mutes (channel, ends_at) VALUES
  ('general', '2025-05-01T00:00:00Z'), ('games', '2025-05-02T00:00:00Z'), ('help', '2025-07-01T00:00:00Z');`

/** The set, and its database with rows of every age. */
const withRows = (use: (set: RetainedFolder) => Promise<void>): Promise<void> =>
  withRetainedSet(databases, async (set) => {
    await engine.reset()
    for (const file of ['schema', 'retention']) {
      await engine.exec(readFileSync(join(set.folder, `output/kept/postgres/${file}.sql`), 'utf8'))
    }
    await engine.exec(rows)
    await use(set)
  })

const counts = async (): Promise<Readonly<Record<string, unknown>>> => {
  const [counted] = await engine.query(`SELECT
    (SELECT count(*)::int FROM warnings) AS warnings,
    (SELECT count(*)::int FROM warnings WHERE NOT active) AS inactive,
    (SELECT count(*)::int FROM warnings_archive) AS archived,
    (SELECT count(*)::int FROM mutes) AS mutes`)
  return counted ?? {}
}

const untouched = { warnings: 4, inactive: 0, archived: 0, mutes: 3 }

const codesIn = ({ stdout }: Ended): readonly string[] =>
  (JSON.parse(stdout) as { readonly diagnostics: readonly { readonly code: string }[] }).diagnostics.map(
    ({ code }) => code,
  )

describe('retention plan', () => {
  test('says what is due, in a table, and changes nothing', () =>
    withRows(async ({ retention }) => {
      const { exitCode, stderr, stdout } = await retention(['plan', '--postgres', url, ...at])
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
      expect(stdout).toBe(`set, as of 2025-06-01T00:00:00.000Z
  entity   step  what                                                      rows  oldest
  mute        1  delete from mutes at ends_at, after lift_mute                2  2025-05-01T00:00:00.000Z
  warning     1  set after 90 days of created_at                              3  2024-01-01T00:00:00.000Z
  warning     2  archive to warnings_archive after 365 days of created_at     1  2024-01-01T00:00:00.000Z
`)
      expect(await counts()).toEqual(untouched)
    }))

  test('as JSON has each act with its rows', () =>
    withRows(async ({ retention }) => {
      const { exitCode, stdout } = await retention(['plan', '--postgres', url, '--json', ...at])
      expect(exitCode).toBe(0)
      expect(JSON.parse(stdout)).toMatchObject({
        ok: true,
        diagnostics: [],
        sets: [
          {
            folder: 'set',
            name: 'kept',
            at: '2025-06-01T00:00:00.000Z',
            due: [
              { entity: 'mute', step: 1, action: 'delete', from: 'mutes', hook: 'lift_mute', rows: 2, indexed: true },
              { entity: 'warning', step: 1, action: 'set', rows: 3, indexed: true },
              { entity: 'warning', step: 2, action: 'archive', into: 'warnings_archive', rows: 1, indexed: true },
            ],
          },
        ],
      })
    }))

  test('finds the clock that no index serves, and an index of something else is none', () =>
    withRows(async ({ retention }) => {
      await engine.exec('DROP INDEX mutes_ends_at_idx; CREATE INDEX ON mutes (channel, ends_at)')
      const ended = await retention(['plan', '--postgres', url, '--json', ...at])
      expect({ ...ended, codes: codesIn(ended) }).toMatchObject({ exitCode: 0, codes: ['clock-unindexed'] })
    }))

  test('asks for the functions of retention.sql, as the set makes them', () =>
    withRows(async ({ folder, retention }) => {
      const file = join(folder, 'output/kept/postgres/retention.sql')
      await engine.exec(readFileSync(file, 'utf8').replaceAll("'90 days'", "'80 days'"))
      const older = await retention(['plan', '--postgres', url])
      expect(older.exitCode).toBe(1)
      expect(older.stdout).toContain(
        'the function `retire_warnings` and 1 more in the database is not as the set makes it',
      )
      await engine.exec('DROP FUNCTION retire_warnings')
      const missing = await retention(['plan', '--postgres', url])
      expect(missing.exitCode).toBe(1)
      expect(missing.stdout).toContain('the database has no function `retire_warnings`')
      expect(missing.stdout).toContain('-f output/kept/postgres/retention.sql')
    }))
})

describe('retention run', () => {
  test('without its hook leaves a step, does all others, and says so with exit code 1', () =>
    withRows(async ({ retention }) => {
      const { exitCode, stdout } = await retention(['run', '--postgres', url, ...at])
      expect(exitCode).toBe(1)
      expect(stdout).toContain('set/mute.yaml:11:7: error hook-missing: 2 rows of mute wait for `lift_mute`')
      expect(stdout).toContain('  warning  archived to warnings_archive after 365 days of created_at  1\n')
      expect(await counts()).toEqual({ warnings: 3, inactive: 2, archived: 1, mutes: 3 })
    }))

  test('hands rows to the hooks of a file, and to those of its default export', () =>
    withRows(async ({ retention, write }) => {
      write('named.mjs', `globalThis.lifted = []\nexport const liftMute = (row) => lifted.push(row.channel)\n`)
      write('default.cjs', `module.exports = { liftMute: (row) => globalThis.lifted.push(row.channel) }\n`)
      const named = await retention(['run', '--postgres', url, '--hooks', 'named.mjs', '--json', ...at])
      expect(named).toMatchObject({ exitCode: 0, stderr: '' })
      const later = ['--at', '2025-08-01T00:00:00Z']
      const byDefault = await retention([
        'run',
        '--postgres',
        url,
        '--hooks',
        'default.cjs',
        '--only',
        'mute',
        ...later,
      ])
      expect(byDefault).toMatchObject({ exitCode: 0, stderr: '' })
      expect(globalThis).toMatchObject({ lifted: ['general', 'games', 'help'] })
      expect(await counts()).toEqual({ warnings: 3, inactive: 2, archived: 1, mutes: 0 })
    }))

  test('reports a hook that fails, leaves its row, and masks what it throws', () =>
    withRows(async ({ retention, write }) => {
      write(
        'hooks.mjs',
        `export const liftMute = ({ channel }) => { if (channel === 'games') throw new Error('no login with ${url}') }\n`,
      )
      const { exitCode, stdout } = await retention(['run', '--postgres', url, '--hooks', 'hooks.mjs', ...at])
      expect(exitCode).toBe(1)
      expect(stdout).toContain('error hook-failed: `lift_mute` failed for 1 row of mute (id 2), after 3 attempts')
      expect(stdout).toContain('no login with •••')
      expect(stdout).not.toContain('s3cret')
      expect(await counts()).toMatchObject({ mutes: 2 })
    }))

  test('ends after the batch under way when it is asked to, with its report and exit code 130', () =>
    withRows(async ({ retention, write }) => {
      const stop = new AbortController()
      Object.assign(globalThis, { stopRun: () => stop.abort() })
      write('hooks.mjs', 'export const liftMute = () => globalThis.stopRun()\n')
      const asked = { stopRequests: () => ({ signal: stop.signal, ignore: () => undefined }) }
      const ended = await retention(
        ['run', '--postgres', url, '--hooks', 'hooks.mjs', '--batch', '1', '--every', '1 day'],
        asked,
      )
      expect(ended.exitCode).toBe(130)
      expect(ended.stdout).toContain('stopped before all was done')
      expect(await counts()).toMatchObject({ warnings: 4, mutes: 2 })
    }))

  test('tells what the database refuses, and goes on with other entities', () =>
    withRows(async ({ retention, write }) => {
      write('hooks.mjs', 'export const liftMute = () => undefined\n')
      await engine.exec('ALTER TABLE warnings_archive ADD CHECK (reason IS NULL)')
      const ended = await retention(['run', '--postgres', url, '--hooks', 'hooks.mjs', '--json', ...at])
      expect(ended.exitCode).toBe(1)
      expect(codesIn(ended)).toEqual(['retention-failed'])
      expect(await counts()).toMatchObject({ archived: 0, mutes: 1 })
    }))

  test('knows no other entities than those that age', () =>
    withRows(async ({ retention }) => {
      const { exitCode, stderr, stdout } = await retention(['run', '--postgres', url, '--only', 'warnin'])
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
      expect(stderr).toContain('nothing ages in an entity `warnin` of these sets; did you mean `warning`?')
    }))
})

describe('connection strings', () => {
  test.each([
    [['plan', '--postgres', 'bot:s3cret@host/bot']],
    [['plan', '--postgres', url, '--mongo']],
    [['plan', '--mongo', 'set', url]],
    [['plan', `--postgress=${url}`]],
  ])('are not shown where they are wrong: %j', (args) =>
    withRetainedSet(databases, async ({ retention }) => {
      const { exitCode, stderr, stdout } = await retention(args)
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
      expect(stderr).toContain('error ')
      expect(stderr).not.toContain('s3cret')
    }),
  )
})
