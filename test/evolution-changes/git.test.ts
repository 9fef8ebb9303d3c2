import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { inTemporaryFolder, writeFiles } from '../support/cli.js'
import { runInProcess } from '../support/in-process.js'

const root = 'name: bot\nstores: [postgres]\ntargets: { postgres: false, zod: false, typescript: false }\n'
const user = 'entity: user\nfields:\n  id: snowflake\n  name: string(40)\n'
const model = 'output/bot/model.json'

interface Repository {
  readonly folder: string
  readonly git: (...args: readonly string[]) => string
  readonly write: (files: Readonly<Record<string, string>>) => void
  readonly run: (...args: readonly string[]) => Promise<{ exitCode: number; stdout: string; stderr: string }>
  /** The codes of findings, and the changes of the first set. */
  readonly changes: (...args: readonly string[]) => Promise<readonly string[]>
}

interface Printed {
  readonly diagnostics: readonly { readonly code: string; readonly message: string }[]
  readonly sets: readonly { readonly isNew: boolean; readonly changes: readonly { kind: string; subject: string }[] }[]
}

/** A repository whose first commit has a set and its outputs. */
const withRepository = (use: (repository: Repository) => Promise<void>, below = ''): Promise<void> =>
  inTemporaryFolder(async (top) => {
    const folder = join(top, below)
    mkdirSync(folder, { recursive: true })
    const git = (...args: readonly string[]): string =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args], {
        cwd: folder,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      })
    const run = (...args: readonly string[]) => runInProcess(folder, args)
    git('init', '-q', '-b', 'main', top)
    writeFiles(folder, { 'botschema.yaml': root, 'user.yaml': user })
    expect((await run('generate')).exitCode).toBe(0)
    git('add', '-A')
    git('commit', '-qm', 'first')
    await use({
      folder,
      git,
      run,
      write: (files) => writeFiles(folder, files),
      changes: async (...args) => {
        const { stdout } = await run('changes', '--json', ...args)
        const { diagnostics, sets } = JSON.parse(stdout) as Printed
        const told = sets.flatMap(({ changes, isNew }) => [
          ...(isNew ? ['new'] : []),
          ...changes.map(({ kind, subject }) => `${kind} ${subject}`),
        ])
        return [...diagnostics.map(({ code }) => code), ...told]
      },
    })
  })

const narrowed = 'narrowed field user.name'
const edit = { 'user.yaml': user.replace('40', '20') }

describe('changes since a commit', () => {
  it('are told, and fail where that is asked for', () =>
    withRepository(async ({ changes, run, write }) => {
      expect(await changes()).toEqual([])
      write(edit)
      expect(await changes()).toEqual([narrowed])
      expect((await run('changes')).exitCode).toBe(0)
      expect((await run('changes', '--fail-on', 'breaking')).exitCode).toBe(1)
      expect(await changes('--fail-on', 'breaking')).toEqual(['breaking-change', narrowed])
      expect((await run('changes', '--fail-on', 'anything')).exitCode).toBe(2)
      expect((await run('changes')).stdout).toMatch(/^\.: 1 change since HEAD, 1 breaking\n/)
    }))

  it('are those since a branch, a tag, a commit or its parent', () =>
    withRepository(async ({ changes, git, run, write }) => {
      git('tag', 'v1')
      const first = git('rev-parse', 'HEAD').trim()
      git('checkout', '-qb', 'feature/short')
      write(edit)
      await run('generate')
      git('commit', '-qam', 'second')
      expect(await changes()).toEqual([])
      for (const ref of ['main', 'v1', first, first.slice(0, 12), 'HEAD~1', 'HEAD^', 'refs/heads/main']) {
        expect(await changes('--from', ref)).toEqual([narrowed])
      }
      expect(await changes('--from', 'feature/short')).toEqual([])
    }))

  it('are found from a folder of the repository, and from above it', () =>
    withRepository(async ({ changes, folder, write }) => {
      write(edit)
      expect(await changes()).toEqual([narrowed])
      const { stdout } = await runInProcess(join(folder, '..'), ['changes', '--json'])
      expect(stdout).toContain('"kind": "narrowed"')
    }, 'bots/one'))

  it('of a set that was not there are one line', () =>
    withRepository(async ({ changes, run, write }) => {
      write({ 'other/botschema.yaml': root.replace('bot', 'other'), 'other/user.yaml': user })
      expect(await changes()).toEqual(['new', 'added set other'])
      expect((await run('changes', 'other')).stdout).toBe('other: new since HEAD\n')
    }))

  it('of outputs without model.json are not known', () =>
    withRepository(async ({ changes, git }) => {
      git('rm', '-q', '--cached', model)
      git('commit', '-qm', 'without')
      expect(await changes()).toEqual(['no-earlier-model'])
    }))
})

describe('what a repository may hold', () => {
  it.each([
    ['no JSON', 'hello'],
    ['a JSON of another kind', '{ "name": "bot" }'],
    ['a newer form', '{ "model": 7 }'],
    ['part of one', '{ "model": 1, "name": "bot" }'],
  ])('%s in the place of model.json is refused', (_, text) =>
    withRepository(async ({ changes, folder, git }) => {
      writeFileSync(join(folder, model), text)
      git('commit', '-qam', 'another')
      expect(await changes()).toEqual(['earlier-model-refused'])
    }),
  )

  it('a huge model.json is refused before it is read', () =>
    withRepository(async ({ changes, folder, git }) => {
      writeFileSync(join(folder, model), ' '.repeat(65 * 1024 * 1024))
      git('commit', '-qam', 'huge')
      expect(await changes()).toEqual(['earlier-model-refused'])
    }))

  it('a link in the place of model.json is not followed', () =>
    withRepository(async ({ changes, folder, git, run }) => {
      rmSync(join(folder, model))
      symlinkSync('/etc/hostname', join(folder, model))
      git('commit', '-qam', 'link')
      expect(await changes()).toEqual(['earlier-model-refused'])
      expect((await run('changes')).stdout).toContain('output/bot/model.json is no file')
    }))

  it.each([
    '-x',
    '--output=stolen',
    '--upload-pack=touch stolen',
    '',
    'nope',
    'HEAD nope',
    '^HEAD',
    'HEAD:output',
    'a..b',
    '\u0000',
    '*',
  ])('the revision %j is none', (ref) =>
    withRepository(async ({ changes, folder }) => {
      expect(await changes(`--from=${ref}`)).toEqual(['unknown-ref'])
      expect(existsSync(join(folder, 'stolen'))).toBe(false)
    }),
  )

  it('a folder with the name of a branch is no branch', () =>
    withRepository(async ({ changes, folder, git, run, write }) => {
      git('branch', 'base')
      write(edit)
      await run('generate')
      execFileSync('cp', ['-r', join(folder, 'output'), join(folder, 'base')])
      expect(await changes('--from', 'base')).toEqual([narrowed])
      expect(await changes('--from', './base')).toEqual([])
    }))

  it('a configuration that runs programs runs none', () =>
    withRepository(async ({ changes, folder, git, write }) => {
      const script = join(folder, 'evil.sh')
      writeFileSync(script, '#!/bin/sh\ntouch "$(dirname "$0")/stolen"\ncat\n')
      chmodSync(script, 0o755)
      for (const hook of ['post-checkout', 'post-index-change', 'reference-transaction']) {
        writeFileSync(join(folder, '.git/hooks', hook), `#!/bin/sh\ntouch ${folder}/stolen\n`)
        chmodSync(join(folder, '.git/hooks', hook), 0o755)
      }
      writeFileSync(join(folder, '.git/info/attributes'), '* diff=evil filter=evil\n')
      const settings = {
        'core.fsmonitor': script,
        'core.pager': script,
        'core.sshCommand': script,
        'core.hooksPath': join(folder, '.git/hooks'),
        'diff.evil.textconv': script,
        'diff.external': script,
        'filter.evil.smudge': script,
        'filter.evil.process': script,
        'alias.ls-tree': `!${script}`,
        'alias.rev-parse': `!${script}`,
        'credential.helper': `!${script}`,
        'uploadpack.packObjectsHook': script,
      }
      for (const [name, value] of Object.entries(settings)) {
        execFileSync('git', ['config', '--file', join(folder, '.git/config'), name, value])
      }
      write(edit)
      expect(await changes('--from', 'main')).toEqual([narrowed])
      expect(existsSync(join(folder, 'stolen'))).toBe(false)
      // The same settings do run programs where nobody turns them off.
      git('status')
      expect(existsSync(join(folder, 'stolen'))).toBe(true)
    }))

  it('objects that are missing are not fetched', () =>
    withRepository(async ({ changes, folder, git, write }) => {
      const blob = git('rev-parse', `HEAD:${model}`).trim()
      rmSync(join(folder, '.git/objects', blob.slice(0, 2), blob.slice(2)))
      const settings = {
        'extensions.partialClone': 'origin',
        'core.repositoryFormatVersion': '1',
        'remote.origin.promisor': 'true',
        'remote.origin.url': `ext::sh -c touch% ${folder}/stolen`,
        'protocol.ext.allow': 'always',
      }
      for (const [name, value] of Object.entries(settings)) {
        execFileSync('git', ['config', '--file', join(folder, '.git/config'), name, value])
      }
      write(edit)
      expect(await changes()).toEqual(['earlier-model-refused'])
      expect(existsSync(join(folder, 'stolen'))).toBe(false)
      // git itself would run it.
      expect(() => git('cat-file', 'blob', blob)).toThrow()
      expect(existsSync(join(folder, 'stolen'))).toBe(true)
    }))

  it('a folder that is in no repository is told', () =>
    inTemporaryFolder(async (folder) => {
      writeFiles(folder, { 'botschema.yaml': root, 'user.yaml': user })
      const { exitCode, stderr, stdout } = await runInProcess(folder, ['changes'])
      expect(exitCode).toBe(1)
      expect(stdout + stderr).toContain('this folder is in no repository')
    }))
})
