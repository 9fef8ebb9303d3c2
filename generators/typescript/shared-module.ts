import { type ModuleKind, moduleText } from '../script/module.js'
import { header } from '../script/names.js'
import { readTemplate } from '../script/read-template.js'
import { templateCode } from '../script/template.js'

/**
 * `json` has JSON values, `storage` pages, cursors and errors, `encryption` the error of encrypted fields, `retention` what
 * a run is.
 */
export type SharedFile = 'json' | 'storage' | 'encryption' | 'retention'

/** A module that every set has alike: all of its template. */
export const sharedModule = async (setName: string, file: SharedFile, kind: ModuleKind): Promise<string> => {
  const path = `typescript/${file}`
  return moduleText({ path, kind, header: header(setName), body: templateCode(await readTemplate(path)) })
}
