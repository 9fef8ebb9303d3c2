import { createRequire } from 'node:module'
import { posix } from 'node:path'
import type { EmittedFile } from './emitted.js'

/** The exports of an emitted module, by name. */
export type ModuleExports = Readonly<Record<string, unknown>>

const requireOwn = createRequire(import.meta.url)

/**
 * Runs emitted TypeScript modules in this process and gives their exports. Each is loaded once and only when asked for;
 * relative imports find the other emitted files, bare ones the packages that botschema ships.
 *
 * @throws what the module throws while it is loaded, and for a path that is not among the files
 */
export const loadEmitted = async (files: readonly EmittedFile[]): Promise<(path: string) => ModuleExports> => {
  const { ts } = await import('ts-morph')
  const sources = new Map(files.map(({ path, text }) => [path, text]))
  const loaded = new Map<string, { exports: Record<string, unknown> }>()

  const transpiled = (path: string): string => {
    const source = sources.get(path)
    if (source === undefined) throw new Error(`no emitted file ${path}`)
    return ts.transpileModule(source, {
      fileName: path,
      compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS, esModuleInterop: true },
    }).outputText
  }

  const load = (path: string): Record<string, unknown> => {
    const known = loaded.get(path)
    if (known !== undefined) return known.exports
    const module = { exports: {} as Record<string, unknown> }
    loaded.set(path, module)
    // With `module: cjs` the emitted imports have no extension.
    const requireFrom = (specifier: string): unknown =>
      specifier.startsWith('.')
        ? load(posix.join(posix.dirname(path), specifier.replace(/(?:\.js)?$/, '.ts')))
        : requireOwn(specifier)
    const run = new Function('require', 'module', 'exports', transpiled(path))
    run(requireFrom, module, module.exports)
    return module.exports
  }
  return load
}
