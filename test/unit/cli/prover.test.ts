import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { permissionFlags } from '../../../generators/cli/prover/permissions.js'
import type { Evidence } from '../../../generators/pipeline/verify/proof.js'
import type { OpenProver } from '../../../generators/pipeline/verify/prover.js'
import { emitSet } from '../../conformance/emitted-set.js'
import { alter } from '../../support/altered-prover.js'
import { program } from '../../support/cli.js'
import { compileTexts } from '../../support/compile.js'

const built = join(dirname(program), 'prover', 'index.js')

/** Code that no set emits: what it can do where it is loaded, as the words of an error. */
const looking = `
import fs from 'node:fs'
import { spawnSync } from 'node:child_process'
import { Worker } from 'node:worker_threads'
const whether = (act: () => unknown): string => {
  try {
    act()
    return 'done'
  } catch (failure) {
    return (failure as { code: string }).code
  }
}
throw new Error(JSON.stringify({
  environment: process.env,
  below: /botschema-[^/]*$/.test(process.cwd()),
  reads: whether(() => fs.readFileSync('/etc/passwd')),
  writes: whether(() => fs.writeFileSync('here', '')),
  starts: whether(() => spawnSync('true')),
  threads: whether(() => new Worker('', { eval: true })),
}))
`

test('emitted code is loaded with an empty environment, in a folder of its own, and without permissions', async () => {
  const { proverInProcess } = (await import(pathToFileURL(built).href)) as { readonly proverInProcess: OpenProver }
  const { value } = compileTexts({
    'botschema.yaml': 'name: sample\nstores: [mongo]\ntargets: { mongoose: false }\n',
    'thing.yaml': 'entity: thing\nsummary: A thing.\nfields:\n  id: snowflake\n',
  })
  if (value === null) throw new Error('the set does not compile')
  const evidence: Evidence = alter(await emitSet(value.set), { 'zod/thing.ts': looking })
  const prover = proverInProcess([evidence], 30_000)
  try {
    const { diagnostics } = await prover.prove(evidence, 'models')
    const [message] = diagnostics.map((each) => /\{.*\}/.exec(each.message)?.[0] ?? each.message)
    const denied = permissionFlags().length > 0 ? 'ERR_ACCESS_DENIED' : 'done'
    expect(JSON.parse(message ?? '')).toEqual({
      environment: {},
      below: true,
      reads: denied,
      writes: denied,
      starts: denied,
      threads: denied,
    })
  } finally {
    prover.close()
  }
})

test('permissions are taken away by the flag that Node has', () => {
  expect(permissionFlags(new Set(['--permission', '--experimental-permission']))[0]).toBe('--permission')
  expect(permissionFlags(new Set(['--experimental-permission']))[0]).toBe('--experimental-permission')
  expect(permissionFlags(new Set())).toEqual([])
})
