import type { ModuleSystem } from '../../model/options.js'
import type { InitChoices } from './choices.js'
import { buildConfig } from './javascript-build.js'
import { tryFile } from './javascript-storage.js'
import type { Additions } from './package-json.js'

/** The range of versions that botschema itself has of a package, botschema among them; what emitted code was proved with. */
export type Ranges = (name: string) => string

const ranged = (names: readonly string[], ranges: Ranges): Readonly<Record<string, string>> =>
  Object.fromEntries(names.map((name) => [name, ranges(name)]))

const javascriptScripts = (project: ModuleSystem): Readonly<Record<string, string>> => ({
  'botschema:build': `tsc -p ${buildConfig}`,
  'botschema:try': `botschema generate && npm run botschema:build && node ${tryFile(project)}`,
})

/** What package.json needs for a set: the scripts, botschema, and what the emitted code imports. */
export const additionsFor = (
  { stores, javascript }: InitChoices,
  project: ModuleSystem,
  ranges: Ranges,
): Additions => ({
  scripts: {
    'botschema:generate': 'botschema generate',
    'botschema:check': 'botschema check',
    ...(javascript ? javascriptScripts(project) : {}),
  },
  dependencies: ranged(
    [
      '@botschema/runtime',
      ...(stores.includes('mongo') ? ['mongoose'] : []),
      ...(stores.includes('postgres') ? ['pg'] : []),
      'zod',
    ],
    ranges,
  ),
  devDependencies: ranged(
    [
      ...(javascript && stores.includes('postgres') ? ['@electric-sql/pglite'] : []),
      'botschema',
      ...(javascript ? ['typescript'] : []),
    ],
    ranges,
  ),
})
