import { execFileSync } from 'node:child_process'
import { linkSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { filesIn } from '../support/cli.js'
import { type Checkout, findingsOf, forgedManifest, guild, head, secret, snapshot, withCheckout } from './checkout.js'

/** Sets that lead out of the repository, each with the findings of every command that compiles it. */
const astray: Readonly<Record<string, { readonly root: string; readonly code: string }>> = {
  'output-up': { root: head('output_up', 'output: ../../../outside/out\n'), code: 'output-outside' },
  'output-root': { root: head('output_root', `output: ${'../'.repeat(12)}outside\n`), code: 'output-outside' },
  'output-git': { root: head('hooks', 'output: ../../.git\n'), code: 'output-outside' },
  'output-modules': { root: head('zod', 'output: ../../node_modules\n'), code: 'output-outside' },
  'use-up': { root: head('use_up', 'use: [../../../outside/private]\n'), code: 'use-outside' },
  'use-link': { root: head('use_link', 'use: [./shared]\n'), code: 'use-outside' },
  'use-inside': { root: head('use_inside', 'use: [../../modules/inner]\n'), code: 'use-outside' },
  'use-head': { root: head('use_head', 'use: [../../modules/linked]\n'), code: 'linked-input' },
  'file-link': { root: head('file_link'), code: 'linked-input' },
  'no-definition': { root: head('no_definition'), code: 'not-a-definition' },
}

/** Sets whose outputs would go through a link: told by the commands that look at outputs. */
const linked = ['parent', 'base', 'own', 'inner', 'file']

const commit = ({ write, link }: Checkout): void => {
  for (const [name, { root }] of Object.entries(astray)) {
    write({ [`schemas/${name}/botschema.yaml`]: root, [`schemas/${name}/guild.yaml`]: guild })
  }
  link('schemas/use-link/shared', '../../../outside/private')
  write({ 'modules/inner/module.yaml': 'module: inner\nuse: [../../../outside/private]\n' })
  link('modules/linked/module.yaml', '../../../outside/botschema.yaml')
  link('schemas/file-link/thing.yaml', '../../../outside/private/credentials.yaml')
  write({ 'schemas/no-definition/values.yaml': `password: ${secret}\n` })
  link('schemas/root-link/botschema.yaml', '../../../outside/botschema.yaml')
  const out = '../../../../outside'
  for (const name of linked) {
    write({
      [`schemas/${name}/botschema.yaml`]: head(name, `output: ../../generated/${name}/base\n`),
      [`schemas/${name}/guild.yaml`]: guild,
    })
  }
  link('generated/parent', '../../outside')
  link('generated/base/base', '../../../outside')
  link('generated/own/base/own', out)
  link('generated/inner/base/inner/json-schema', `../${out}`)
  link('generated/file/base/file/json-schema/guild.json', `../../${out}/guild.json`)
  link('generated/file/base/file/manifest.json', `../${out}/precious.txt`)
}

const compiled = [...Object.entries(astray).map(([name, { code }]) => `${code} ${name}`), 'linked-input root-link']

/** `code` and the name of the set, or of the link, that a finding is about. */
const told = (checkout: Checkout, findings: ReturnType<typeof findingsOf>): readonly string[] => [
  ...new Set(
    findings.map(({ code, file }) => {
      if (file?.startsWith('modules/inner')) return `${code} use-inside`
      if (file?.startsWith('modules/linked')) return `${code} use-head`
      return `${code} ${file?.split('/')[1] ?? checkout.folder}`
    }),
  ),
]

const commands: readonly (readonly [readonly string[], readonly string[]])[] = [
  [['validate'], compiled],
  [
    ['generate'],
    [
      ...compiled,
      ...linked.map((name) => `output-${name === 'inner' || name === 'file' ? 'blocked' : 'not-a-folder'} ${name}`),
    ],
  ],
  [['generate', '--dry-run'], compiled],
  [['generate', '--force'], compiled],
  [['check'], compiled],
  [['verify'], compiled],
  [['retention', 'plan', '--postgres', 'postgres://localhost:1/none'], compiled],
]

describe('a hostile checkout', { timeout: 120_000 }, () => {
  test.each(commands)('botschema %j ends with findings and changes nothing outside', (command, expected) =>
    withCheckout(async (checkout) => {
      commit(checkout)
      const before = snapshot(checkout.outside)
      const plain = await checkout.run(command)
      const run = await checkout.run([...command, '--json'])
      expect(run).toMatchObject({ exitCode: 1, stderr: '' })
      expect(told(checkout, findingsOf(run))).toEqual(expect.arrayContaining([...expected]))
      expect(plain.stdout + plain.stderr + run.stdout).not.toContain(secret)
      expect(snapshot(checkout.outside)).toEqual(before)
    }),
  )

  test.each([
    ['package.json', '../outside/package.json'],
    ['.gitignore', '../outside/precious.txt'],
    ['.gitattributes', '../outside/precious.txt'],
    ['.github', '../outside'],
    ['schemas', '../outside'],
    ['schemas/checkout', '../../outside'],
    ['schemas/checkout/tag.yaml', '../../../outside/precious.txt'],
    ['schemas/checkout/tag.yaml', '../../../outside/not-there.txt'],
  ])('init writes through no link: %s to %s', (path, target) =>
    withCheckout(async ({ folder, link, outside, run }) => {
      rmSync(join(folder, 'package.json'))
      link(path, target)
      const before = snapshot(outside)
      for (const more of [[], ['--force'], ['--copy', '--force', '--javascript']]) {
        const ended = await run(['init', '--with', 'guilds', '--json', ...more])
        expect(ended).toMatchObject({ exitCode: 1, stderr: '' })
        expect(findingsOf(ended)).toMatchObject([{ code: 'file-in-the-way', file: path }])
        expect(ended.stdout).not.toContain(secret)
      }
      expect(snapshot(outside)).toEqual(before)
    }),
  )

  test('a set that is named through a link out of the project is none of it', () =>
    withCheckout(async ({ link, outside, read, run, write }) => {
      write({ '../outside/set/botschema.yaml': head('stolen', 'output: out\n'), '../outside/set/guild.yaml': guild })
      link('schemas', '../outside')
      const before = snapshot(outside)
      for (const command of ['validate', 'generate', 'check', 'verify']) {
        const ended = await run([command, 'schemas/set', '--json'])
        expect(ended).toMatchObject({ exitCode: 1, stderr: '' })
        expect(findingsOf(ended).map(({ code }) => code)).toEqual(['set-outside'])
      }
      expect(snapshot(outside)).toEqual(before)
      expect((await run(['generate', '../outside/set'])).exitCode).toBe(0)
      expect(read('../outside/set/out/stolen/manifest.json')).toContain('"stolen"')
    }))

  test('what the command line allows is read and written, and nothing else', () =>
    withCheckout(async ({ read, run, write }) => {
      write({
        'schemas/a/botschema.yaml': head('a', 'output: ../../../other/out\nuse: [../../../other/shared]\n'),
        '../other/shared/module.yaml': 'module: shared\n',
        '../other/shared/guild.yaml': guild,
      })
      const refused = await run(['generate', '--json'])
      expect(
        findingsOf(refused)
          .map(({ code }) => code)
          .sort(),
      ).toEqual(['output-outside', 'use-outside'])
      const half = await run(['generate', '--allow-outside', '../other/shared', '--json'])
      expect(findingsOf(half).map(({ code }) => code)).toEqual(['output-outside'])
      const allowed = ['--allow-outside', '../other/shared', '--allow-outside', '../other/out']
      expect((await run(['generate', ...allowed])).exitCode).toBe(0)
      expect(read('../other/out/a/json-schema/guild.json')).toContain('A server.')
      for (const command of ['validate', 'check', 'verify']) expect((await run([command, ...allowed])).exitCode).toBe(0)
      // What was allowed once is not allowed for ever.
      for (const command of ['validate', 'generate', 'check', 'verify', 'generate']) {
        const again = findingsOf(await run([command, '--json'])).map(({ code }) => code)
        expect(again.sort()).toEqual(['output-outside', 'use-outside'])
      }
    }))

  test('files that define nothing are named and not shown, allowed or not', () =>
    withCheckout(async ({ run, write }) => {
      write({
        'schemas/a/botschema.yaml': head('a', 'use: [../../../outside/private]\n'),
        'schemas/a/guild.yaml': guild,
      })
      for (const form of [[], ['--json'], ['--format', 'github'], ['--format', 'sarif'], ['--format', 'junit']]) {
        const ended = await run(['validate', '--allow-outside', '../outside', ...form])
        expect(ended).toMatchObject({ exitCode: 1, stderr: '' })
        expect(ended.stdout).not.toContain(secret)
        for (const name of ['broken', 'credentials', 'nested'])
          expect(ended.stdout).toContain(`../outside/private/${name}.yaml`)
      }
    }))

  test('a name that somebody prepared is not written to', () =>
    withCheckout(async ({ folder, link, outside, run, write }) => {
      write({
        'schemas/a/botschema.yaml': head('a'),
        'schemas/a/guild.yaml': guild,
        'output/a/keep/.gitkeep': '',
        'guess.mjs': `import { symlinkSync } from 'node:fs'\nsymlinkSync('../../../outside/precious.txt', 'output/a/.botschema-' + process.pid + '.partial')\n`,
      })
      link('output/a/.botschema-1.partial', '../../../outside/precious.txt')
      const before = snapshot(outside)
      const ended = await run(['generate'], { NODE_OPTIONS: `--import=${folder}/guess.mjs` })
      expect(ended.exitCode).toBe(0)
      expect(snapshot(outside)).toEqual(before)
    }))

  test('code that was added to an output is not run, whatever the manifest says', () =>
    withCheckout(async ({ folder, outside, read, run, write }) => {
      write({
        'schemas/a/botschema.yaml': 'name: a\noutput: ../../output\nstores: [mongo]\ntargets: { markdown: false }\n',
        'schemas/a/guild.yaml': guild,
      })
      expect((await run(['generate'])).exitCode).toBe(0)
      const [path, ran] = ['mongoose/guild.ts', join(outside, 'ran.txt')]
      const text = `${read(`output/a/${path}`)}\nimport { writeFileSync } from 'node:fs'\nwriteFileSync(${JSON.stringify(ran)}, '')\n`
      write({ [`output/a/${path}`]: text })
      const { 'manifest.json': _, ...files } = Object.fromEntries(filesIn(join(folder, 'output/a')))
      write({ 'output/a/manifest.json': forgedManifest('a', files) })
      const before = snapshot(outside)
      for (const command of [['verify'], ['verify', '--conformance'], ['check'], ['validate']]) {
        const ended = await run([...command, '--json'])
        if (command[0] !== 'validate') expect(findingsOf(ended).map(({ file }) => file)).toContain(`output/a/${path}`)
      }
      expect(snapshot(outside)).toEqual(before)
    }))

  test('a hard link is replaced, and a pipe or a folder in the place of a file is left alone', () =>
    withCheckout(async ({ folder, outside, read, run, write }) => {
      write({
        'schemas/a/botschema.yaml': head('a'),
        'schemas/a/guild.yaml': guild,
        'output/a/json-schema/keep/.gitkeep': '',
      })
      const before = snapshot(outside)
      linkSync(join(outside, 'guild.json'), join(folder, 'output/a/json-schema/guild.json'))
      expect(findingsOf(await run(['generate', '--json'])).map(({ code }) => code)).toEqual(['output-edited'])
      expect((await run(['generate', '--force'])).exitCode).toBe(0)
      expect(read('output/a/json-schema/guild.json')).toContain('A server.')
      for (const make of ['mkfifo', 'mkdir']) {
        rmSync(join(folder, 'output/a/manifest.json'), { recursive: true })
        execFileSync(make, [join(folder, 'output/a/manifest.json')])
        for (const command of [['check'], ['generate'], ['generate', '--force']]) {
          expect(findingsOf(await run([...command, '--json'])).map(({ code }) => code)).toContain('output-blocked')
        }
      }
      expect(snapshot(outside)).toEqual(before)
    }))

  test('a lock is neither a link nor something of another kind', () =>
    withCheckout(async ({ folder, outside, run, write }) => {
      write({ 'schemas/a/botschema.yaml': head('a'), 'schemas/a/guild.yaml': guild, 'tmp/keep': '' })
      const before = snapshot(outside)
      const name = `tmp/botschema-${process.getuid?.() ?? ''}`
      symlinkSync('../../outside', join(folder, name))
      const ended = await run(['generate', '--json'], { TMPDIR: join(folder, 'tmp') })
      expect(ended).toMatchObject({ exitCode: 1, stderr: '' })
      expect(findingsOf(ended)).toMatchObject([{ code: 'file-refused', message: expect.stringContaining(name) }])
      expect(snapshot(outside)).toEqual(before)
    }))
})
