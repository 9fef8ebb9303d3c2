import type { EmittedFile } from '../../engines/script/emitted.js'
import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { compareText } from '../../kernel/order.js'
import { wholeOf } from '../../kernel/source.js'
import { compileFolder } from '../compile.js'
import type { Host } from '../host.js'
import { manifestFile, readManifest } from '../manifest.js'
import { join } from '../paths.js'
import type { Evidence } from './proof.js'

/** A set before its proofs: what there is to prove, or null where it has errors or was not generated. */
export interface Begun {
  readonly diagnostics: readonly Diagnostic[]
  readonly outcome: Evidence | null
}

const readText = (host: Host, path: string): string | null => {
  const bytes = host.files.read(path)
  return bytes === null ? null : new TextDecoder().decode(bytes)
}

/** The files that the manifest names, as they stand on the disk; what is missing there is `check`'s to say. */
const outputFiles = (host: Host, output: string): readonly EmittedFile[] | null => {
  const text = readText(host, join(output, manifestFile))
  const manifest = text === null ? null : readManifest(text)
  if (manifest === null) return null
  return [...manifest.keys()].sort(compareText).flatMap((path) => {
    const content = readText(host, join(output, path))
    return content === null ? [] : [{ path, text: content }]
  })
}

/** Compiles a set, and reads its outputs. */
export const begin = (host: Host, folder: string): Begun => {
  const { set, output, root, diagnostics } = compileFolder(host, folder)
  if (set === null) return { diagnostics, outcome: null }
  const files = outputFiles(host, output)
  if (files === null) {
    return { diagnostics: [...diagnostics, report('nothing-to-verify', wholeOf(root), { output })], outcome: null }
  }
  return { diagnostics, outcome: { set, output, files } }
}
