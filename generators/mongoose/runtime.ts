import { functionsTemplate } from '../script/expression.js'
import { type ModuleKind, moduleText } from '../script/module.js'
import { readTemplate } from '../script/read-template.js'
import { type Template, templateCode, usedOf } from '../script/template.js'

/**
 * The shared files of emitted models and of their data access, each before those that it imports. Each is a template of
 * which only the declarations in use are printed.
 */
const runtimeFiles = [
  'access/collections',
  'access/collection-differences',
  'access/server-version',
  'access/happening',
  'access/events',
  'access/retiring',
  'access/noting',
  'access/turns',
  'access/summaries',
  'access/archives',
  'access/acts',
  'access/newest',
  'access/clock-order',
  'access/references',
  'access/changing',
  'access/portions',
  'access/sealing',
  'access/commands',
  'access/pages',
  'access/merges',
  'access/rows',
  'access/transactions',
  'access/store',
  'access/refusals',
  'encryption',
  'guards',
  'tracking',
  'paths',
  'populated',
  'stored',
  'models',
  'kinds',
  'functions',
] as const

export type RuntimeFile = (typeof runtimeFiles)[number]

/** What is used of each file; nothing of those that are not named. */
export type RuntimeNames = { readonly [File in RuntimeFile]?: ReadonlySet<string> }

const moduleOf = (file: RuntimeFile): string => `mongoose/${file}`

/** The functions that conditions call as well. */
const templateOf = (file: RuntimeFile): string => (file === 'functions' ? functionsTemplate : moduleOf(file))

/** In an output these stand beside the other files. */
const withOwnFunctions = (template: Template): Template => ({
  ...template,
  imports: template.imports.map((one) =>
    one.module === functionsTemplate ? { ...one, module: moduleOf('functions') } : one,
  ),
})

/**
 * The shared files with what `wanted` needs of them, by the names that models import.
 *
 * @returns a text by the file's name; a file that nothing needs is left out
 */
export const runtimeTexts = async (
  wanted: RuntimeNames,
  module: { readonly kind: ModuleKind; readonly header: string },
): Promise<ReadonlyMap<RuntimeFile, string>> => {
  const texts = new Map<RuntimeFile, string>()
  const imported: { readonly module: string; readonly name: string }[] = []
  for (const file of runtimeFiles) {
    const names = imported.filter((one) => one.module === moduleOf(file)).map(({ name }) => name)
    const template = withOwnFunctions(await readTemplate(templateOf(file)))
    const used = usedOf(template, new Set([...(wanted[file] ?? []), ...names]))
    imported.push(...used.imports)
    if (used.declarations.length > 0)
      texts.set(file, moduleText({ ...module, path: moduleOf(file), body: templateCode(used) }))
  }
  return texts
}
