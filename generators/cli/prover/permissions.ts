import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { packageFolder } from '../host/identity.js'

const foldersAbove = (folder: string): readonly string[] => {
  const above = dirname(folder)
  return above === folder ? [] : [above, ...foldersAbove(above)]
}

const modulesAbove = (folder: string): readonly string[] =>
  foldersAbove(folder)
    .map((above) => (above.endsWith(`${sep}node_modules`) ? above : join(above, 'node_modules')))
    .filter((modules) => existsSync(modules))

const dependenciesOf = (folder: string): readonly string[] => {
  const file = join(folder, 'package.json')
  if (!existsSync(file)) return []
  const { dependencies = {} } = JSON.parse(readFileSync(file, 'utf8')) as { dependencies?: Record<string, string> }
  return Object.keys(dependencies)
}

/** The real folder of a dependency, found as Node finds it. */
const installed = (name: string, from: string): string | null => {
  const found = [join(from, 'node_modules'), ...modulesAbove(from)]
    .map((modules) => join(modules, name))
    .find((folder) => existsSync(folder))
  return found === undefined ? null : realpathSync(found)
}

/**
 * The folders of botschema's own installation: the package, and where its dependencies are. Package managers that link
 * them keep them in other places, which are followed.
 */
export const installationFolders = (own = realpathSync(packageFolder)): readonly string[] => {
  const readable = new Set([own, ...modulesAbove(own)])
  const isReadable = (folder: string): boolean =>
    [...readable].some((above) => `${folder}${sep}`.startsWith(above + sep))
  const waiting = [own]
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    for (const name of dependenciesOf(folder)) {
      const found = installed(name, folder)
      if (found === null || isReadable(found)) continue
      for (const added of [found, ...modulesAbove(found)]) readable.add(added)
      waiting.push(found)
    }
  }
  return [...readable]
}

/**
 * The flags that take permissions away, where Node has them: nothing may be written, no program or thread started, no addon
 * loaded, and nothing read but botschema's own installation. Node below 25 cannot take the network away.
 */
export const permissionFlags = (
  known: ReadonlySet<string> = process.allowedNodeEnvironmentFlags,
): readonly string[] => {
  const flag = ['--permission', '--experimental-permission'].find((name) => known.has(name))
  if (flag === undefined) return []
  return [flag, ...installationFolders().map((folder) => `--allow-fs-read=${join(folder, '*')}`)]
}
