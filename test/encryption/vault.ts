import type { PostgresEngine } from '../../generators/engines/postgres/embedded.js'
import type { EmittedFile } from '../../generators/engines/script/emitted.js'
import { generateSet } from '../../generators/pipeline/generate.js'
import type { Host } from '../../generators/pipeline/host.js'
import { memoryHost } from '../../generators/pipeline/memory-host.js'

/** Plain values that must be nowhere but in the YAML. */
export const secrets = { token: 'plain-token-7f3a', pin: 'plain-pin-19c2', note: 'plain-note-55d0' } as const

export const vault = `
entity: vault
fields:
  id: snowflake
  label: string(20)
  token: { type: text, max_length: 40, encrypted: { with: pgcrypto, key: VAULT_SECRET }, summary: Opens the door. }
  pin: { type: text?, immutable: true, encrypted: { with: pgcrypto, key: VAULT_SECRET } }
  notes: { type: json?, encrypted: { with: pgcrypto, key: NOTES_SECRET } }
  created_at: timestamp = now
examples:
  - { id: 123456789012345678, label: front, token: ${secrets.token}, pin: ${secrets.pin}, notes: { text: ${secrets.note} } }
`

/** A host with a set whose entity has encrypted fields of all sorts. */
export const vaultHost = (options = '') => {
  const files = new Map([
    ['set/botschema.yaml', `name: bank\noutput: out\n${options}`],
    ['set/vault.yaml', vault],
  ])
  return { files, host: memoryHost(files) }
}

/** Emits the set into the host's files. */
export const generateVault = async (host: Host): Promise<void> => {
  const { diagnostics } = await generateSet(host, 'set', new Map(), { force: false, dryRun: false })
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'))
}

/** What the set emits, by path below its output. */
export const emittedVault = async (): Promise<readonly EmittedFile[]> => {
  const { files, host } = vaultHost()
  await generateVault(host)
  const prefix = 'set/out/bank/'
  return [...files].flatMap(([path, text]) =>
    path.startsWith(prefix) ? [{ path: path.slice(prefix.length), text }] : [],
  )
}

export type Call = (...given: readonly unknown[]) => Promise<unknown>

/** A client as the emitted statements take it, which also keeps the texts it was given. */
export const clientOf = (engine: PostgresEngine) => {
  const texts: string[] = []
  return {
    texts,
    query: async (text: string, values: readonly unknown[]) => {
      texts.push(text)
      return { rows: await engine.query(text, values) }
    },
  }
}

/** The problem of an `EncryptedFieldError`, and all that could be printed of it. */
export const failureOf = async (attempt: Promise<unknown>): Promise<{ problem: unknown; printed: string }> => {
  try {
    await attempt
    return { problem: 'none', printed: '' }
  } catch (failure) {
    const known = failure as Error & { readonly problem?: unknown }
    return { problem: known.problem, printed: `${known.stack} ${JSON.stringify(known)} ${String(known.cause)}` }
  }
}
