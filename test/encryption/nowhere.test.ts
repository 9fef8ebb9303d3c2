import { describe, expect, it } from 'vitest'
import { toJson } from '../../generators/kernel/diagnostic.js'
import { verifySet } from '../../generators/pipeline/verify/index.js'
import { compileTexts } from '../support/compile.js'
import { generateVault, secrets, vault, vaultHost } from './vault.js'

const hidden = Object.values(secrets)

describe('the plain values of encrypted fields', () => {
  it('stand in nothing that is emitted, and in nothing that verify says', async () => {
    const { files, host } = vaultHost()
    await generateVault(host)
    const emitted = [...files].filter(([path]) => path.startsWith('set/out/'))
    expect(emitted.length).toBeGreaterThan(20)
    const { diagnostics, outcome } = await verifySet(host, 'set')
    expect(diagnostics.map(toJson)).toEqual([])
    expect(outcome?.proofs.flatMap(({ unproved }) => unproved)).toEqual([])
    for (const plain of hidden) {
      expect(emitted.filter(([, text]) => text.includes(plain)).map(([path]) => path)).toEqual([])
      expect(JSON.stringify(outcome)).not.toContain(plain)
    }
  }, 120_000)

  it('are not looked for in a set without functions that would seal them, which is said', async () => {
    const { host } = vaultHost(
      'stores: [postgres]\ntargets: { postgres: { access: false }, zod: false, typescript: false }\n',
    )
    await generateVault(host)
    const { diagnostics, outcome } = await verifySet(host, 'set')
    expect(diagnostics.map(toJson)).toEqual([])
    expect(outcome?.proofs.flatMap(({ unproved }) => unproved)).toContainEqual(
      expect.stringMatching(/^\d+ examples? with encrypted fields/),
    )
  })

  it('stand in no message about an example whose value is none of the type', () => {
    const { diagnostics } = compileTexts({ 'vault.yaml': vault.replace('max_length: 40', 'max_length: 4') })
    expect(diagnostics.map(({ code }) => code)).toEqual(['row-refused'])
    expect(JSON.stringify(diagnostics.map(toJson))).not.toContain(secrets.token)
  })

  it.each([
    ['a seed row', `seed:\n  - { id: 1, label: a, token: ${secrets.token} }\n`],
    ['suggestions', ''],
  ])('may not stand in %s', (_, more) => {
    const text =
      more === '' ? vault.replace('max_length: 40', `max_length: 40, suggest: [${secrets.token}]`) : vault + more
    const { diagnostics } = compileTexts({ 'vault.yaml': text })
    expect(diagnostics.map(({ code }) => code)).toContain('encrypted-misuse')
  })
})
