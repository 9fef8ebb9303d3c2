import { stringLiteral } from '../kernel/safe/typescript.js'
import { trusted } from './code.js'
import { importSpecifier, type ModuleKind, moduleText } from './module.js'
import { header } from './names.js'

/** The module `<folder>/index`, which exports all that the named modules of its folder do. */
export const indexModule = (setName: string, folder: string, modules: readonly string[], kind: ModuleKind): string => {
  const path = `${folder}/index`
  const lines = modules.map(
    (name) => `export * from ${stringLiteral(importSpecifier(path, `${folder}/${name}`, kind))}`,
  )
  return moduleText({ path, kind, header: header(setName), body: [trusted(lines.join('\n'))] })
}
