import { basename } from 'node:path'
import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import type { Result } from '../../kernel/result.js'
import { type Store, stores } from '../../model/store.js'
import { type InitChoices, type LibraryModule, setNameFrom } from '../../pipeline/init/index.js'
import type { Session } from '../session.js'
import type { InitOptions } from './options.js'
import type { Questions } from './questions.js'

const libraryPrefix = /^botschema:/

/** The modules that `--with` names, each once: `guilds,members`, `botschema:guilds`; none of `none`. */
const modulesIn = (given: readonly string[]): readonly string[] => {
  const names = given.flatMap((list) => list.split(',')).map((name) => name.trim().replace(libraryPrefix, ''))
  return [...new Set(names)].filter((name) => name !== '' && name !== 'none')
}

const storesOf = (given: 'both' | Store): readonly Store[] => (given === 'both' ? stores : [given])

/** Where the set goes: the folder given, or one in `schemas` that is called as the current folder is. */
const placeOf = (
  { paths, terminal }: Session,
  given: string | undefined,
): { readonly folder: string; readonly name: string } => {
  const here = basename(terminal.workingFolder)
  if (given === undefined) return { folder: `schemas/${setNameFrom(here)}`, name: setNameFrom(here) }
  const [folder = '.'] = paths([given])
  return { folder, name: setNameFrom(folder === '.' ? here : basename(folder)) }
}

const outside: Diagnostic = report('wrong-usage', null, {
  problem: 'the folder of a new set lies below the current one, which is that of the project',
})

/** What the set is to be: by the options, by the answers where there is somebody to ask, else by what goes without saying. */
export const choose = async (
  session: Session,
  given: string | undefined,
  options: InitOptions,
  library: readonly LibraryModule[],
  questions: Questions | null,
): Promise<Result<InitChoices | null>> => {
  const { folder, name } = placeOf(session, given)
  if (folder.startsWith('..')) return { value: null, diagnostics: [outside] }
  if (options.with === undefined && questions === null) {
    const choices = [...library.map((module) => module.name), 'none']
    return { value: null, diagnostics: [report('choice-missing', null, { option: '--with', choices })] }
  }
  const modules = options.with === undefined ? ((await questions?.modules(library)) ?? []) : modulesIn(options.with)
  const kept = options.store === undefined ? ((await questions?.stores()) ?? stores) : storesOf(options.store)
  const value: InitChoices = {
    folder,
    name,
    modules,
    stores: kept,
    copy: options.copy === true,
    module: options.module ?? null,
    imports: options.imports ?? 'js',
    javascript: options.javascript === true,
  }
  return { value, diagnostics: [] }
}
