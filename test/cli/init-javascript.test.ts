import { execFileSync } from 'node:child_process'
import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { savedSnapshot } from '../support/postgres.js'
import { type Project, withProject } from './init-project.js'

const root = join(import.meta.dirname, '..', '..')

/** What a bot does with the built outputs, the same whatever the modules are; its database begins from a snapshot. */
const body = `
const run = async () => {
  const db = await PGlite.create({ loadDataDir: new Blob([readFileSync(process.argv[2])]) })
  await db.exec(readFileSync('generated/my-bot/postgres/schema.sql', 'utf8'))
  const storage = postgresStorage(db)
  const tag = await storage.tag.insert(newTagSchema.parse({ guild_id: '123456789012345678', name: 'rules', content: 'Be kind.' }))
  const read = await storage.tag.get(tag.id)
  console.log(JSON.stringify([read.guild_id, read.name, read.uses, read.created_at instanceof Date]))
  await db.close()
}
run()
`

const names = { sql: ['postgresStorage'], zod: ['newTagSchema'] }
const modules: readonly (readonly [names: readonly string[], from: string])[] = [
  [['PGlite'], '@electric-sql/pglite'],
  [['readFileSync'], 'node:fs'],
  [names.sql, './generated-js/my-bot/postgres/index.js'],
  [names.zod, './generated-js/my-bot/zod/index.js'],
]

const importing = modules.map(([given, from]) => `import { ${given.join(', ')} } from '${from}'\n`).join('') + body
const requiring = modules.map(([given, from]) => `const { ${given.join(', ')} } = require('${from}')\n`).join('') + body

const node = ({ folder }: Project, ...args: readonly string[]): string =>
  execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' })

/** The step as the README has it. */
const build = ({ folder }: Project): void => {
  execFileSync('npm', ['run', '--silent', 'botschema:build'], { cwd: folder, stdio: 'pipe' })
}

describe('a bot in plain JavaScript', { timeout: 180_000 }, () => {
  test.each([
    ['ES modules', undefined, [], { 'bot.js': importing, 'bot.mjs': importing }],
    ['CommonJS, as package.json leaves unsaid', '{}', [], { 'bot.js': requiring, 'bot.cjs': requiring }],
    ['CommonJS in a project of its own', undefined, ['--module', 'cjs'], { 'bot.js': requiring, 'bot.cjs': requiring }],
    ['CommonJS in a project of ES modules', '{ "type": "module" }', ['--module', 'cjs'], { 'bot.cjs': requiring }],
    ['ES modules in a project of CommonJS', '{}', ['--module', 'esm'], { 'bot.mjs': importing }],
  ])('stores a row and reads it back: %s', (_title, packageJson, options, bots) =>
    withProject(async (project) => {
      if (packageJson !== undefined) project.write({ 'package.json': packageJson })
      symlinkSync(join(root, 'node_modules'), join(project.folder, 'node_modules'))
      await project.done(['init', '--with', 'none', '--store', 'postgres', '--javascript', ...options])
      await project.done(['generate'])
      build(project)
      project.write(bots)
      const snapshot = await savedSnapshot()
      for (const file of Object.keys(bots)) {
        expect(node(project, file, snapshot)).toBe('["123456789012345678","rules",0,true]\n')
      }
      await project.done(['check'])
    }),
  )

  test('all modules for both stores are built, with types for editors', () =>
    withProject(async (project) => {
      symlinkSync(join(root, 'node_modules'), join(project.folder, 'node_modules'))
      const every = ['settings', 'roles', 'moderation', 'retention-brief'].join(',')
      await project.done(['init', '--with', every, '--javascript', '--module', 'cjs'])
      await project.done(['generate'])
      build(project)
      const outputs = [...project.files().keys()].filter((path) => /^generated\/.*\.ts$/.test(path))
      const built = project.files()
      for (const output of outputs) {
        const made = output.replace('generated/', 'generated-js/')
        expect(built.has(made.replace(/\.ts$/, '.js'))).toBe(true)
        expect(built.has(made.replace(/\.ts$/, '.d.ts'))).toBe(true)
      }
      const parts = ['postgres', 'mongoose', 'zod'].map((part) => `require('./generated-js/my-bot/${part}/index.js')\n`)
      project.write({ 'load.cjs': parts.join('') })
      node(project, 'load.cjs')
    }))
})
