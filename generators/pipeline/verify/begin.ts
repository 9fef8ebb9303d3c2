import type { EmittedFile } from '../../engines/script/emitted.js'
import { known } from '../../kernel/bug.js'
import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { sha256 } from '../../kernel/hash.js'
import { hasErrors } from '../../kernel/result.js'
import { wholeOf } from '../../kernel/source.js'
import { compareOutputs } from '../compare.js'
import { checkFindings } from '../findings.js'
import type { Host } from '../host.js'
import type { OutputFile } from '../join.js'
import { manifestFile } from '../manifest.js'
import { type OutputClaims, outputsOf } from '../outputs.js'
import { join } from '../paths.js'
import type { Evidence } from './proof.js'

/** A set before its proofs: what there is to prove, or null where it has errors or its outputs are not what it emits. */
export interface Begun {
  readonly diagnostics: readonly Diagnostic[]
  readonly outcome: Evidence | null
}

/**
 * The text that the set emits for a file. The file on the disk holds it where the hashes are equal, which saves emitting it
 * again; it is hashed once more, since it may have been changed after it was compared.
 */
const emittedText = async (host: Host, output: string, { hash, path, text }: OutputFile): Promise<string> => {
  const bytes = host.files.read(join(output, path))
  const standing = bytes === null ? '' : new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  return sha256(standing) === hash ? standing : text()
}

/**
 * Compiles a set, emits it and compares its outputs with what it emits. Proofs run emitted code, so nothing that stands on
 * the disk otherwise is taken: it is reported as `check` reports it.
 */
export const begin = async (host: Host, folder: string, claims: OutputClaims): Promise<Begun> => {
  const { value, diagnostics } = await outputsOf(host, folder, claims)
  if (value === null) return { diagnostics, outcome: null }
  const { compiled, files } = value
  const { output, root } = compiled
  const { states } = compareOutputs(host, folder, output, files)
  const wanted = states.filter((state) => 'wanted' in state)
  if (wanted.length === files.length && wanted.every(({ kind }) => kind === 'missing')) {
    return { diagnostics: [...diagnostics, report('nothing-to-verify', wholeOf(root), { output })], outcome: null }
  }
  const found = [...diagnostics, ...states.flatMap((state) => checkFindings(output, state))]
  if (hasErrors(found)) return { diagnostics: found, outcome: null }
  const emitted: EmittedFile[] = []
  for (const file of files) {
    if (file.path !== manifestFile) emitted.push({ path: file.path, text: await emittedText(host, output, file) })
  }
  return { diagnostics: found, outcome: { set: known(compiled.set, 'a compiled set'), output, files: emitted } }
}
