import type { Diagnostic } from '../../kernel/diagnostic.js'
import type { Entity, EnumDefinition, ObjectDefinition, Store } from '../../model/index.js'
import { resolveEntity } from './entity.js'
import type { Definition, Names } from './names.js'
import { findRecursion } from './recursion.js'
import type { Scope } from './scope.js'
import { resolveWritten } from './types.js'
import { openWorkshop } from './workshop.js'
import { readNamedType } from './written.js'

export { collectNames, type Definition, definitionOf, type Names } from './names.js'
export { outputOf, resolveRoot, storesOf } from './root.js'

/** All definitions of a set, resolved and in name order. `isBroken` names fields whose type is not known. */
export interface ResolvedDefinitions {
  readonly entities: readonly Entity[]
  readonly objects: readonly ObjectDefinition[]
  readonly enums: readonly EnumDefinition[]
  readonly isBroken: (owner: string, field: string) => boolean
  readonly diagnostics: readonly Diagnostic[]
}

const byName = <T extends { readonly name: string }>(items: Iterable<T>): readonly T[] =>
  [...items].sort((a, b) => (a.name < b.name ? -1 : 1))

const resolveType = (scope: Scope, { name, root }: Definition): void => {
  const written = readNamedType(name, root, { scope, name, path: name, entity: null, keyOf: null })
  if (written !== null) resolveWritten(written)
}

/** Turns names into links, shorthands into types and defaults into values. */
export const resolveDefinitions = (names: Names, stores: readonly Store[]): ResolvedDefinitions => {
  const { scope, diagnostics, objects, enums, isBroken } = openWorkshop(names, stores)
  const entities: Entity[] = []
  for (const definition of byName(names.byName.values())) {
    const head = scope.entityHead(definition.name)
    if (head !== null) entities.push(resolveEntity(scope, definition, head))
    if (definition.kind === 'object') scope.objectFields(definition.name)
    if (definition.kind === 'enum') scope.enumNamed(definition.name)
    if (definition.kind === 'type') resolveType(scope, definition)
  }
  const resolvedObjects = byName(objects.values())
  return {
    entities,
    objects: resolvedObjects,
    enums: byName(enums.values()),
    isBroken,
    diagnostics: [...diagnostics, ...findRecursion(resolvedObjects)],
  }
}
