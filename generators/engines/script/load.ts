import { posix } from 'node:path'
import type { ts } from 'ts-morph'
import type { EmittedFile } from './emitted.js'

/** The exports of an emitted module, by name. */
export type ModuleExports = Readonly<Record<string, unknown>>

/** Several proofs run the same files. */
const transpiled = new WeakMap<EmittedFile, string>()

const transpile = (file: EmittedFile, { ScriptTarget, ModuleKind, transpileModule }: typeof ts): string => {
  const compilerOptions = { target: ScriptTarget.ES2022, module: ModuleKind.CommonJS, esModuleInterop: true }
  const script = transpiled.get(file) ?? transpileModule(file.text, { fileName: file.path, compilerOptions }).outputText
  transpiled.set(file, script)
  return script
}

/** Imports that are gone once types are: `import type { Generated } from 'kysely'`. */
const typeImport = /^import type [^']*'[^']*'$/gm

/** The packages that modules import, by their specifiers. */
const packagesOf = async (
  files: readonly EmittedFile[],
  { preProcessFile }: typeof ts,
): Promise<ReadonlyMap<string, ModuleExports>> => {
  const specifiers = new Set(
    files
      .filter(({ path }) => path.endsWith('.ts'))
      .flatMap(({ text }) => preProcessFile(text.replace(typeImport, '')).importedFiles.map(({ fileName }) => fileName))
      .filter((specifier) => !specifier.startsWith('.')),
  )
  // As an ES module, so that the runtime and the emitted code have one Zod; `__esModule` keeps its default export.
  const imported = [...specifiers].map(async (specifier): Promise<readonly [string, ModuleExports]> => {
    const exports: ModuleExports = await import(specifier)
    return [specifier, { __esModule: true, ...exports }]
  })
  return new Map(await Promise.all(imported))
}

/**
 * Runs emitted TypeScript modules in this process and gives their exports. Each is loaded once and only when asked for;
 * relative imports find the other emitted files, bare ones the packages that botschema ships.
 *
 * @throws what the module throws while it is loaded, and for a path that is not among the files
 */
export const loadEmitted = async (files: readonly EmittedFile[]): Promise<(path: string) => ModuleExports> => {
  const { ts } = await import('ts-morph')
  const sources = new Map(files.map((file) => [file.path, file]))
  const packages = await packagesOf(files, ts)
  const loaded = new Map<string, { exports: Record<string, unknown> }>()

  const load = (path: string): Record<string, unknown> => {
    const known = loaded.get(path)
    if (known !== undefined) return known.exports
    const source = sources.get(path)
    if (source === undefined) throw new Error(`no emitted file ${path}`)
    const module = { exports: {} as Record<string, unknown> }
    loaded.set(path, module)
    // Emitted imports end in `.js`, in `.ts` or, in CommonJS, in neither.
    const requireFrom = (specifier: string): unknown =>
      specifier.startsWith('.')
        ? load(posix.join(posix.dirname(path), specifier.replace(/(?:\.[jt]s)?$/, '.ts')))
        : packages.get(specifier)
    const run = new Function('require', 'module', 'exports', transpile(source, ts))
    run(requireFrom, module, module.exports)
    return module.exports
  }
  return load
}
