import type { EmittedFile } from '../../generators/engines/script/emitted.js'
import { loadEmitted, type ModuleExports } from '../../generators/engines/script/load.js'
import { generateSet } from '../../generators/pipeline/generate.js'
import { memoryHost } from '../../generators/pipeline/memory-host.js'

/** What a set given as texts emits, by path below its output (`output: out` in its root); a finding fails the test. */
export const emittedFiles = async (texts: Readonly<Record<string, string>>): Promise<readonly EmittedFile[]> => {
  const files = new Map(Object.entries(texts).map(([path, text]) => [`set/${path}`, text]))
  const { diagnostics } = await generateSet(memoryHost(files), 'set', new Map(), { force: false, dryRun: false })
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) throw new Error(errors.map(({ code, message }) => `${code} ${message}`).join('\n'))
  return [...files].flatMap(([path, text]) => {
    const [, below] = /^set\/out\/[^/]+\/(.*)$/.exec(path) ?? []
    return below === undefined ? [] : [{ path: below, text }]
  })
}

export const fileOf = (files: readonly EmittedFile[], path: string): string =>
  files.find((file) => file.path === path)?.text ?? ''

export type Emitted = ModuleExports

/** Calls a function of an emitted module, or one of a storage, by its path: `insertGuild`, `guild.insert`. */
export const callOf =
  (of: object) =>
  async (path: string, ...given: readonly unknown[]): Promise<unknown> => {
    const found = path.split('.').reduce<unknown>((inner, name) => Reflect.get(Object(inner), name), of)
    if (typeof found !== 'function') throw new Error(`no function ${path}`)
    return found(...given)
  }

export const loadModule = async (files: readonly EmittedFile[], path: string): Promise<Emitted> =>
  (await loadEmitted(files))(path)
