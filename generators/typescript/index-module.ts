import { stringLiteral } from '../kernel/safe/typescript.js'
import { trusted } from '../script/code.js'
import { importSpecifier, type ModuleKind, moduleText } from '../script/module.js'
import { header } from '../script/names.js'

/** The module that gives all others of the folder, named without their endings. */
export const indexModule = (setName: string, modules: readonly string[], kind: ModuleKind): string => {
  const path = 'typescript/index'
  const lines = modules.map(
    (module) => `export * from ${stringLiteral(importSpecifier(path, `typescript/${module}`, kind))}`,
  )
  return moduleText({ path, kind, header: header(setName), body: [trusted(lines.join('\n'))] })
}
