import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { emitFolder } from '../conformance/emitted-set.js'
import { inTemporaryFolder, writeFiles } from '../support/cli.js'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

/** The repository's own settings, 120 columns among them, without those about its files. */
const settings = (): string => {
  const { formatter, javascript } = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8'))
  return JSON.stringify({ root: true, formatter, javascript, files: { maxSize: 50_000_000 } })
}

/** Functions of data access are laid out by rough widths; the storage interface takes their place. */
const isRough = (path: string): boolean =>
  path.startsWith('mongoose/access/') ||
  (path.startsWith('postgres/') && !/^postgres\/(?:constraints|functions|index)\.ts$/.test(path))

const setsBelow = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'library')
    .map(({ name }) => join(folder, name))

const sets = [...setsBelow('schemas'), ...setsBelow('test/fixtures'), 'example/schemas/bot']

/** Writes files, has them formatted, and gives the paths of those that it changed. */
const changedByFormatter = (folder: string, files: ReadonlyMap<string, string>): readonly string[] => {
  writeFiles(folder, { 'biome.json': settings(), ...Object.fromEntries(files) })
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome')
  execFileSync(process.execPath, [biome, 'format', '--write', '.'], { cwd: folder, stdio: 'ignore' })
  return [...files].flatMap(([path, text]) => (readFileSync(join(folder, path), 'utf8') === text ? [] : [path]))
}

const emittedModules = async (): Promise<ReadonlyMap<string, string>> => {
  const modules = new Map<string, string>()
  for (const set of sets) {
    const { files } = await emitFolder(join(root, set))
    for (const { path, text } of files) if (path.endsWith('.ts') && !isRough(path)) modules.set(join(set, path), text)
  }
  return modules
}

test('all emitted TypeScript is as the formatter leaves it', async () => {
  const modules = await emittedModules()
  expect(modules.size).toBeGreaterThan(400)
  await inTemporaryFolder(async (folder) => expect(changedByFormatter(folder, modules)).toEqual([]))
}, 300_000)
