import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { libraryPrefix } from '../../generators/kernel/source.js'

/** A set as a memory host has it: the texts of all its files by path, those of the library left out. */
export type SetTexts = Readonly<Record<string, string>>

export interface CorpusSet {
  readonly name: string
  readonly texts: SetTexts
}

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

const textsBelow = (folder: string, prefix = ''): SetTexts =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((path) => path.replaceAll('\\', '/'))
      .filter((path) => /\.(?:ya?ml|md)$/.test(path))
      .sort()
      .map((path) => [`${prefix}${path}`, readFileSync(join(folder, path), 'utf8')]),
  )

const setsIn = (folder: string, inner = ''): readonly CorpusSet[] =>
  readdirSync(join(root, folder))
    .sort()
    .filter((name) => existsSync(join(root, folder, name, inner, 'botschema.yaml')))
    .map((name) => ({ name: `${folder}/${name}`, texts: textsBelow(join(root, folder, name, inner)) }))

/** The modules that sets take in, as a memory host has them. */
export const library: SetTexts = textsBelow(join(root, 'schemas/library'), libraryPrefix)

/** Every set that stands in the repository: those that describe systems, the fixtures, and the smallest of each finding. */
export const corpus: readonly CorpusSet[] = [
  ...setsIn('test/fixtures'),
  ...setsIn('test/cases/outputs', 'input'),
  ...setsIn('test/cases/diagnostics', 'input'),
  ...setsIn('schemas'),
]

export const isYaml = (path: string): boolean => path.endsWith('.yaml')
