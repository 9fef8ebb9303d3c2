import { loadEmitted, type ModuleExports } from '../../engines/script/load.js'
import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { wholeOf } from '../../kernel/source.js'
import { join } from '../paths.js'
import { type Evidence, fileAt, sourceOf } from './proof.js'

/** The emitted modules of a set, running in this process; null for one that is not emitted or cannot be loaded. */
export interface EmittedModules {
  readonly load: (path: string) => ModuleExports | null
  /** How many could be loaded. */
  readonly size: number
  /** What kept modules from being loaded, each once. */
  readonly diagnostics: readonly Diagnostic[]
}

const refusalOf = (evidence: Evidence, path: string, failure: unknown): Diagnostic => {
  const file = fileAt(evidence, path)
  const source = file === undefined ? { path: join(evidence.output, path), text: '' } : sourceOf(evidence, file)
  return report('model-refused', wholeOf(source), {
    message: failure instanceof Error ? failure.message : String(failure),
  })
}

/** Loads every module of some folders of the output. */
export const loadModules = async (evidence: Evidence, folders: readonly string[]): Promise<EmittedModules> => {
  const load = await loadEmitted(evidence.files)
  const loaded = new Map<string, ModuleExports>()
  const diagnostics: Diagnostic[] = []
  for (const { path } of evidence.files) {
    if (!path.endsWith('.ts') || !folders.includes(path.split('/')[0] ?? '')) continue
    try {
      loaded.set(path, load(path))
    } catch (failure) {
      diagnostics.push(refusalOf(evidence, path, failure))
    }
  }
  return { load: (path) => loaded.get(path) ?? null, size: loaded.size, diagnostics }
}
