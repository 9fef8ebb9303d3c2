import { readFile } from 'node:fs/promises'
import { trusted } from '../script/code.js'
import { type ModuleKind, moduleText } from '../script/module.js'
import { header } from '../script/names.js'

/** The path is the same from `generators/typescript/` and from `dist/typescript/`. */
const template = new URL('../../templates/typescript/storage.ts', import.meta.url)

/** The module of what all functions that read and write rows share, whatever the store: pages, cursors and errors. */
export const storageModule = async (setName: string, kind: ModuleKind): Promise<string> => {
  const body = [trusted((await readFile(template, 'utf8')).trim())]
  return moduleText({ path: 'typescript/storage', kind, header: header(setName), body })
}
