import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSubjects, type Subject } from '../../storage/databases.js'
import { fileOf } from '../../storage/emitted.js'

const texts = {
  'botschema.yaml': `
name: runs
output: out
stores: [postgres]
targets: { postgres: { precision: 6 } }
`,
  'set.yaml': `
entity: mute
key: [guild_id, made_at]
fields:
  guild_id: snowflake(guild)
  made_at: { type: timestamp, code: madeAt }
  ends_at: timestamp?
  place: text?
  strength: bigint = 1
  active: boolean = true
indexes: [[made_at], [ends_at]]
retention:
  batch: 2
  every: 2 hours
  steps:
    - { at: ends_at, before: lift_mute, set: { active: false } }
    - { after: 1 day of made_at, where: strength < 5, before: announce, archive: mutes_archive }
    - { after: 10 days of made_at, delete: true }
  guild_leave: delete
---
entity: note
fields: { id: { type: bigint, key: true }, note_at: timestamp(ms) }

indexes: [[note_at]]
retention: { steps: [{ after: 1 day of note_at, before: announce, delete: true }] }
`,
}

let opened: Awaited<ReturnType<typeof openSubjects>>

beforeAll(async () => {
  opened = await openSubjects(texts)
  for (const { database } of opened.subjects) await database.exec(fileOf(opened.files, 'postgres/retention.sql'))
}, 60_000)

afterAll(() => opened?.close())

interface Report {
  readonly retired: readonly {
    readonly entity: string
    readonly step: number
    readonly from: string
    readonly rows: number
  }[]
  readonly hookFailures: readonly {
    readonly key: object
    readonly hook: string
    readonly attempts: number
    readonly error: unknown
  }[]
  readonly withoutHook: readonly { readonly hook: string; readonly rows: number }[]
  readonly failures: readonly unknown[]
  readonly finished: boolean
}

const at = new Date('2024-03-12T00:00:00.000Z')

const fill = `
TRUNCATE mutes, mutes_archive, notes;
INSERT INTO mutes (guild_id, made_at, ends_at, strength)
SELECT n, timestamptz '2024-03-11 23:00Z' + n * interval '1 microsecond', '2024-03-12Z', n FROM generate_series(1, 5) AS n;
INSERT INTO mutes (guild_id, made_at, strength)
SELECT n, timestamptz '2024-03-10 23:00Z' + n * interval '1 microsecond', n FROM generate_series(1, 5) AS n;
INSERT INTO mutes (guild_id, made_at, strength) VALUES (8, '2024-01-01Z', 1), (9, '2024-01-01Z', 9);
INSERT INTO notes (id, note_at) VALUES (9007199254740993, 0);`

const columnOf = async ({ database }: Subject, query: string): Promise<readonly unknown[]> =>
  (await database.query<{ readonly text: unknown }>(query)).map(({ text }) => text)

const summed = ({ retired }: Report): readonly string[] =>
  retired.map(({ entity, step, from, rows }) => `${entity} ${step} ${from} ${rows}`).sort()

const failing =
  (keys: readonly string[], seen: unknown[]) => (row: { readonly guildId: string; readonly guild_id: string }) => {
    seen.push(row)
    if (keys.includes(row.guild_id)) throw new Error(`not ${row.guild_id}`)
  }

describe('a run on each driver', () => {
  it('plans without changing anything', async () => {
    for (const subject of opened.subjects) {
      await subject.database.exec(fill)
      const plan = (await subject.call('$planRetention', at)) as readonly Record<string, unknown>[]
      expect(plan.map(({ entity, step, from, rows, oldest }) => [entity, step, from, rows, oldest])).toEqual([
        ['mute', 1, 'mutes', 5, at],
        ['mute', 2, 'mutes', 5, new Date('2024-01-01Z')],
        ['mute', 3, 'mutes_archive', 0, null],
        ['mute', 3, 'mutes', 1, new Date('2024-01-01Z')],
        ['note', 1, 'notes', 1, new Date(0)],
      ])
    }
  })

  it('hands each due row to its hook, and leaves those alone that a hook failed for', async () => {
    for (const subject of opened.subjects) {
      await subject.database.exec(fill)
      const [muted, announced]: [unknown[], unknown[]] = [[], []]
      const hooks = { liftMute: failing(['3'], muted), announce: failing(['8'], announced) }
      const report = (await subject.call('$runRetention', { at, hooks, attempts: 2, wait: 0 })) as Report
      expect(summed(report)).toEqual(['mute 1 mutes 4', 'mute 2 mutes 4', 'mute 3 mutes 1', 'note 1 notes 1'])
      expect(report.hookFailures.map(({ key, hook, attempts }) => [key, hook, attempts])).toEqual([
        [{ guild_id: '3', madeAt: new Date('2024-03-11T23:00:00.000Z') }, 'lift_mute', 2],
        [{ guild_id: '8', madeAt: new Date('2024-01-01T00:00:00.000Z') }, 'announce', 2],
      ])
      expect([report.failures, report.withoutHook, report.finished]).toEqual([[], [], true])
      expect(muted[0]).toEqual({
        guild_id: '1',
        madeAt: new Date('2024-03-11T23:00:00.000Z'),
        ends_at: at,
        place: null,
        strength: 1n,
        active: true,
      })
      expect(announced).toContainEqual({ id: 9007199254740993n, note_at: new Date(0) })
      expect(
        await columnOf(subject, 'SELECT guild_id::text AS text FROM mutes WHERE active AND ends_at IS NOT NULL'),
      ).toEqual(['3'])
      expect(
        await columnOf(subject, "SELECT guild_id::text AS text FROM mutes WHERE made_at < '2024-03-11Z' ORDER BY 1"),
      ).toEqual(['5', '8'])
      const again = (await subject.call('$runRetention', {
        at,
        hooks: { liftMute: () => {}, announce: () => {} },
      })) as Report
      expect(summed(again)).toEqual(['mute 1 mutes 1', 'mute 2 mutes 1', 'mute 3 mutes_archive 1'])
    }
  })

  it('does what needs no hook where none is given, and says what it left', async () => {
    for (const subject of opened.subjects) {
      await subject.database.exec(fill)
      const report = (await subject.call('$runRetention', { at, hooks: {}, batch: 1 })) as Report
      expect(summed(report)).toEqual(['mute 3 mutes 1'])
      expect(report.withoutHook.map(({ hook, rows }) => [hook, rows])).toEqual([
        ['lift_mute', 5],
        ['announce', 5],
        ['announce', 1],
      ])
    }
  })

  it('goes on where a hook itself changes rows', async () => {
    for (const subject of opened.subjects) {
      await subject.database.exec(fill)
      const liftMute = ({ guild_id }: { readonly guild_id: string }) =>
        subject.database.exec(`DELETE FROM mutes WHERE ends_at IS NOT NULL AND guild_id = ${guild_id} + 1`)
      const report = (await subject.call('$runRetention', { at, only: ['mute'], hooks: { liftMute } })) as Report
      expect(summed(report)).toEqual(['mute 1 mutes 2', 'mute 3 mutes 1'])
    }
  })

  it('answers to events, with what was done, by the function of its own snowflakes', async () => {
    const older = "CREATE FUNCTION guild_leave(guild text) RETURNS text LANGUAGE sql AS 'SELECT guild'"
    for (const subject of opened.subjects) {
      await subject.database.exec(fill)
      await subject.database.exec(older)
      expect(await subject.call('$guildLeave', '8')).toEqual([
        { entity: 'mute', from: 'mutes_archive', field: 'guild_id', did: 'deleted', rows: 0, because: null },
        { entity: 'mute', from: 'mutes', field: 'guild_id', did: 'deleted', rows: 1, because: null },
      ])
    }
  })
})
