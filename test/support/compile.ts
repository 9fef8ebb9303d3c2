import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Diagnostic, toJson } from '../../generators/kernel/diagnostic.js'
import type { Result } from '../../generators/kernel/result.js'
import { libraryPrefix } from '../../generators/kernel/source.js'
import { compileSet } from '../../generators/language/index.js'
import type { SchemaSet } from '../../generators/model/index.js'
import { decodeInputs } from '../../generators/pipeline/decode.js'
import { readInputs } from '../../generators/pipeline/inputs.js'
import { memoryHost } from '../../generators/pipeline/memory-host.js'
import { findUsed } from '../../generators/pipeline/uses.js'

const skipped = new Set(['node_modules', 'output', 'expected'])

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      if (entry.name.startsWith('.') || skipped.has(entry.name)) return []
      const path = join(folder, entry.name)
      return entry.isDirectory() ? filesBelow(path) : [path]
    })

const textsBelow = (folder: string, prefix: string): readonly (readonly [string, string])[] =>
  filesBelow(folder).map((path) => [
    `${prefix}${relative(folder, path).split(sep).join(posix.sep)}`,
    readFileSync(path, 'utf8'),
  ])

const library = textsBelow(
  join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'schemas', 'library'),
  libraryPrefix,
)

/** Compiles texts given by file name, modules below them and those of the library included; a root is added when there is none. */
export const compileTexts = (
  files: Readonly<Record<string, string>>,
): Result<{ set: SchemaSet; output: string } | null> => {
  const { 'botschema.yaml': text = 'name: sample\n', ...others } = files
  const host = memoryHost(new Map([...library, ...Object.entries(others)]))
  const root = { path: 'botschema.yaml', text }
  const used = findUsed(host, '.', root)
  const input = { path: root.path, bytes: new TextEncoder().encode(text) }
  const decoded = decodeInputs(readInputs(host, '.', input, 'output', used.value))
  const { value, diagnostics } = compileSet({ root, ...decoded.value })
  return { value, diagnostics: [...used.diagnostics, ...diagnostics] }
}

/** Compiles a folder's set as the command line would, with paths relative to the folder. */
export const compileFolder = (folder: string): Result<{ set: SchemaSet; output: string } | null> =>
  compileTexts(Object.fromEntries(textsBelow(folder, '')))

/** Diagnostics as short lines: `thing.yaml:3:7 unknown-type …`. */
export const printed = (diagnostics: readonly Diagnostic[]): readonly string[] =>
  diagnostics.map(toJson).map(({ file, line, column, code, message }) => `${file}:${line}:${column} ${code} ${message}`)
