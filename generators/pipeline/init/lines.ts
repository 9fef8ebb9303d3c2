import type { Host } from '../host.js'
import { addedTo, type PlannedFile } from './files.js'

/** `/node_modules/` and `node_modules` leave out the same folder at the root of a project. */
const meaningOf = (line: string): string => line.trim().replace(/^\//, '').replace(/\/$/, '')

/**
 * A file of lines, such as .gitignore, with those it lacks added at its end: what is there stays, line ends included.
 */
export const withLines = (host: Host, path: string, wanted: readonly string[]): PlannedFile => {
  const bytes = host.files.read(path)
  const text = bytes === null ? '' : new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  const end = text.includes('\r\n') ? '\r\n' : '\n'
  const there = new Set(text.split(/\r?\n/).map(meaningOf))
  const lacking = wanted.filter((line) => !there.has(meaningOf(line)))
  const before = lacking.length === 0 || text === '' || text.endsWith('\n') ? text : text + end
  return addedTo(path, before + lacking.map((line) => line + end).join(''))
}
