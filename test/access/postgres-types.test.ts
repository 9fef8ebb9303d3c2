import { describe, expect, it } from 'vitest'
import { compileEmitted } from '../../generators/engines/script/compile.js'
import type { EmittedFile } from '../../generators/engines/script/emitted.js'
import { emittedFiles } from '../storage/emitted.js'
import { scenarioFiles } from '../storage/scenario-set.js'
import { right as calls, head, wrong } from './typed-calls.js'

const onPostgres = `${head}
import type { PGlite } from '@electric-sql/pglite'
import type { Pool, PoolClient } from 'pg'
import * as access from './postgres/index.js'
declare const db: access.SqlClient
declare const pglite: PGlite
declare const pool: Pool
declare const transaction: PoolClient
`

const right = [
  ...calls,
  'access.getWarning(pglite, warning)',
  'pglite.transaction((inside) => access.getWarning(inside, warning))',
  'access.getWarning(pool, warning)',
  'access.getWarning(transaction, warning)',
]

/** Without the models, whose types take the compiler long. */
const withoutModels = (files: readonly EmittedFile[]): readonly EmittedFile[] =>
  files.filter(({ path }) => !path.startsWith('mongoose/'))

const compiled = async (lines: readonly string[]): Promise<readonly number[]> => {
  const files = await emittedFiles(scenarioFiles)
  const own: EmittedFile = { path: 'uses.ts', text: onPostgres + lines.join('\n') }
  const offset = onPostgres.split('\n').length
  const findings = await compileEmitted([...withoutModels(files), own], 'esm')
  expect(findings.filter(({ path }) => path !== 'uses.ts')).toEqual([])
  return [...new Set(findings.map(({ line }) => line - offset))]
}

describe('the types of data access', () => {
  it('take what is right', async () => {
    expect((await compiled(right)).map((at) => right[at])).toEqual([])
  })

  it('refuse what is wrong, each line of it', async () => {
    const refused = new Set(await compiled(wrong))
    expect(wrong.filter((_, at) => !refused.has(at))).toEqual([])
  })

  it('compile for CommonJS', async () => {
    const files = await emittedFiles({
      ...scenarioFiles,
      'botschema.yaml': 'name: scenario\noutput: out\ntargets: { typescript: { module: cjs } }\n',
    })
    expect(await compileEmitted(withoutModels(files), 'cjs')).toEqual([])
  })
})
