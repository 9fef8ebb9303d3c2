import { hashOf, sha256 } from '../../kernel/hash.js'
import type { Host } from '../host.js'
import { isCount, isText, listOf, orNull, readStored, shapeOf } from '../stored.js'
import type { ProofOutcome } from './index.js'
import type { Evidence } from './proof.js'

/** Proofs that held, and the hash of all that they were about. */
interface Remembered {
  readonly evidence: string
  readonly proofs: readonly ProofOutcome[]
}

/** All that the proofs depend on: botschema itself, the limit of time, what the set means, and every output by its bytes. */
export const hashOfEvidence = (host: Host, { set, output, files }: Evidence, limit: number): string =>
  sha256(
    [
      host.identity(),
      limit,
      hashOf(set),
      output,
      ...files.map(({ path, text }) => `${path}\u0000${sha256(text)}`),
    ].join('\n'),
  )

const isRemembered = shapeOf<Remembered>({
  evidence: isText,
  proofs: listOf(
    shapeOf<ProofOutcome>({
      id: isText,
      title: isText,
      held: orNull(isText),
      findings: isCount,
      unproved: listOf(isText),
    }),
  ),
})

/** What the proofs came to when they last held for the very same evidence; null when they have to be made. */
export const provedBefore = (host: Host, folder: string, evidence: string): readonly ProofOutcome[] | null => {
  const remembered = readStored(host, folder, 'verified', isRemembered)
  return remembered?.evidence === evidence ? remembered.proofs : null
}

export const rememberProofs = (host: Host, folder: string, evidence: string, proofs: readonly ProofOutcome[]): void =>
  host.cache.put(folder, 'verified', JSON.stringify({ evidence, proofs } satisfies Remembered))
