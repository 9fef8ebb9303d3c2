import { lineComment, stringLiteral } from '../kernel/safe/typescript.js'
import type { SchemaSet } from '../model/schema-set.js'
import { importSpecifier, type ModuleKind } from '../script/module.js'
import { entityNames, header } from '../script/names.js'

/** `zod/index.ts`: the schemas and codecs of all entities and objects, and the schemas of ids. */
export const indexModule = (set: SchemaSet, kind: ModuleKind): string => {
  const modules = [
    ...set.entities.map((entity) => entityNames(entity).module),
    ...(set.objects.length > 0 ? ['objects'] : []),
    'scalars',
  ]
  const lines = modules.map(
    (module) => `export * from ${stringLiteral(importSpecifier('zod/index', `zod/${module}`, kind))}`,
  )
  return `${[lineComment(header(set.name)), '', ...lines].join('\n')}\n`
}
