import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { botschema, filesIn, inTemporaryFolder, writeFiles } from '../support/cli.js'
import { installInto, npm, packInto, runtimeDependencies } from '../support/packed.js'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

const set = {
  'schemas/mybot/botschema.yaml':
    'name: mybot\nsummary: What my bot keeps.\noutput: ../../generated\nuse: [botschema:users]\n' +
    'targets: { typescript: { runtime: copied } }\n',
  'schemas/mybot/guild.yaml':
    // The dues are stored as 0, and read back as 0.00, which is the same amount.
    'extend: user\ntable: accounts\n---\nentity: guild\nsummary: A community on Discord.\nfields:\n  id: snowflake\n  name: string(100)\n  tags: { type: list<text>, default: [] }\n  dues: decimal(8, 2) = 0\nexamples:\n  - { id: 123456789012345678, name: Cozy Café }\n',
}

it('the packed package generates, checks and proves a set outside the repository, with no dev dependency', async () => {
  await inTemporaryFolder(async (folder) => {
    const program = installInto(folder, packInto(folder), runtimeDependencies())
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
      expect.arrayContaining([
        'manifest.json',
        'postgres/schema.sql',
        'runtime/index.ts',
        'zod/guild.ts',
        'mongoose/user.ts',
      ]),
    )
  })
})

interface Packed {
  readonly files: readonly { readonly path: string }[]
  readonly unpackedSize: number
}

const packedIn = (folder: string): Packed => {
  const [packed] = JSON.parse(npm(['pack', '--dry-run', '--json', '--ignore-scripts'], folder)) as [Packed]
  return packed
}

const foldersOf = ({ files }: Packed): readonly string[] =>
  [...new Set(files.map(({ path }) => path.split('/')[0] ?? ''))].sort()

it('the packed package holds what it needs and nothing of its development', () => {
  const compiler = packedIn(root)
  const folders = ['LICENSE', 'README.md', 'dist', 'package.json', 'runtime', 'schemas', 'templates']
  expect(foldersOf(compiler)).toEqual(folders)
  const ofRuntime = compiler.files.map(({ path }) => path).filter((path) => path.startsWith('runtime/'))
  expect(ofRuntime.length).toBeGreaterThan(0)
  expect(ofRuntime.filter((path) => !/^runtime\/src\/.*\.ts$/.test(path))).toEqual([])
})

it('the packed runtime is small, and holds what Node runs', () => {
  const runtime = packedIn(join(root, 'runtime'))
  expect(foldersOf(runtime)).toEqual(['LICENSE', 'README.md', 'dist', 'package.json'])
  expect(runtime.unpackedSize).toBeLessThan(1_000_000)
})
