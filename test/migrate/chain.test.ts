import { renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { filesIn, writeFiles } from '../support/cli.js'
import { inWorkshop, type Workshop } from './workshop.js'

const first = `entity: user
fields:
  id: snowflake(user)
  note: string(20)?
`
const second = `${first}  level: integer = 1\n`
const third = `${second}  xp: integer = 0\n`

/** The codes of what a command finds. */
const codesOf = async ({ run }: Workshop, ...args: readonly string[]): Promise<readonly string[]> => {
  const { stdout } = await run(...args, '--json')
  return JSON.parse(stdout).diagnostics.map(({ code }: { code: string }) => code)
}

const check = (workshop: Workshop): Promise<readonly string[]> => codesOf(workshop, 'migrate', 'check')

/** Plans by the plans before them, their names and their sets: each is made and proved once. */
const made = new Map<string, Readonly<Record<string, string>>>()

const planned = async (workshop: Workshop, name: string, yaml: string): Promise<void> => {
  const before = workshop.plans()
  const texts = before.map((plan) => workshop.read(`migrations/sample/${plan}/plan.yaml`))
  const key = JSON.stringify([before, texts, name, yaml])
  workshop.describe(yaml)
  const known = made.get(key)
  if (known !== undefined) return writeFiles(workshop.folder, known)
  const { exitCode, stderr, stdout } = await workshop.run('migrate', 'plan', name)
  expect(`${exitCode} ${stderr}${exitCode === 0 ? '' : stdout}`).toBe('0 ')
  const folder = `migrations/sample/${workshop.plans().at(-1)}`
  const files = filesIn(join(workshop.folder, folder))
  made.set(key, Object.fromEntries([...files].map(([path, text]) => [`${folder}/${path}`, text])))
}

describe('migrate plan', () => {
  test('writes a folder that people and `check` can read', () =>
    inWorkshop(async (workshop) => {
      await planned(workshop, 'start', first)
      await planned(workshop, 'add-level', second)
      expect(workshop.plans()).toEqual(['0001-start', '0002-add-level'])
      expect(workshop.read('migrations/sample/0002-add-level/1-expand.sql')).toBe(
        `-- add column users.level
-- locks users AccessExclusiveLock
BEGIN;
ALTER TABLE public.users ADD COLUMN level integer DEFAULT 1 NOT NULL;
COMMIT;
`,
      )
      expect(await check(workshop)).toEqual([])
    }))

  test('writes the same bytes again', () =>
    inWorkshop(async (workshop) => {
      await planned(workshop, 'start', first)
      const path = 'migrations/sample/0001-start/plan.yaml'
      const before = workshop.read(path)
      rmSync(join(workshop.folder, 'migrations/sample/0001-start'), { recursive: true })
      await planned(workshop, 'start', first)
      expect(workshop.read(path)).toBe(before)
    }))

  test('has nothing to do where the plans end with the set', () =>
    inWorkshop(async (workshop) => {
      await planned(workshop, 'start', first)
      workshop.describe(first.replace('fields:', 'docs: { why: To greet them. }\nfields:'))
      const { stdout } = await workshop.run('migrate', 'plan', 'again')
      expect(stdout).toBe('.: nothing to plan\n')
      expect(workshop.plans()).toEqual(['0001-start'])
    }))

  test.each(['Add', 'a--b', '../x', 'a b', '', 'x'.repeat(61)])('takes no name like %j', (name) =>
    inWorkshop(async (workshop) => {
      workshop.describe(first)
      expect(await codesOf(workshop, 'migrate', 'plan', name)).toEqual(['plan-name'])
    }),
  )

  test('asks what an edit means before it plans', () =>
    inWorkshop(async (workshop) => {
      await planned(workshop, 'start', first)
      workshop.describe(first.replace('note:', 'remark:'))
      expect(await codesOf(workshop, 'migrate', 'plan', 'rename')).toEqual(['rename-or-gone'])
      expect(workshop.plans()).toEqual(['0001-start'])
    }))

  test('writes nothing where it has no recipe, and says so at its line', () =>
    inWorkshop(async (workshop) => {
      await planned(workshop, 'start', first)
      workshop.describe(`${first}  nick: string(20)\n`)
      const { exitCode, stdout } = await workshop.run('migrate', 'plan', 'nick', '--json')
      expect(exitCode).toBe(1)
      expect(JSON.parse(stdout).diagnostics).toMatchObject([{ code: 'plan-no-recipe', file: 'set.yaml', line: 5 }])
      expect(workshop.plans()).toEqual(['0001-start'])
    }))

  test('writes nothing where its proof fails', () =>
    inWorkshop(async (workshop) => {
      const withPrefs = (keys: string): string =>
        `${first}  prefs: prefs\n---\nobject: prefs\nfields:\n  loud: boolean\n${keys}`
      await planned(workshop, 'start', withPrefs(''))
      workshop.describe(withPrefs('  hue: integer\n'))
      expect(await codesOf(workshop, 'migrate', 'plan', 'hue')).toEqual(['plan-not-proved'])
      expect(workshop.plans()).toEqual(['0001-start'])
    }))

  test.each([
    [
      'a key of stored JSON',
      `${first}  prefs: prefs\n---\nobject: prefs\nfields:\n  loud: boolean\n`,
      'loud:',
      'noisy: { was: loud, type:',
      'boolean\n',
      'boolean }\n',
    ],
  ])('does not rename %s', (_, yaml, from, to, end, ended) =>
    inWorkshop(async (workshop) => {
      await planned(workshop, 'start', yaml)
      workshop.describe(yaml.replace(from, to).replace(end, ended))
      expect(await codesOf(workshop, 'migrate', 'plan', 'rename')).toEqual(['plan-no-recipe'])
    }),
  )
})

describe('migrate check', () => {
  test('finds that the set went on', () =>
    inWorkshop(async (workshop) => {
      workshop.describe(first)
      expect(await check(workshop)).toEqual(['plan-behind'])
      await planned(workshop, 'start', first)
      expect(await check(workshop)).toEqual([])
      workshop.describe(second)
      expect(await check(workshop)).toEqual(['plan-behind'])
    }))

  test('finds a hazard that nobody accepted, at its line', () =>
    inWorkshop(async (workshop) => {
      await planned(workshop, 'start', first)
      await planned(workshop, 'drop', 'entity: user\nfields:\n  id: snowflake(user)\ngone: [note]\n')
      const { stdout } = await workshop.run('migrate', 'check', '--json')
      expect(JSON.parse(stdout).diagnostics).toMatchObject([
        { code: 'plan-hazard', file: 'migrations/sample/0002-drop/plan.yaml', line: 10 },
      ])
      workshop.accept()
      expect(await check(workshop)).toEqual([])
    }))

  test.each([
    ['a statement', 'plan.yaml', 'DEFAULT 1', 'DEFAULT 2'],
    ['the SQL that people read', '1-expand.sql', 'DEFAULT 1', 'DEFAULT 2'],
    ['the model at its end', 'to.json', '"name": "level"', '"name": "rank"'],
  ])('finds that %s was edited', (_, file, from, to) =>
    inWorkshop(async (workshop) => {
      await planned(workshop, 'start', first)
      await planned(workshop, 'add-level', second)
      const path = `migrations/sample/0002-add-level/${file}`
      expect(workshop.read(path)).toContain(from)
      workshop.write(path, workshop.read(path).replaceAll(from, to))
      expect(await check(workshop)).toEqual(['plan-edited'])
    }),
  )

  test('takes the line ends that a checkout writes', () =>
    inWorkshop(async (workshop) => {
      await planned(workshop, 'start', first)
      await planned(workshop, 'add-level', second)
      for (const file of ['plan.yaml', '1-expand.sql', 'to.json']) {
        const path = `migrations/sample/0002-add-level/${file}`
        workshop.write(path, workshop.read(path).replaceAll('\n', '\r\n'))
      }
      expect(await check(workshop)).toEqual([])
    }))

  test('finds what is no plan', () =>
    inWorkshop(async (workshop) => {
      await planned(workshop, 'start', first)
      workshop.write('migrations/sample/0001-start/plan.yaml', 'name: start\nrun: rm -rf\n')
      expect(await check(workshop)).toEqual(['plan-refused'])
    }))

  test('finds two plans that follow on one', () =>
    inWorkshop(async (workshop) => {
      const at = (name: string): string => join(workshop.folder, 'migrations/sample', name)
      await planned(workshop, 'start', first)
      await planned(workshop, 'ours', second)
      renameSync(at('0002-ours'), join(workshop.folder, '.aside'))
      await planned(workshop, 'theirs', third)
      renameSync(join(workshop.folder, '.aside'), at('0002-ours'))
      expect(await check(workshop)).toEqual(['plan-two-heads'])
    }))

  test('finds a plan whose parent is missing', () =>
    inWorkshop(async (workshop) => {
      await planned(workshop, 'start', first)
      await planned(workshop, 'add-level', second)
      rmSync(join(workshop.folder, 'migrations/sample/0001-start'), { recursive: true })
      expect(await check(workshop)).toEqual(['plan-without-parent'])
    }))
})

describe('migrate prove', () => {
  test('proves all plans again', () =>
    inWorkshop(async (workshop) => {
      await planned(workshop, 'start', first)
      await planned(workshop, 'add-level', second)
      const { exitCode, stdout } = await workshop.run('migrate', 'prove')
      expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '.: 2 plans, proved\n' })
    }))
})
