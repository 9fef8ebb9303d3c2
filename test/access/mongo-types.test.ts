import { describe, expect, it } from 'vitest'
import { compileEmitted } from '../../generators/engines/script/compile.js'
import type { EmittedFile } from '../../generators/engines/script/emitted.js'
import { emittedFiles } from '../storage/emitted.js'
import { scenarioFiles } from '../storage/scenario-set.js'
import { head, right, wrong } from './typed-calls.js'

const onMongo = `${head}
import type { ClientSession, Connection } from 'mongoose'
import * as access from './mongoose/access/index.js'
declare const db: access.MongoStore
declare const connection: Connection
declare const session: ClientSession
`

const mine = [
  ...right,
  'access.getWarning(connection, warning)',
  'access.deleteWarning({ connection, session }, warning)',
  'access.getVaultToken(db, { VAULT_SECRET: { current: 2, versions: { 1: "x", 2: "y" } } }, user as never)',
]

const refused = [...wrong, 'access.getWarning(session, warning)', 'access.getWarning({ connection }, warning)']

/** What is wrong with each of the lines, by its number; the files themselves have nothing wrong. */
const findings = async (lines: readonly string[]): Promise<ReadonlySet<number>> => {
  const own: EmittedFile = { path: 'uses.ts', text: onMongo + lines.join('\n') }
  const found = await compileEmitted([...(await emittedFiles(scenarioFiles)), own], 'esm')
  expect(found.filter(({ path }) => path !== 'uses.ts')).toEqual([])
  return new Set(found.map(({ line }) => line - onMongo.split('\n').length))
}

describe('the types of data access to Mongo', () => {
  it('take what is right, and refuse what is wrong, each line of it', async () => {
    const found = await findings([...mine, ...refused])
    expect(mine.filter((_, at) => found.has(at))).toEqual([])
    expect(refused.filter((_, at) => !found.has(mine.length + at))).toEqual([])
  })

  it('compile for CommonJS', async () => {
    const root = 'name: scenario\noutput: out\ntargets: { typescript: { module: cjs } }\n'
    const files = await emittedFiles({ ...scenarioFiles, 'botschema.yaml': root })
    expect(await compileEmitted(files, 'cjs')).toEqual([])
  })
})
