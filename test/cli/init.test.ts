import { existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { withProject } from './init-project.js'

const root = join(import.meta.dirname, '..', '..')
const modules = readdirSync(join(root, 'schemas', 'library'))

describe('what init writes', { timeout: 60_000 }, () => {
  test('a set, the scripts, the lines for git and the workflow, from an empty folder', () =>
    withProject(async ({ files, run }) => {
      const { exitCode, stderr, stdout } = await run(['init', '--with', 'members', '--store', 'both'])
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
      expect([...files().keys()]).toEqual([
        '.gitattributes',
        '.github/workflows/botschema.yml',
        '.gitignore',
        'package.json',
        'schemas/my-bot/botschema.yaml',
        'schemas/my-bot/tag.yaml',
      ])
      expect(stdout).toBe(
        [
          'schemas/my-bot → generated/my-bot: takes in members',
          '  members brings guilds, users',
          ...[...files().keys()].map((path) => `  write  ${path}`),
          'Next: npm install, then npx botschema generate',
          '',
        ].join('\n'),
      )
      expect(files().get('schemas/my-bot/botschema.yaml')).toBe(`\
# yaml-language-server: $schema=../../node_modules/botschema/schemas/botschema.schema.json
name: my-bot
summary: What my-bot keeps.
stores: [postgres, mongo]
output: ../../generated  # the outputs go to generated/my-bot/
use:
  - botschema:members
actors:
  tag_command: The command that shows and writes tags
`)
      expect(files().get('.gitattributes')).toBe('generated/** text eol=lf linguist-generated=true\n')
      expect(files().get('.gitignore')).toBe('node_modules/\n.botschema-*.partial\n')
      const workflow = files().get('.github/workflows/botschema.yml')
      expect(workflow).toMatch(/^on:\n {2}push:\n {2}pull_request:\n/m)
      expect(workflow).toMatch(/- run: npm ci\n[^-]*- run: npx botschema check\n/)
    }))

  test('without a folder the set is called as the current one, made into a name', () =>
    withProject(async ({ done, read }) => {
      await done(['init', '--with', 'none'])
      expect(read('schemas/mon-prefere-2/botschema.yaml')).toContain('\nname: mon-prefere-2\n')
      expect(JSON.parse(read('package.json'))).toMatchObject({ name: 'mon-prefere-2' })
    }, 'Mon (préféré) 2'))

  test.each([
    ['data/bot', 'data/bot', '../../generated', '../../node_modules/'],
    ['./bot/', 'bot', '../generated', '../node_modules/'],
    ['.', '.', 'generated', 'node_modules/'],
  ])('with a folder it goes there: %s', (given, folder, output, modulesFolder) =>
    withProject(async ({ done, read }) => {
      await done(['init', given, '--with', 'users'])
      const head = read(`${folder}/botschema.yaml`)
      expect(head).toContain(`$schema=${modulesFolder}botschema/schemas/botschema.schema.json\n`)
      expect(head).toContain(`\noutput: ${output} `)
      await done(['generate'])
      expect(await done(['check'])).toContain('up to date')
    }),
  )

  test('the line for editors leads to the syntax, as seen from the file', () =>
    withProject(async ({ done, files, write, folder }) => {
      write({ 'node_modules/botschema/schemas/botschema.schema.json': '{}' })
      await done(['init', '--with', 'members', '--copy'])
      const texts = [...files()].filter(([path]) => path.endsWith('.yaml'))
      expect(texts.length).toBeGreaterThan(5)
      for (const [path, text] of texts) {
        const [, schema = ''] = /^# yaml-language-server: \$schema=(.*)\n/.exec(text) ?? []
        expect({ path, leads: existsSync(join(folder, dirname(path), schema)) }).toEqual({ path, leads: true })
      }
    }))

  test.each([
    ['postgres', ['postgres', 'zod', 'typescript', 'json-schema', 'markdown'], ['@botschema/runtime', 'pg', 'zod']],
    ['mongo', ['mongoose', 'zod', 'typescript', 'json-schema', 'markdown'], ['@botschema/runtime', 'mongoose', 'zod']],
    [
      'both',
      ['postgres', 'mongoose', 'zod', 'typescript', 'json-schema', 'markdown'],
      ['@botschema/runtime', 'mongoose', 'pg', 'zod'],
    ],
  ])('for the store %s it makes and asks for what belongs to it', (store, targets, dependencies) =>
    withProject(async ({ done, folder, read }) => {
      await done(['init', '--with', 'guilds', '--store', store])
      expect(Object.keys(JSON.parse(read('package.json')).dependencies)).toEqual(dependencies)
      await done(['generate'])
      expect(readdirSync(join(folder, 'generated', 'my-bot')).sort()).toEqual(
        [...targets, 'manifest.json', 'model.json'].sort(),
      )
      const doc = read('generated/my-bot/markdown/guild.md')
      expect([doc.includes('```sql'), doc.includes('```json')]).toEqual([store !== 'mongo', store !== 'postgres'])
    }),
  )

  test('the documents that --json and --dry-run give; a dry run writes nothing', () =>
    withProject(async ({ done, files }) => {
      const set = {
        folder: 'schemas/my-bot',
        name: 'my-bot',
        output: 'generated/my-bot',
        stores: ['postgres'],
        module: 'cjs',
        imports: 'js',
        modules: [{ name: 'members', summary: 'Who belongs to which guild.', brings: ['guilds', 'users'] }],
        copied: false,
      }
      const args = ['init', '--with', 'members', '--store', 'postgres', '--module', 'cjs', '--json']
      const planned = JSON.parse(await done([...args, '--dry-run']))
      expect(files().size).toBe(0)
      const written = JSON.parse(await done(args))
      expect(written).toEqual({ ok: true, diagnostics: [], set, written: [...files().keys()], changed: [], kept: [] })
      expect(planned).toEqual(written)
      expect(JSON.parse(await done(args))).toEqual({ ...written, written: [], kept: written.written })
    }))
})

describe('what init leaves alone', { timeout: 60_000 }, () => {
  test('run twice, it writes nothing the second time', () =>
    withProject(async ({ done, files }) => {
      const args = ['init', '--with', 'members,warnings', '--copy', '--javascript', '--module', 'cjs']
      await done(args)
      const before = files()
      expect(await done(args)).not.toMatch(/^ {2}(?:write|change) /m)
      expect(files()).toEqual(before)
    }))

  test('where one file differs nothing is written; --force overwrites it', () =>
    withProject(async ({ files, read, run, write }) => {
      write({ 'schemas/my-bot/tag.yaml': 'entity: tag\n', 'schemas/my-bot/botschema.yaml': 'name: other\n' })
      const before = files()
      const { exitCode, stdout } = await run(['init', '--with', 'guilds'])
      expect(exitCode).toBe(1)
      expect(stdout).toContain('error file-there')
      for (const path of ['tag.yaml', 'botschema.yaml']) expect(stdout).toContain(`    schemas/my-bot/${path}\n`)
      expect(files()).toEqual(before)
      const forced = await run(['init', '--with', 'guilds', '--force'])
      expect(forced.stdout).toContain('  change schemas/my-bot/botschema.yaml\n')
      expect(read('schemas/my-bot/botschema.yaml')).toContain('name: my-bot\n')
    }))

  test('a set that would not compile beside what is there is not written', () =>
    withProject(async ({ files, run, write }) => {
      write({ 'schemas/my-bot/guild.yaml': 'entity: guild\nsummary: Mine.\nfields:\n  id: snowflake\n' })
      const { exitCode, stdout } = await run(['init', '--with', 'guilds'])
      expect(exitCode).toBe(1)
      expect(stdout).toContain('schemas/my-bot/guild.yaml:1:9: error ')
      expect([...files().keys()]).toEqual(['schemas/my-bot/guild.yaml'])
    }))

  test('lines of .gitignore and .gitattributes are added at the end, in the line ends that are there', () =>
    withProject(async ({ done, read, write }) => {
      write({ '.gitignore': '/node_modules\r\n*.log', '.gitattributes': '* text=auto\n' })
      await done(['init', '--with', 'none'])
      expect(read('.gitignore')).toBe('/node_modules\r\n*.log\r\n.botschema-*.partial\r\n')
      expect(read('.gitattributes')).toBe('* text=auto\ngenerated/** text eol=lf linguist-generated=true\n')
    }))

  test('a folder outside the project is refused', () =>
    withProject(async ({ files, run }) => {
      for (const folder of ['..', '../elsewhere', '/']) {
        const { exitCode, stderr } = await run(['init', folder, '--with', 'none'])
        expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining('below the current one') })
      }
      expect(files().size).toBe(0)
    }))
})

describe('what init says of a choice', { timeout: 60_000 }, () => {
  test('with nobody to ask it names what is missing, and never waits', () =>
    withProject(async ({ files, run }) => {
      const { exitCode, stderr } = await run(['init', 'bot'])
      expect(exitCode).toBe(2)
      expect(stderr).toContain('error choice-missing: `--with`')
      for (const module of modules) expect(stderr).toContain(module)
      expect(files().size).toBe(0)
    }))

  test('a misspelt store is wrong usage', () =>
    withProject(async ({ files, run }) => {
      const { exitCode, stderr } = await run(['init', '--with', 'guilds', '--store', 'postgre'])
      expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining('postgres, mongo, both') })
      expect(files().size).toBe(0)
    }))

  test('names of modules may be written as `use:` has them, repeated, with spaces, in several options', () =>
    withProject(async ({ done, read }) => {
      await done(['init', '--with', 'botschema:guilds, users', '--with', 'guilds'])
      expect(read('schemas/my-bot/botschema.yaml')).toContain(
        'use:\n  - botschema:guilds\n  - botschema:users\nactors:',
      )
    }))

  test('the help says what there is', () =>
    withProject(async ({ done }) => {
      const help = await done(['init', '--help'])
      for (const option of [
        '--with',
        '--store',
        '--copy',
        '--module',
        '--javascript',
        '--force',
        '--dry-run',
        '--json',
      ])
        expect(help).toContain(option)
    }))
})
