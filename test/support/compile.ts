import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, posix, relative, sep } from 'node:path'
import { type Diagnostic, toJson } from '../../generators/kernel/diagnostic.js'
import type { Result } from '../../generators/kernel/result.js'
import type { Source } from '../../generators/kernel/source.js'
import { compileSet } from '../../generators/language/index.js'
import type { SchemaSet } from '../../generators/model/index.js'

const skipped = new Set(['node_modules', 'output', 'expected'])

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      if (entry.name.startsWith('.') || skipped.has(entry.name)) return []
      const path = join(folder, entry.name)
      if (!entry.isDirectory()) return [path]
      return existsSync(join(path, 'botschema.yaml')) ? [] : filesBelow(path)
    })

/** Compiles a folder's set as the command line would, with paths relative to the folder. */
export const compileFolder = (folder: string): Result<{ set: SchemaSet; output: string } | null> => {
  const sources = filesBelow(folder).map((path) => ({
    path: relative(folder, path).split(sep).join(posix.sep),
    text: readFileSync(path, 'utf8'),
  }))
  const named = (test: (path: string) => boolean): Source[] => sources.filter(({ path }) => test(path))
  return compileSet({
    root: named((path) => path === 'botschema.yaml')[0] ?? { path: 'botschema.yaml', text: '' },
    definitions: named((path) => path.endsWith('.yaml') && path !== 'botschema.yaml'),
    pages: named((path) => path.endsWith('.md')),
  })
}

/** Compiles texts given by file name; a root is added when there is none. */
export const compileTexts = (
  files: Readonly<Record<string, string>>,
): Result<{ set: SchemaSet; output: string } | null> => {
  const { 'botschema.yaml': root = 'name: sample\n', ...others } = files
  const sources = Object.entries(others).map(([path, text]) => ({ path, text }))
  return compileSet({
    root: { path: 'botschema.yaml', text: root },
    definitions: sources.filter(({ path }) => path.endsWith('.yaml')),
    pages: sources.filter(({ path }) => path.endsWith('.md')),
  })
}

/** Diagnostics as short lines: `thing.yaml:3:7 unknown-type …`. */
export const printed = (diagnostics: readonly Diagnostic[]): readonly string[] =>
  diagnostics.map(toJson).map(({ file, line, column, code, message }) => `${file}:${line}:${column} ${code} ${message}`)
