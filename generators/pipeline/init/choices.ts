import type { ImportEnding, ModuleSystem } from '../../model/options.js'
import type { Store } from '../../model/store.js'

/** What a new set is to be. Paths are relative to the current folder, which is that of the project. */
export interface InitChoices {
  /** The folder of the set: `schemas/mybot`. */
  readonly folder: string
  readonly name: string
  /** Modules of the library by name, in the order they were chosen. */
  readonly modules: readonly string[]
  readonly stores: readonly Store[]
  /** Copies the modules into the set instead of linking them. */
  readonly copy: boolean
  /** What the emitted TypeScript is for; null: what package.json says of the project. */
  readonly module: ModuleSystem | null
  /** How relative imports of the emitted TypeScript end. */
  readonly imports: ImportEnding
  /** Adds the step that makes JavaScript of the emitted TypeScript. */
  readonly javascript: boolean
}

/** A name for a set, made of what a folder is called. */
export const setNameFrom = (folderName: string): string => {
  const name = folderName
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9_-]+/g, '-')
    .replace(/^[_-]+|[_-]+$/g, '')
  return name === '' ? 'bot' : name
}
