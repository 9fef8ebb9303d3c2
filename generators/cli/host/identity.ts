import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sha256 } from '../../kernel/hash.js'
import { runtimeSources } from '../../typescript/runtime-copy.js'

/** Of `dist/cli/host/identity.js`: the folder with package.json, dist and templates. */
export const packageFolder = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..')

/** `dist` of the built package, or `generators` when the sources run as they are. */
const codeFolder = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

interface PackageJson {
  readonly version: string
  readonly dependencies: Readonly<Record<string, string>>
  readonly devDependencies: Readonly<Record<string, string>>
}

const readJson = <T>(file: string): T => JSON.parse(readFileSync(file, 'utf8')) as T

export const packageJson = (): PackageJson => readJson<PackageJson>(join(packageFolder, 'package.json'))

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      return entry.isDirectory() ? filesBelow(path) : isCode(entry.name) ? [path] : []
    })

const isCode = (name: string): boolean => /\.(?:js|ts|hbs|json)$/.test(name) && !name.endsWith('.d.ts')

const readOrNothing = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

/** The installed version of a dependency: in the nearest `node_modules` that has it, as Node itself looks for it. */
const installedVersion = (name: string, from: string): string => {
  const text = readOrNothing(join(from, 'node_modules', name, 'package.json'))
  if (text !== '') return (JSON.parse(text) as { readonly version?: string }).version ?? ''
  const above = dirname(from)
  return above === from ? '' : installedVersion(name, above)
}

/**
 * The hash of all that decides what botschema emits: its code, its templates, the sources of the runtime, the versions of what it depends on, and
 * Node's. Computed from the files at every start (about 5 ms): no stamp can be forgotten.
 */
export const computeIdentity = (): string => {
  const folders = [codeFolder, join(packageFolder, 'templates'), runtimeSources()]
  const code = folders.flatMap(filesBelow)
  const versions = Object.keys(packageJson().dependencies).map(
    (name) => `${name} ${installedVersion(name, packageFolder)}`,
  )
  return sha256([process.version, ...versions, ...code.map((file) => sha256(readFileSync(file)))].join('\n'))
}
