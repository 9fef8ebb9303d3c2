import type { Connection } from 'mongoose'
import { afterAll, describe, expect, it } from 'vitest'
import { loadEmitted, type ModuleExports } from '../../generators/engines/script/load.js'
import { known } from '../../generators/kernel/bug.js'
import { toJson } from '../../generators/kernel/diagnostic.js'
import { memoryHost } from '../../generators/pipeline/memory-host.js'
import { verifySet } from '../../generators/pipeline/verify/index.js'
import { nameClashes } from '../../generators/script/name-clashes.js'
import { compileTexts } from '../support/compile.js'
import { openServer, testOn } from '../support/mongo-server.js'
import { type Call, failureOf, generateVault } from './vault.js'

const sealed = 'type: text, encrypted: { with: pgcrypto, key: VAULT_SECRET }'

const grant = `entity: grant
key: [guild_id, user_id]
fields:
  guild_id: snowflake(guild)
  user_id: snowflake(user)
  token: { ${sealed} }
examples:
  - { guild_id: 12, user_id: 34, token: plain-of-grant }
  - { guild_id: 12, user_id: 35, token: plain-of-another }
`

const config = `entity: config
singleton: true
fields:
  name: string(20)
  token: { ${sealed} }
examples:
  - { name: Ada, token: plain-of-config }
`

const emit = async () => {
  const files = new Map([
    ['set/botschema.yaml', 'name: bank\noutput: out\n'],
    ['set/grant.yaml', grant],
    ['set/config.yaml', config],
  ])
  const host = memoryHost(files)
  await generateVault(host)
  return { files, host }
}

describe('encrypted fields of an entity with a composite key, and of a singleton', () => {
  it('are stored, read and replaced in Postgres', async () => {
    const { host } = await emit()
    const { diagnostics, outcome } = await verifySet(host, 'set')
    expect(diagnostics.map(toJson)).toEqual([])
    expect(outcome?.proofs.map(({ held }) => held)).toContainEqual(expect.stringContaining('3 rows'))
    expect(outcome?.proofs.flatMap(({ unproved }) => unproved)).toEqual([])
  }, 120_000)
})

const server = await openServer()
const test = testOn(server, 'encrypted fields of composite keys and singletons')

afterAll(() => server?.close())

const keys = { VAULT_SECRET: { current: 1, versions: { 1: 'a key of 32 random bytes, or more' } } }

const loaded = async (): Promise<(path: string) => ModuleExports> => {
  const { files } = await emit()
  const prefix = 'set/out/bank/'
  const emitted = [...files].filter(([path]) => path.startsWith(prefix))
  return loadEmitted(emitted.map(([path, text]) => ({ path: path.slice(prefix.length), text })))
}

const functionsOf = async (connection: Connection, entity: string) => {
  const load = await loaded()
  const functions = load(`mongoose/access/${entity}.ts`) as Readonly<Record<string, Call>>
  return (name: string, ...given: readonly unknown[]) => (functions[name] as Call)(connection, keys, ...given)
}

test('by a composite key, each row has its own value in Mongo', [], async ({ connection }) => {
  const call = await functionsOf(connection, 'grant')
  const [one, other] = [
    { guild_id: '12', user_id: '34' },
    { guild_id: '12', user_id: '35' },
  ]
  await call('insertGrant', { ...one, token: 'plain-of-grant' })
  await call('insertGrant', { ...other, token: 'plain-of-another' })
  await call('setGrantToken', other, 'plain-of-a-third')
  expect(await call('getGrantToken', one)).toBe('plain-of-grant')
  expect(await call('getGrantToken', other)).toBe('plain-of-a-third')
  expect(JSON.stringify(await connection.collection('grants').find().toArray())).not.toContain('plain-of')
  expect((await failureOf(call('getGrantToken', { ...one, user_id: '36' }))).problem).toBe('no-row')
})

test('a singleton needs no key in Mongo', [], async ({ connection }) => {
  const call = await functionsOf(connection, 'config')
  expect((await failureOf(call('getConfigToken'))).problem).toBe('no-row')
  await call('insertConfig', { name: 'Ada', token: 'plain-of-config' })
  expect(await call('getConfigToken')).toBe('plain-of-config')
  await call('setConfigToken', 'plain-of-later')
  expect(await call('getConfigToken')).toBe('plain-of-later')
  expect(JSON.stringify(await connection.collection('configs').findOne({}))).not.toContain('plain-of')
})

it('an entity without a key has no encrypted fields: nothing would find them again', () => {
  const { diagnostics } = compileTexts({ 'grant.yaml': grant.replace('key: [guild_id, user_id]', 'key: none') })
  expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([
    ['encrypted-misuse', expect.stringContaining('key')],
  ])
})

it('functions of two fields that would have one name are a finding at both', () => {
  const text = grant.replace('  token:', `  auth_token: { ${sealed} }\n  authToken: { ${sealed} }\n  token:`)
  const set = known(compileTexts({ 'grant.yaml': text }).value, 'the set').set
  const [found] = nameClashes(set, [])
  expect(found).toMatchObject({
    code: 'code-name-clash',
    message: expect.stringContaining('the encrypted field authToken of grant would be called `getGrantAuthToken`'),
    at: { start: text.indexOf('authToken:') },
    related: [{ at: { start: text.indexOf('auth_token:') } }],
  })
})
