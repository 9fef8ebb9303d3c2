import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')

const imported = /\bfrom '(\.{1,2}\/[^']+)\.js'/g

/** The modules of this repository that a file imports, from the repository's root, without their ending. */
const importsOf = (file: string): readonly string[] =>
  [...readFileSync(join(root, file), 'utf8').matchAll(imported)].map(([, specifier = '']) =>
    join(dirname(file), specifier),
  )

/**
 * Whether a file of the tests imports one of some modules, itself or through other files of the tests. What the compiler's
 * own modules import is not followed: all of them lead to all.
 */
export const leadsTo = (file: string, modules: readonly string[], seen: Set<string> = new Set()): boolean =>
  importsOf(file).some((module) => {
    if (modules.includes(module)) return true
    const next = `${module}.ts`
    if (!module.startsWith('test/') || seen.has(next) || !existsSync(join(root, next))) return false
    seen.add(next)
    return leadsTo(next, modules, seen)
  })

/** The test files in a folder or of one name, from the repository's root. */
export const testFilesIn = (path: string): readonly string[] =>
  path.endsWith('.test.ts')
    ? [path]
    : readdirSync(join(root, path), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name.endsWith('.test.ts'))
        .map((entry) => relative(root, join(entry.parentPath, entry.name)))
        .filter((file) => !file.includes('node_modules'))
        .sort()

/** The test files that open the Mongo server of their project. */
export const mongoTestFiles = (): readonly string[] =>
  testFilesIn('test').filter((file) =>
    /\/support\/mongo-server\.js'|\bopenEngines\(/.test(readFileSync(join(root, file), 'utf8')),
  )
