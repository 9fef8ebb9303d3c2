import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import type { Entity, EnumDefinition, ObjectDefinition } from '../../model/index.js'
import { resolveEntity } from './entity.js'
import { findTooLarge } from './extent.js'
import type { Definition, Names } from './names.js'
import { findRecursion } from './recursion.js'
import { withRowIds } from './row-ids.js'
import { placeAt, type Scope, type SetDefaults } from './scope.js'
import { resolveWritten } from './types.js'
import { openWorkshop } from './workshop.js'
import { readNamedType } from './written.js'

export { collectNames, type Definition, definitionOf, isHollow, type Names } from './names.js'
export { defaultsOf, outputOf, resolveRoot, usualDefaults } from './root.js'

/**
 * All definitions of a set, resolved and in name order. `isBroken` names fields whose type is not known; `isBounded` is
 * false when objects hold each other beyond what can be walked through.
 */
export interface ResolvedDefinitions {
  readonly entities: readonly Entity[]
  readonly objects: readonly ObjectDefinition[]
  readonly enums: readonly EnumDefinition[]
  readonly isBroken: (owner: string, field: string) => boolean
  readonly isBounded: boolean
  readonly diagnostics: readonly Diagnostic[]
}

const byName = <T extends { readonly name: string }>(items: Iterable<T>): readonly T[] =>
  [...items].sort((a, b) => (a.name < b.name ? -1 : 1))

/** Looks at a named type by itself, as if a field of an entity were of it: only there may it be a reference. */
const resolveType = (scope: Scope, { name, nameNode, root }: Definition): void => {
  const written = readNamedType(name, root, { ...placeAt(scope, name, name), entity: name }, nameNode.at)
  if (written !== null) resolveWritten(written)
}

const findUnused = (types: readonly Definition[]): readonly Diagnostic[] =>
  types.map(({ name, nameNode }) => report('unused-definition', nameNode.at, { kind: 'type', name }))

/** Turns names into links, shorthands into types and defaults into values. */
export const resolveDefinitions = (names: Names, defaults: SetDefaults): ResolvedDefinitions => {
  const { scope, diagnostics, objects, enums, used, isBroken } = openWorkshop(names, defaults)
  const entities: Entity[] = []
  for (const definition of byName(names.byName.values())) {
    const head = scope.entityHead(definition.name)
    if (head !== null) entities.push(resolveEntity(scope, definition, head))
    if (definition.kind === 'object') scope.objectFields(definition.name)
    if (definition.kind === 'enum') scope.enumNamed(definition.name)
    if (definition.kind === 'type') resolveType(scope, definition)
  }
  // A type that makes an object or an enum of its own is looked for as such, by a rule.
  const isPlainType = ({ kind, name }: Definition): boolean => kind === 'type' && !objects.has(name) && !enums.has(name)
  const unusedTypes = byName(names.byName.values()).filter((one) => isPlainType(one) && !used.has(one.name))
  const resolvedObjects = byName(objects.values())
  const tooLarge = findTooLarge(resolvedObjects)
  return {
    ...withRowIds({ entities, objects: resolvedObjects }),
    enums: byName(enums.values()),
    isBroken,
    isBounded: tooLarge.length === 0,
    diagnostics: [...diagnostics, ...findRecursion(resolvedObjects), ...tooLarge, ...findUnused(unusedTypes)],
  }
}
