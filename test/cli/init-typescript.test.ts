import { execFileSync } from 'node:child_process'
import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { savedSnapshot } from '../support/postgres.js'
import { type Project, withProject } from './init-project.js'

const root = join(import.meta.dirname, '..', '..')

/** What a bot does with the emitted TypeScript; its database begins from a snapshot. */
const bot = `import { readFileSync } from 'node:fs'
import { PGlite } from '@electric-sql/pglite'
import { ConstraintError, postgresStorage } from './generated/my-bot/postgres/index.ts'
import type { GuildId } from './generated/my-bot/typescript/index.ts'
import { newTagSchema } from './generated/my-bot/zod/index.ts'

const db = await PGlite.create({ loadDataDir: new Blob([readFileSync(process.argv[2] ?? '')]) })
await db.exec(readFileSync('generated/my-bot/postgres/schema.sql', 'utf8'))
const storage = postgresStorage(db)
const id = '123456789012345678'
await storage.guild.insert({ id, name: 'Club', owner_id: '240100000000000101' })
const row = newTagSchema.parse({ guild_id: id, name: 'rules', content: 'Be kind.' })
const tag = await storage.tag.insert(row)
const read = await storage.tag.get(tag.id)
const guild: GuildId | undefined = read?.guild_id
const refused = await storage.tag.insert(row).catch((error: unknown) => ConstraintError.is(error))
console.log(JSON.stringify([guild, read?.name, read?.created_at instanceof Date, refused]))
await db.close()
`

const printed = '["123456789012345678","rules",true,true]\n'

const tsconfig = (more: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({
    include: ['bot.ts', 'generated/**/*.ts'],
    compilerOptions: {
      target: 'es2023',
      module: 'nodenext',
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      erasableSyntaxOnly: true,
      verbatimModuleSyntax: true,
      skipLibCheck: true,
      types: ['node'],
      rootDir: '.',
      ...more,
    },
  })

const node = ({ folder }: Project, ...args: readonly string[]): string =>
  execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })

const tsc = (project: Project): string => node(project, 'node_modules/typescript/bin/tsc', '--pretty', 'false')

const runtimes = [
  ['package', ''],
  ['copied', ', runtime: copied'],
] as const

/** A project whose set says so, with its outputs, and a bot of ES modules. */
const withBot = (runtime: string, store: string, use: (project: Project) => Promise<void>): Promise<void> =>
  withProject(async (project) => {
    project.write({ 'package.json': '{ "type": "module" }' })
    symlinkSync(join(root, 'node_modules'), join(project.folder, 'node_modules'))
    await project.done(['init', '--with', 'members,warnings,retention-brief', '--store', store, '--imports', 'ts'])
    const set = project.read('schemas/my-bot/botschema.yaml')
    expect(set).toContain('  typescript: { imports: ts }\n')
    project.write({ 'schemas/my-bot/botschema.yaml': set.replace('imports: ts', `imports: ts${runtime}`) })
    await project.done(['generate'])
    project.write({ 'bot.ts': bot })
    await use(project)
  })

const runsTypescript = Boolean(Reflect.get(process.features, 'typescript'))
if (!runsTypescript) {
  process.stderr.write(`not proved here: TypeScript that Node runs itself (Node is ${process.versions.node})\n`)
}

describe('a bot in TypeScript whose imports end in .ts', { timeout: 180_000 }, () => {
  test.each(runtimes)('is taken by tsc, and runs as what that makes of it: runtime %s', (_title, runtime) =>
    withBot(runtime, 'both', async (project) => {
      project.write({ 'tsconfig.json': tsconfig({ rewriteRelativeImportExtensions: true, outDir: 'built' }) })
      expect(tsc(project)).toBe('')
      expect(node(project, 'built/bot.js', await savedSnapshot())).toBe(printed)
      for (const path of ['built/generated/my-bot/mongoose/access/index.js', 'built/generated/my-bot/zod/index.js']) {
        expect(node(project, path)).toBe('')
      }
    }),
  )

  test('is taken by tsc that emits nothing', () =>
    withBot('', 'both', async (project) => {
      project.write({ 'tsconfig.json': tsconfig({ allowImportingTsExtensions: true, noEmit: true }) })
      expect(tsc(project)).toBe('')
    }))

  test.runIf(runsTypescript).each(runtimes)('is run by Node as it is: runtime %s', (_title, runtime) =>
    withBot(runtime, 'both', async (project) => {
      expect(node(project, 'bot.ts', await savedSnapshot())).toBe(printed)
      const modules = [...project.files().keys()].filter((path) => /^generated\/.*\.ts$/.test(path))
      project.write({ 'all.ts': modules.map((path) => `import './${path}'\n`).join('') })
      expect(node(project, 'all.ts')).toBe('')
    }),
  )

  test('is built into JavaScript by the step that init adds', () =>
    withProject(async (project) => {
      symlinkSync(join(root, 'node_modules'), join(project.folder, 'node_modules'))
      const options = ['--store', 'mongo', '--module', 'cjs', '--imports', 'ts', '--javascript']
      await project.done(['init', '--with', 'members', ...options])
      expect(project.read('schemas/my-bot/botschema.yaml')).toContain('  typescript: { module: cjs, imports: ts }\n')
      await project.done(['generate'])
      execFileSync('npm', ['run', '--silent', 'botschema:build'], { cwd: project.folder, stdio: 'pipe' })
      project.write({ 'load.cjs': "require('./generated-js/my-bot/mongoose/access/index.js')\n" })
      expect(node(project, 'load.cjs')).toBe('')
    }))
})
