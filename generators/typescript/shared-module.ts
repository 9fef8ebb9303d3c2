import { readFile } from 'node:fs/promises'
import { trusted } from '../script/code.js'
import { type ModuleKind, moduleText } from '../script/module.js'
import { header } from '../script/names.js'

/** `storage` has pages, cursors and errors; `encryption` the error of encrypted fields; `retention` what a run is. */
export type StorageFile = 'storage' | 'encryption' | 'retention'

/** The path is the same from `generators/typescript/` and from `dist/typescript/`. */
const template = (file: StorageFile): URL => new URL(`../../templates/typescript/${file}.ts`, import.meta.url)

/** A module of what all functions that read and write rows share, whatever the store. */
export const storageModule = async (setName: string, file: StorageFile, kind: ModuleKind): Promise<string> => {
  const body = [trusted((await readFile(template(file), 'utf8')).trim())]
  return moduleText({ path: `typescript/${file}`, kind, header: header(setName), body })
}
