import { isUtf8 } from 'node:buffer'
import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { span } from '../../kernel/source.js'

const startOf = (path: string) => span({ path, text: '' }, 0, 0)

/** MiB of a file. A file of so many small definitions still compiles in a few hundred megabytes of memory. */
const most = 4

/** The bytes of a file as text, or why they are not read. `path` is relative to the current folder. */
export const decode = (
  path: string,
  bytes: Uint8Array,
): { readonly text: string } | { readonly diagnostic: Diagnostic } => {
  if (bytes.length > most * 2 ** 20) return { diagnostic: report('file-too-large', startOf(path), { path, most }) }
  return isUtf8(bytes)
    ? { text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes) }
    : { diagnostic: report('not-utf8', startOf(path), { path }) }
}

/** The finding about a symbolic link where a file or a folder of a set would be. */
export const linkedInput = (path: string): Diagnostic => report('linked-input', startOf(path), { path })

/** The finding about a file whose name ends in `.yml`, which a set does not read. */
export const ymlFile = (path: string): Diagnostic =>
  report('yml-file', startOf(path), { path, renamed: path.replace(/\.yml$/, '.yaml') })
