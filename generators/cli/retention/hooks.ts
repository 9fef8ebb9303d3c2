import { existsSync } from 'node:fs'
import { resolve, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { type GivenHooks, noHooks } from '../../pipeline/retain/hooks.js'
import type { Hook } from '../../pipeline/retain/report.js'

const isFunction = (value: unknown): value is Hook => typeof value === 'function'

/** The functions of a module's default export, which stay methods of it; the names that Node gives it for `require`. */
const functionsOf = (exported: object): readonly (readonly [string, Hook])[] =>
  Object.entries(exported).flatMap(([name, value]): readonly (readonly [string, Hook])[] => {
    if (name === 'default' || name === 'module.exports') return []
    return isFunction(value) ? [[name, value.bind(exported)]] : []
  })

const hooksIn = (module: object): Readonly<Record<string, Hook>> => {
  const exported: unknown = 'default' in module ? module.default : null
  const byDefault = typeof exported === 'object' && exported !== null ? functionsOf(exported) : []
  return Object.fromEntries([...byDefault, ...functionsOf(module)])
}

/** What a module threw while it was loaded, without the folders around the bot. */
const reasonOf = (failure: unknown, workingFolder: string): string =>
  (failure instanceof Error ? failure.message : String(failure)).replaceAll(`${workingFolder}${sep}`, '')

/** The hooks that a module of the bot's exports; none without a file. A file that cannot be used is told. */
export const loadHooks = async (workingFolder: string, path: string | undefined): Promise<GivenHooks | Diagnostic> => {
  if (path === undefined) return noHooks
  const file = resolve(workingFolder, path)
  if (!existsSync(file)) return report('hook-file-refused', null, { path, reason: 'there is no such file' })
  try {
    const functions = hooksIn((await import(pathToFileURL(file).href)) as object)
    if (Object.keys(functions).length > 0) return { path, functions }
    return report('hook-file-refused', null, { path, reason: 'it exports no function' })
  } catch (failure) {
    return report('hook-file-refused', null, { path, reason: reasonOf(failure, workingFolder) })
  }
}
