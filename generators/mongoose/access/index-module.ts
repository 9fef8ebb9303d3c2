import { stringLiteral } from '../../kernel/safe/typescript.js'
import type { Entity } from '../../model/entity.js'
import { trusted } from '../../script/code.js'
import { importSpecifier, type ModuleKind, moduleText } from '../../script/module.js'

/** The text of `mongoose/access/index.ts`. */
export const accessIndex = (entities: readonly Entity[], kind: ModuleKind, header: string): string => {
  const path = 'mongoose/access/index'
  const names = [...entities.map(({ name }) => name), 'store']
  const lines = names.map(
    (name) => `export * from ${stringLiteral(importSpecifier(path, `mongoose/access/${name}`, kind))}`,
  )
  return moduleText({ path, kind, header, body: [trusted(lines.join('\n'))] })
}
