import { appendFileSync, existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { botschema, inTemporaryFolder, type Run, type RunOptions, writeFiles } from '../support/cli.js'
import { codesOf } from './sample.js'

const ticket = (queries: string): string => `entity: ticket
summary: A ticket.
fields:
  id: identity
  title: string(100)
queries:
${queries}
  fine:
    params: { id: id }
    returns: one
    postgres: SELECT id, title FROM tickets WHERE id = :id
examples:
  - { id: 1, title: Help }
`

const endless = `  endless:
    returns: many
    postgres: |
      SELECT count(*)
      FROM generate_series(1, 100000000000)`

const set = (queries = ''): Readonly<Record<string, string>> => ({
  'botschema.yaml':
    'name: sample\nstores: [postgres]\ntargets: { typescript: {}, zod: {}, json-schema: false, markdown: false }\n',
  'ticket.yaml': ticket(queries),
})

/** A set with its outputs, and folders for what the program and its processes leave behind. */
const withSet = (queries: string, use: (folder: string, run: Runner) => Promise<void>): Promise<void> =>
  inTemporaryFolder(async (outer) => {
    const folder = join(outer, 'project')
    writeFiles(outer, { 'temporary/.keep': '' })
    writeFiles(folder, set(queries))
    const environment = { TMPDIR: join(outer, 'temporary'), BOTSCHEMA_CACHE: join(outer, 'cache') }
    const run: Runner = (args, options = {}) =>
      botschema(folder, args, { ...options, environment: { ...environment, ...options.environment } })
    expect(await run(['generate'])).toMatchObject({ exitCode: 0 })
    await use(folder, run)
  })

type Runner = (args: readonly string[], options?: RunOptions) => Promise<Run>

/** Names of what processes made for themselves, which should be gone; locks stay. */
const leftIn = (folder: string): readonly string[] =>
  readdirSync(join(folder, '..', 'temporary')).filter((name) => /^botschema-\w{6}$/.test(name))

/** Processes that know the folder for temporary files by their arguments, or run in it. Linux alone tells. */
const processesOf = (folder: string): readonly string[] =>
  readdirSync('/proc').filter((id) => {
    const temporary = join(folder, '..', 'temporary')
    try {
      return `${readFileSync(`/proc/${id}/cmdline`)} ${readlinkSync(`/proc/${id}/cwd`)}`.includes(temporary)
    } catch {
      return false
    }
  })

/** How long a process has computed, in hundredths of a second, and how often it has waited for something. */
const workOf = (id: string) => {
  const fields = readFileSync(`/proc/${id}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  const [, waits = ''] = /^voluntary_ctxt_switches:\s*(\d+)/m.exec(readFileSync(`/proc/${id}/status`, 'utf8')) ?? []
  return { computed: Number(fields[11]), waits }
}

/** Calls back when a process that proves computes for half a second on end, in which it hears nobody. */
const whenDeaf = (folder: string, then: (id: string) => void): void => {
  let before: { readonly id: string; readonly computed: number; readonly waits: string } | null = null
  const looking = setInterval(() => {
    const id = processesOf(folder).find((one) => readlinkSync(`/proc/${one}/cwd`).includes('temporary'))
    if (id === undefined) return
    const now = { id, ...workOf(id) }
    if (before?.id !== id || before.waits !== now.waits) before = now
    if (now.computed - before.computed < 50) return
    clearInterval(looking)
    then(id)
  }, 100)
}

const until = async (holds: () => boolean, within: number): Promise<void> => {
  const end = performance.now() + within
  while (!holds() && performance.now() < end) await new Promise((resume) => setTimeout(resume, 20))
  expect(holds()).toBe(true)
}

describe('what verify runs', { timeout: 300_000 }, () => {
  test('is what the set emits: an edited output is reported, and not run', () =>
    withSet('', async (folder, run) => {
      const marker = join(folder, 'marker')
      const code = `\n;(globalThis as any).process.getBuiltinModule('node:fs').writeFileSync(${JSON.stringify(marker)}, '')\n`
      appendFileSync(join(folder, 'output/sample/zod/ticket.ts'), code)
      const told = await run(['verify', '--json'])
      expect(told.exitCode).toBe(1)
      expect(codesOf(told)).toEqual(['output-edited output/sample/zod/ticket.ts'])
      expect(JSON.parse(told.stdout).sets).toEqual([])
      expect(existsSync(marker)).toBe(false)
    }))

  test("imports what botschema brings along, whatever stands in the project or in the caller's folder", () =>
    withSet('', async (folder, run) => {
      const marker = join(folder, 'marker')
      const planted = `require('node:fs').writeFileSync(${JSON.stringify(marker)}, '')\n`
      const packageOf = (name: string) => JSON.stringify({ name, version: '99.0.0', main: 'index.js' })
      const places = ['', 'output/']
      for (const place of places)
        for (const name of ['zod', 'mongoose', 'kysely', 'ts-morph', '@electric-sql/pglite'])
          writeFiles(folder, {
            [`${place}node_modules/${name}/package.json`]: packageOf(name),
            [`${place}node_modules/${name}/index.js`]: planted,
          })
      writeFiles(folder, {
        'package.json': JSON.stringify({ type: 'commonjs', imports: { '#zod': './node_modules/zod/index.js' } }),
        'tsconfig.json': '{ "compilerOptions": { "strict": false, "paths": { "zod": ["./node_modules/zod"] } } }',
        '.npmrc': `node-options=--require=${join(folder, 'node_modules/zod/index.js')}\n`,
        'output/package.json': '{ "type": "commonjs" }',
      })
      const environment = { NODE_PATH: join(folder, 'node_modules') }
      expect(await run(['verify'], { environment })).toMatchObject({ exitCode: 0, stderr: '' })
      expect(existsSync(marker)).toBe(false)
    }))
})

const onLinux = test.skipIf(process.platform !== 'linux')

describe('a proof that does not end', { timeout: 300_000 }, () => {
  test('is stopped, reported at its line, and the rest is proved', () =>
    withSet(endless, async (folder, run) => {
      const told = await run(['verify', '--query-timeout', '2s', '--json'])
      const { diagnostics, sets } = JSON.parse(told.stdout)
      expect(told.exitCode).toBe(1)
      expect(diagnostics).toMatchObject([
        {
          code: 'proof-too-slow',
          file: 'ticket.yaml',
          line: 10,
          column: 7,
          message: 'the query `endless` took longer than 2 seconds and was stopped',
        },
      ])
      expect(sets[0].proofs.map(({ held }: { held: string | null }) => held !== null)).toEqual([
        false,
        true,
        true,
        false,
        false,
        true,
        true,
      ])
      expect(leftIn(folder)).toEqual([])
    }))

  onLinux('is reported when its process is killed, and the rest is proved', () =>
    withSet(endless, async (folder, run) => {
      const ended = run(['verify', '--query-timeout', '1h', '--json'])
      whenDeaf(folder, (id) => process.kill(Number(id), 'SIGKILL'))
      const { exitCode, stdout } = await ended
      const { diagnostics, sets } = JSON.parse(stdout)
      expect(exitCode).toBe(1)
      expect(diagnostics).toHaveLength(1)
      expect(diagnostics[0]).toMatchObject({ code: 'proof-crashed' })
      expect(diagnostics[0].message).toContain('something killed it')
      expect(sets[0].proofs[1].held).not.toBeNull()
    }),
  )

  onLinux.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)('leaves nothing behind after %s', (signal) =>
    withSet(endless, async (folder, run) => {
      let killed = 0
      const ended = await run(['verify', '--query-timeout', '1h'], {
        started: (kill) =>
          whenDeaf(folder, () => {
            killed = performance.now()
            kill(signal)
          }),
      })
      expect(performance.now() - killed).toBeLessThan(1000)
      expect(ended).toMatchObject(signal === 'SIGKILL' ? { signal } : { exitCode: 130, stdout: '', stderr: '' })
      await until(() => processesOf(folder).length === 0 && leftIn(folder).length === 0, 2000)
    }),
  )
})
