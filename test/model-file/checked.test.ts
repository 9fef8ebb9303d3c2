import { expect, it } from 'vitest'
import { known } from '../../generators/kernel/bug.js'
import { checkSet } from '../../generators/pipeline/check.js'
import { generateVault, vaultHost } from '../encryption/vault.js'

const path = 'set/out/bank/model.json'

const codes = async (change: (files: Map<string, string>) => void): Promise<readonly string[]> => {
  const { files, host } = vaultHost()
  await generateVault(host)
  change(files)
  return (await checkSet(host, 'set', new Map())).diagnostics.map(({ code, at }) => `${code} ${at?.source.path}`)
}

it('check holds model.json to the set like every output', async () => {
  expect(await codes(() => undefined)).toEqual([])
  expect(await codes((files) => void files.delete(path))).toEqual([`output-missing ${path}`])
  expect(await codes((files) => void files.set(path, `${known(files.get(path), path)} `))).toEqual([
    `output-edited ${path}`,
  ])
})
