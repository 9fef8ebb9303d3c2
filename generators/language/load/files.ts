import { isUtf8 } from 'node:buffer'
import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { span } from '../../kernel/source.js'

const startOf = (path: string) => span({ path, text: '' }, 0, 0)

/** The bytes of a file as text, or the diagnostic that they are not UTF-8. `path` is relative to the current folder. */
export const decode = (
  path: string,
  bytes: Uint8Array,
): { readonly text: string } | { readonly diagnostic: Diagnostic } =>
  isUtf8(bytes)
    ? { text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes) }
    : { diagnostic: report('not-utf8', startOf(path), { path }) }

/** The finding about a file whose name ends in `.yml`, which a set does not read. */
export const ymlFile = (path: string): Diagnostic =>
  report('yml-file', startOf(path), { path, renamed: path.replace(/\.yml$/, '.yaml') })
