import { describe, expect, test } from 'vitest'
import {
  changesOfSet,
  checkSet,
  compileSet,
  discoverSets,
  generateFiles,
  generateSet,
  memoryHost,
  toJson,
  validateSet,
} from '../../../generators/index.js'
import { sha256 } from '../../../generators/kernel/hash.js'

const root =
  'name: community\ntargets: { postgres: false, mongoose: false, zod: false, typescript: false, markdown: false }\n'
const guild = 'entity: guild\nfields:\n  id: snowflake\n'

const none = new Map<string, string>()

describe('botschema as a library', () => {
  test('compiles texts and emits files in memory', async () => {
    const { value, diagnostics } = compileSet({
      root: { path: 'botschema.yaml', text: root },
      definitions: [{ path: 'guild.yaml', text: guild }],
      pages: [],
    })
    expect(diagnostics).toEqual([])
    if (value === null) throw new Error('no set')
    const files = await generateFiles(value.set)
    expect(files.value.map(({ path }) => path)).toEqual(['json-schema/guild.json', 'manifest.json', 'model.json'])
    expect(files.value[1]?.text).toContain(sha256(files.value[0]?.text ?? ''))
  })

  test('runs what the commands run on a host in memory', async () => {
    const files = new Map([
      ['sets/community/botschema.yaml', root],
      ['sets/community/guild.yaml', guild],
    ])
    const host = memoryHost(files)
    expect(discoverSets(host, [])).toEqual({ folders: ['sets/community'], missed: [] })
    const generated = await generateSet(host, 'sets/community', none, { dryRun: false, force: false })
    expect(generated.outcome).toMatchObject({ output: 'sets/community/output/community', files: 3 })
    expect([...files.keys()].sort()).toEqual([
      'sets/community/botschema.yaml',
      'sets/community/guild.yaml',
      'sets/community/output/community/json-schema/guild.json',
      'sets/community/output/community/manifest.json',
      'sets/community/output/community/model.json',
    ])
    expect((await checkSet(host, 'sets/community', none)).diagnostics).toEqual([])
    const text = files.get('sets/community/output/community/model.json') ?? ''
    files.set('sets/community/guild.yaml', `${guild}  name: text\n`)
    const earlier = { from: 'before', read: async () => ({ kind: 'text', path: 'model.json', text }) as const }
    const { outcome: changed } = await changesOfSet(host, 'sets/community', earlier)
    expect(changed?.changes).toMatchObject([{ kind: 'added', subject: 'field guild.name', line: 4 }])
    files.set('sets/community/guild.yaml', guild.replace('snowflake', 'snowflak'))
    const { diagnostics, outcome } = await validateSet(host, 'sets/community', none)
    expect(outcome).toBeNull()
    expect(diagnostics.map(toJson)).toMatchObject([
      { code: 'unknown-type', file: 'sets/community/guild.yaml', line: 3 },
    ])
  })
})
