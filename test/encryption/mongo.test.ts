import { EncryptedFieldError } from '@botschema/runtime/v1'
import { open, seal } from '@botschema/runtime/v1/mongoose'
import mongoose, { type Connection, type Model } from 'mongoose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadEmitted, type ModuleExports } from '../../generators/engines/script/load.js'
import { openServer, testOn } from '../support/mongo-server.js'
import { type Call, emittedVault, failureOf, secrets } from './vault.js'

const versions = { 1: 'the first key, of 32 random bytes', 2: 'the second key, of 32 random bytes' }
const first = { VAULT_SECRET: { current: 1, versions }, NOTES_SECRET: { current: 1, versions } }
const second = { ...first, VAULT_SECRET: { current: 2, versions } }
const place = { field: 'vault.token', path: 'token', key: 'VAULT_SECRET' }

let load: (path: string) => ModuleExports

const modelOn = (connection: Connection): Model<unknown> =>
  (load('mongoose/vault.ts')['vaultModel'] as (on: Connection) => Model<unknown>)(connection)

beforeAll(async () => {
  load = await loadEmitted(await emittedVault())
}, 60_000)

const refusal = (act: () => unknown) => failureOf((async () => act())())

const flipped = (bytes: Uint8Array): Uint8Array =>
  Uint8Array.from(bytes, (byte, index) => (index === 0 ? byte ^ 1 : byte))

describe('encrypted fields in Mongo', () => {
  it('are sealed anew each time, under the current version of their key', () => {
    const [one, other] = [seal(first, place, secrets.token), seal(second, place, secrets.token)]
    expect([one.v, other.v, one.iv.length, one.tag.length]).toEqual([1, 2, 12, 16])
    expect(seal(first, place, secrets.token).data).not.toEqual(one.data)
    expect(Buffer.from(one.data).toString('latin1')).not.toContain(secrets.token)
  })

  it('are opened with the version they were sealed with', () => {
    expect(open(second, place, seal(first, place, secrets.token))).toBe(secrets.token)
  })

  it('are not opened with a wrong key', async () => {
    const wrong = { VAULT_SECRET: { current: 1, versions: { 1: 'another key' } } }
    expect((await refusal(() => open(wrong, place, seal(first, place, 'x')))).problem).toBe('unreadable')
  })

  it('are neither sealed nor opened without a key, or its version', async () => {
    const sealed = seal(second, place, 'x')
    const only = { VAULT_SECRET: { current: 1, versions: { 1: versions[1] } } }
    expect((await refusal(() => seal({}, place, 'x'))).problem).toBe('missing-key')
    expect((await refusal(() => open({}, place, sealed))).problem).toBe('missing-key')
    expect((await refusal(() => open(only, place, sealed))).problem).toBe('missing-key')
  })

  it.each(['iv', 'tag', 'data'] as const)('are not opened when the %s was changed', async (part) => {
    const sealed = seal(first, place, secrets.token)
    const { problem, printed } = await refusal(() => open(first, place, { ...sealed, [part]: flipped(sealed[part]) }))
    expect(problem).toBe('unreadable')
    expect(printed).not.toContain(versions[1])
  })

  it('are not opened under another version, with a shorter tag, or when nothing sealed is stored', async () => {
    const same = { VAULT_SECRET: { current: 1, versions: { 1: versions[1], 2: versions[1] } } }
    const sealed = seal(same, place, 'x')
    for (const changed of [{ ...sealed, v: 2 }, { ...sealed, tag: sealed.tag.slice(0, 4) }, 'x', { v: 1 }])
      expect((await refusal(() => open(same, place, changed))).problem).toBe('unreadable')
  })

  it('given unsealed are refused, and shown neither in the document nor in the refusal', async () => {
    const Vault = modelOn(mongoose.createConnection())
    const document = new Vault({ _id: '123456789012345678', label: 'front', token: secrets.token })
    const failure = await document.validate().then(
      () => null,
      (error: unknown) => error,
    )
    expect(String(failure)).toContain('token is not sealed')
    expect(JSON.stringify(document.toJSON()) + JSON.stringify(failure) + String(failure)).not.toContain('plain-')
  })

  it('sealed pass the model, and toJSON shows no plain value', async () => {
    const Vault = modelOn(mongoose.createConnection())
    const token = seal(first, place, secrets.token)
    const document = new Vault({ _id: '123456789012345678', label: 'front', token })
    await document.validate()
    expect(JSON.stringify(document.toJSON())).not.toContain(secrets.token)
  })

  it('are held to their type before they are sealed', async () => {
    const insert = load('mongoose/access/vault.ts')['insertVault'] as Call
    const long = 'x'.repeat(41)
    const row = { id: '1', label: 'front', token: long }
    const { printed } = await failureOf(insert(mongoose.createConnection(), first, row))
    expect(printed).toContain('longer than 40 characters')
    expect(printed).not.toContain(long)
  })

  it('fail in either store with an error of one class', () => {
    const modules = ['postgres/index.ts', 'mongoose/access/index.ts'].map(load)
    const classes = modules.map((module) => module['EncryptedFieldError'])
    expect(classes).toEqual([EncryptedFieldError, EncryptedFieldError])
  })

  it('have a key that is a text alone, the first version of it', () => {
    const text = { VAULT_SECRET: versions[1] }
    expect(open(first, place, seal(text, place, secrets.token))).toBe(secrets.token)
    expect(open(text, place, seal(first, place, secrets.token))).toBe(secrets.token)
  })
})

const server = await openServer()

afterAll(() => server?.close())

describe('encrypted fields on a server', () => {
  testOn(server, 'encrypted fields on a server')('are stored sealed, read, replaced', [], async ({ connection }) => {
    const functions = load('mongoose/access/vault.ts') as Readonly<Record<string, Call>>
    const call = (name: string, ...given: readonly unknown[]) => (functions[name] as Call)(connection, ...given)
    const id = '123456789012345678'
    const stored = await call('insertVault', first, {
      id,
      label: 'front',
      token: secrets.token,
      notes: { text: 'later' },
    })
    expect(stored).toMatchObject({ id, label: 'front' })
    expect(JSON.stringify(stored)).not.toMatch(/plain-|later/)
    const raw = await connection.collection('vaults').findOne({})
    expect(JSON.stringify(raw)).not.toMatch(/plain-|later/)
    expect(await call('getVaultToken', second, id)).toBe(secrets.token)
    expect(await call('getVaultPin', second, id)).toBeNull()
    expect(await call('getVaultNotes', second, id)).toEqual({ text: 'later' })
    await call('setVaultToken', second, id, 'another token')
    expect(await call('getVaultToken', second, id)).toBe('another token')
    expect((await failureOf(call('getVaultToken', second, '1'))).problem).toBe('no-row')
    const taken = await failureOf(call('insertVault', first, { id, label: 'front', token: secrets.token }))
    expect(taken.problem).toBe('unique')
    expect(taken.printed).not.toContain(secrets.token)
  })
})
