import { expect, test } from 'vitest'
import { generateSet } from '../../generators/pipeline/generate.js'
import { memoryHost } from '../../generators/pipeline/memory-host.js'
import { verifySet } from '../../generators/pipeline/verify/index.js'

/** What `verify` says in this process of a set whose entity `user` is kept in a collection. */
const verified = async (collection: string) => {
  const host = memoryHost(
    new Map([
      ['set/botschema.yaml', 'name: one\nstores: [mongo]\noutput: out\n'],
      ['set/user.yaml', `entity: user\ncollection: ${collection}\nfields:\n  id: snowflake(user)\n`],
    ]),
  )
  const { diagnostics } = await generateSet(host, 'set', new Map(), { force: false, dryRun: false })
  const { diagnostics: found } = await verifySet(host, 'set')
  return [...diagnostics, ...found].filter(({ severity }) => severity === 'error').map(({ message }) => message)
}

test('two sets of one name, whose models keep other collections, are verified in one process', async () => {
  expect(await verified('users')).toEqual([])
  expect(await verified('people')).toEqual([])
  expect(await verified('users')).toEqual([])
})
