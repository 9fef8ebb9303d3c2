import { describe, expect, it } from 'vitest'
import { compileEmitted } from '../../generators/engines/script/compile.js'
import type { EmittedFile } from '../../generators/engines/script/emitted.js'
import { emittedFiles } from './emitted.js'
import { scenarioFiles } from './scenario-set.js'
import { head, right, wrong } from './typed-calls.js'

const onPostgres = `${head}
import type { PGlite } from '@electric-sql/pglite'
import type { Client, Pool, PoolClient } from 'pg'
import { postgresStorage, type SqlClient } from './postgres/index.js'
import type { BotStorage } from './typescript/storage.js'
declare const db: SqlClient
declare const pglite: PGlite
declare const pool: Pool
declare const client: Client
declare const lent: PoolClient
const keys = { VAULT_SECRET: 'x' }
const storage = postgresStorage(db, { keys })
`

const clients = [
  'postgresStorage(pglite, { keys })',
  'postgresStorage(pool, { keys: process.env })',
  'postgresStorage(client, { keys })',
  'postgresStorage(lent, { keys })',
  'pglite.transaction((inside) => postgresStorage(inside, { keys }).warning.get(warning))',
  'const either: BotStorage = storage',
]

const notClients = ['postgresStorage(db)', 'postgresStorage({}, { keys })', 'postgresStorage(db, { keys: { a: 1 } })']

/** Without the models, whose types take the compiler long. */
const withoutModels = (files: readonly EmittedFile[]): readonly EmittedFile[] =>
  files.filter(({ path }) => !path.startsWith('mongoose/'))

/** The lines that do not compile. */
const refused = async (before: string, lines: readonly string[]): Promise<readonly string[]> => {
  const files = await emittedFiles(scenarioFiles)
  const own: EmittedFile = { path: 'uses.ts', text: before + lines.join('\n') }
  const findings = await compileEmitted([...withoutModels(files), own], 'esm')
  expect(findings.filter(({ path }) => path !== 'uses.ts')).toEqual([])
  const offset = before.split('\n').length
  const found = new Set(findings.map(({ line }) => line - offset))
  return lines.filter((_, at) => found.has(at))
}

describe('the types of a storage', () => {
  it('take what is right', async () => {
    expect(await refused(onPostgres, [...right, ...clients])).toEqual([])
  })

  it('refuse what is wrong, each line of it', async () => {
    const lines = [...wrong, ...notClients]
    const found = new Set(await refused(onPostgres, lines))
    expect(lines.filter((line) => !found.has(line))).toEqual([])
  })
})

describe('the emitted types of storages', () => {
  it('have no index signature and no `any`, so that a misspelt name is an error', async () => {
    const text = (await emittedFiles(scenarioFiles)).find(({ path }) => path === 'typescript/storage.ts')?.text ?? ''
    expect(text).toContain('export interface BotStorage')
    expect(text).not.toMatch(/\[\w+: string\]|\bany\b/)
  })
})
