import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PostgresEngine } from '../../generators/engines/postgres/embedded.js'
import { loadEmitted } from '../../generators/engines/script/load.js'
import { openTestDatabase } from '../support/postgres.js'
import { type Call, clientOf, emittedVault, failureOf, secrets } from './vault.js'

const keys = { VAULT_SECRET: 'vault-key-0a1b', NOTES_SECRET: 'notes-key-2c3d' }
const row = {
  id: '123456789012345678',
  label: 'front',
  token: secrets.token,
  pin: secrets.pin,
  notes: { text: 'later' },
}
const key = row.id

let engine: PostgresEngine
let emitted: Readonly<Record<string, Call>>
let client: ReturnType<typeof clientOf>

const call = (name: string, ...given: readonly unknown[]): Promise<unknown> => {
  const found = emitted[name]
  return found === undefined ? Promise.reject(new Error(`no ${name}`)) : found(client, ...given)
}

beforeAll(async () => {
  const files = await emittedVault()
  emitted = (await loadEmitted(files))('postgres/vault.ts') as Readonly<Record<string, Call>>
  engine = await openTestDatabase()
  await engine.exec(files.find(({ path }) => path === 'postgres/schema.sql')?.text ?? '')
  client = clientOf(engine)
}, 60_000)

afterAll(() => engine.close())

describe('encrypted fields in Postgres', () => {
  it('are not in the row that an insert returns', async () => {
    const stored = await call('insertVault', keys, row)
    expect(Object.keys(stored as object).sort()).toEqual(['created_at', 'id', 'label'])
  })

  it('lie in the table as other bytes than their plain text', async () => {
    const [stored] = await engine.query<Record<string, unknown>>('SELECT token, pin, notes FROM vaults')
    for (const bytes of Object.values(stored ?? {})) {
      expect(bytes).toBeInstanceOf(Uint8Array)
      expect(Buffer.from(bytes as Uint8Array).toString('latin1')).not.toMatch(/plain-|later/)
    }
  })

  it('are encrypted with AES-256, as the packet of the session key says (RFC 4880, 5.3 and 9.2)', async () => {
    const [stored] = await engine.query<{ token: Uint8Array }>('SELECT token FROM vaults')
    const bytes = Buffer.from(stored?.token ?? [])
    // A packet of tag 3: its head, its length, version 4, and the number of the cipher, which is 9 for AES-256.
    expect([bytes[0], bytes[2], bytes[3]]).toEqual([0xc3, 4, 9])
  })

  it('come back as they were', async () => {
    expect(await call('getVaultToken', keys, key)).toBe(secrets.token)
    expect(await call('getVaultPin', keys, key)).toBe(secrets.pin)
    expect(await call('getVaultNotes', keys, key)).toEqual({ text: 'later' })
  })

  it('are replaced, and null where they may be', async () => {
    await call('setVaultToken', keys, key, 'another token')
    await call('setVaultNotes', keys, key, null)
    expect(await call('getVaultToken', keys, key)).toBe('another token')
    expect(await call('getVaultNotes', keys, key)).toBeNull()
  })

  it('have no statement that would change what is immutable', () => {
    expect(emitted['setVaultPin']).toBeUndefined()
  })

  it('are held to their type before they are encrypted', async () => {
    const long = 'x'.repeat(41)
    const { problem, printed } = await failureOf(call('setVaultToken', keys, key, long))
    expect(problem).toBeUndefined()
    expect(printed).toContain('ZodError')
    expect(printed).not.toContain(long)
  })

  it('are not read with a wrong key', async () => {
    const wrong = { ...keys, VAULT_SECRET: 'another key' }
    expect((await failureOf(call('getVaultToken', wrong, key))).problem).toBe('unreadable')
  })

  it('are neither written nor read without a key', async () => {
    expect((await failureOf(call('getVaultToken', {}, key))).problem).toBe('missing-key')
    expect((await failureOf(call('setVaultToken', { VAULT_SECRET: '' }, key, 'x'))).problem).toBe('missing-key')
    expect((await failureOf(call('insertVault', {}, row))).problem).toBe('missing-key')
  })

  it('are not read when any of their last bytes was changed', async () => {
    await engine.exec(
      `UPDATE vaults SET token = set_byte(token, length(token) - 5, get_byte(token, length(token) - 5) # 1)`,
    )
    expect((await failureOf(call('getVaultToken', keys, key))).problem).toBe('unreadable')
  })

  it('of no row are told as such', async () => {
    const other = '1'
    expect((await failureOf(call('getVaultToken', keys, other))).problem).toBe('no-row')
    expect((await failureOf(call('setVaultToken', keys, other, 'x'))).problem).toBe('no-row')
  })

  it('are in no statement, and in no error when the database refuses one', async () => {
    const { problem, printed } = await failureOf(call('insertVault', keys, row))
    expect(problem).toBe('unique')
    for (const hidden of [secrets.token, secrets.pin, keys.VAULT_SECRET, keys.NOTES_SECRET]) {
      expect(printed).not.toContain(hidden)
      expect(client.texts.join('\n')).not.toContain(hidden)
    }
  })
})
