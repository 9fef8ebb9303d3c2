import { describe, expect, test } from 'vitest'
import { serverDatabases } from '../../../generators/cli/databases/index.js'
import { maskFor } from '../../../generators/cli/databases/mask.js'
import { reasonsFor } from '../../../generators/cli/databases/reasons.js'

const password = 'p@ss%2Fword'
const url = `postgres://bot:${encodeURIComponent(password)}@db.example:5432/bot?sslpassword=alsoSecret`

describe('connection strings', () => {
  test.each([
    ['whole', `cannot parse ${url}`],
    ['their password as it is', `no such password: ${password}`],
    ['their password as the URL has it', `no such password: ${encodeURIComponent(password)}`],
    ['secrets of their parameters', 'wrong passphrase alsoSecret'],
    ['other strings of that kind', 'cannot reach mongodb+srv://someone:else@host/x'],
  ])('are in no message: %s', (_, message) => {
    const shown = maskFor(url)(message)
    expect(shown).toContain('•••')
    for (const secret of [url, password, encodeURIComponent(password), 'alsoSecret', 'someone:else']) {
      expect(shown).not.toContain(secret)
    }
  })

  test('of several hosts, and with what nobody escaped, are masked too', () => {
    const mask = maskFor('mongodb://bot:a@b@one:27017,two:27017/bot')
    expect(mask('login of bot:a@b failed: a@b')).toBe('login of ••• failed: •••')
  })

  test('without secrets leave messages as they are', () => {
    const message = 'relation "postgres" does not exist'
    expect(maskFor('postgres://postgres@127.0.0.1/postgres')(message)).toBe(message)
  })

  test.each([
    ['postgres', 'mongodb://bot:secret@host/bot', 'the URL is not one of Postgres'],
    ['mongo', 'postgres://bot:secret@host/bot', 'the URL is not one of MongoDB'],
  ] as const)('of another database are refused: %s', async (store, other, reason) => {
    expect(await serverDatabases.open(store, other)).toEqual({ refused: reason })
  })

  test.each([
    [{ code: 'ECONNREFUSED' }, 'no server listens there'],
    [{ code: '28P01' }, 'the user or the password is wrong'],
    [{ code: '3D000' }, 'there is no database of that name'],
    [{ code: 18 }, 'the user or the password is wrong'],
    [new Error('connect ECONNREFUSED 127.0.0.1:1'), 'no server listens there'],
    [new Error('getaddrinfo ENOTFOUND db.example'), 'its host is not known'],
    [new Error('timeout exceeded when trying to connect'), 'it does not answer'],
    [new Error(`permission denied for ${url}.`), 'permission denied for •••'],
    ['a text', 'a text'],
    [undefined, 'no error'],
  ])('reasons are said in words: %j', (failure, words) => {
    expect(reasonsFor(url)(failure)).toContain(words)
  })
})
