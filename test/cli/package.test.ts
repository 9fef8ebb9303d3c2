import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { botschema, filesIn, inTemporaryFolder, writeFiles } from '../support/cli.js'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const npm = (args: readonly string[], cwd: string): string =>
  execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })

/** The folders of everything the package needs to run, without what only its development needs. */
const runtimeDependencies = (): readonly string[] =>
  npm(['ls', '--omit=dev', '--all', '--parseable'], root)
    .split('\n')
    .filter((path) => path.startsWith(join(root, 'node_modules')))
    .map((path) => relative(join(root, 'node_modules'), path))
    .filter((path) => !path.includes('node_modules'))

/** An empty project with the packed package in it, as `npm install` of the archive leaves it; no registry is asked. */
const installInto = (folder: string): string => {
  const archive = npm(['pack', '--silent', '--ignore-scripts', '--pack-destination', folder], root).trim()
  const modules = join(folder, 'node_modules')
  const own = join(modules, 'botschema')
  mkdirSync(own, { recursive: true })
  execFileSync('tar', ['-xzf', join(folder, archive), '--strip-components=1', '-C', own])
  for (const dependency of runtimeDependencies()) {
    mkdirSync(dirname(join(modules, dependency)), { recursive: true })
    symlinkSync(join(root, 'node_modules', dependency), join(modules, dependency))
  }
  return join(own, 'dist', 'cli', 'main.js')
}

const set = {
  'schemas/mybot/botschema.yaml':
    'name: mybot\nsummary: What my bot keeps.\noutput: ../../generated\nuse: [botschema:users]\n',
  'schemas/mybot/guild.yaml':
    'extend: user\ntable: accounts\n---\nentity: guild\nsummary: A community on Discord.\nfields:\n  id: snowflake\n  name: string(100)\n  tags: { type: list<text>, default: [] }\nexamples:\n  - { id: 123456789012345678, name: Cozy Café }\n',
}

it('the packed package generates, checks and proves a set outside the repository, with no dev dependency', async () => {
  await inTemporaryFolder(async (folder) => {
    const program = installInto(folder)
    writeFiles(folder, set)
    for (const command of ['generate', 'check', 'verify']) {
      const { exitCode, stdout, stderr } = await botschema(folder, [command], { program })
      expect({ command, exitCode, stderr, stdout }).toMatchObject({ exitCode: 0, stderr: '' })
    }
    const begun = ['init', 'schemas/begun', '--with', 'members', '--store', 'mongo', '--copy']
    for (const args of [begun, ['generate'], ['check']]) {
      expect(await botschema(folder, args, { program })).toMatchObject({ exitCode: 0, stderr: '' })
    }
    const made = [...filesIn(join(folder, 'generated', 'mybot')).keys()]
    expect(made).toEqual(
      expect.arrayContaining(['manifest.json', 'postgres/schema.sql', 'zod/guild.ts', 'mongoose/user.ts']),
    )
  })
})

it('the packed package holds what it needs and nothing of its development', () => {
  const [{ files }] = JSON.parse(npm(['pack', '--dry-run', '--json', '--ignore-scripts'], root)) as [
    { readonly files: readonly { readonly path: string }[] },
  ]
  const folders = new Set(files.map(({ path }) => path.split('/')[0]))
  expect([...folders].sort()).toEqual(['LICENSE', 'README.md', 'dist', 'package.json', 'schemas', 'templates'])
})
