import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import type { EnumDefinition, Field, ObjectDefinition, Store } from '../../model/index.js'
import type { Enforcer } from '../../model/words.js'
import type { Entry } from '../load/node.js'
import { timestampFields } from './entity.js'
import { makeEnum, valuesOf } from './enums.js'
import { type ResolvedField, resolveField } from './field.js'
import { fieldNameProblem } from './field-names.js'
import { headOf } from './head.js'
import type { Definition, Names } from './names.js'
import { resolveChecks, resolveInlineObject, resolveObjectFields } from './objects.js'
import { enforceAt, storesIn } from './parts.js'
import { entriesAt, mappingAt, nodeAtKey, textAt, textsAt } from './read.js'
import { deepestKeys, type EntityHead, type Place, placeAt, type Scope, type SetDefaults } from './scope.js'

/** Answers by name, each worked out once; `circle` to a question asked while it is being answered. */
const once = <T>(work: (name: string) => T): ((name: string) => T | 'circle') => {
  const answers = new Map<string, { readonly value: T } | null>()
  return (name) => {
    const answer = answers.get(name)
    if (answer !== undefined) return answer === null ? 'circle' : answer.value
    answers.set(name, null)
    const value = work(name)
    answers.set(name, { value })
    return value
  }
}

/** What resolving leaves behind beside the answers. */
export interface Workshop {
  readonly scope: Scope
  readonly diagnostics: readonly Diagnostic[]
  readonly objects: ReadonlyMap<string, ObjectDefinition>
  readonly enums: ReadonlyMap<string, EnumDefinition>
  /** The named types that something is of. */
  readonly used: ReadonlySet<string>
  readonly isBroken: (owner: string, field: string) => boolean
}

interface Named {
  readonly name: string
  readonly inline: string | null
  readonly origin: ObjectDefinition['origin']
}

/** Keeps things by name; two of one name from different places are a finding, the first stays. */
const keeper = <T extends Named>(names: Names, found: (diagnostic: Diagnostic) => void) => {
  const kept = new Map<string, T>()
  const add = (item: T): void => {
    const other = kept.get(item.name) ?? definedElsewhere(names, item)
    if (other === undefined) kept.set(item.name, item)
    else if (other.origin.source !== item.origin.source || other.origin.start !== item.origin.start) {
      const related = [{ message: `the other \`${item.name}\` is here`, at: other.origin }]
      found(report('inline-name-taken', item.origin, { name: item.name, path: item.inline ?? item.name }, related))
    }
  }
  return { kept, add }
}

const definedElsewhere = (names: Names, item: Named): Named | undefined => {
  const definition = names.byName.get(item.name)
  // The structure of a named type carries the type's name.
  if (item.inline === null || definition === undefined || definition.kind === 'type') return undefined
  return { name: item.name, inline: null, origin: definition.nameNode.at }
}

/** What is read of an entity before its fields are resolved. */
interface OpenedEntity {
  readonly head: EntityHead
  readonly stores: readonly Store[]
  readonly enforce: Enforcer
  readonly entries: ReadonlyMap<string, Entry>
  /** The pair that `timestamps:` adds. */
  readonly added: ReadonlyMap<string, Field>
}

const readEntity = (definition: Definition, ofSet: SetDefaults): OpenedEntity => {
  const { root } = definition
  const stores = storesIn(ofSet.stores, nodeAtKey(root, 'stores'))
  const enforce = enforceAt(ofSet.enforce, root)
  return {
    head: headOf(definition),
    stores,
    enforce,
    entries: new Map(entriesAt(root, 'fields').map((entry) => [entry.key.text, entry])),
    added: new Map(timestampFields(root, stores, enforce).map((field) => [field.name, field])),
  }
}

/** Opens the place where one set's definitions are resolved. */
export const openWorkshop = (names: Names, defaults: SetDefaults): Workshop => {
  const diagnostics: Diagnostic[] = []
  const found = (diagnostic: Diagnostic): void => void diagnostics.push(diagnostic)
  const broken = new Set<string>()
  const used = new Set<string>()
  const objects = keeper<ObjectDefinition>(names, found)
  const enums = keeper<EnumDefinition>(names, found)
  const isBroken = (owner: string, field: string): boolean => broken.has(`${owner}\u0000${field}`)
  const definition = (kind: Definition['kind'], name: string): Definition | null => {
    const one = names.byName.get(name)
    return one?.kind === kind ? one : null
  }
  const opened = new Map<string, OpenedEntity>()
  const openEntity = (name: string): OpenedEntity | null => {
    const one = definition('entity', name)
    if (one === null) return null
    const entity = opened.get(name) ?? readEntity(one, defaults)
    opened.set(name, entity)
    return entity
  }

  const placeOfField = (entity: EntityHead, field: string): Place => {
    const isKey = entity.key.includes(field) && (entity.key.length === 1 || field === 'id' || field === '_id')
    return {
      scope,
      name: `${entity.name}_${field}`,
      path: `${entity.name}.${field}`,
      entity: entity.name,
      keyOf: isKey ? entity.name : null,
      within: [],
    }
  }

  const workOutField = (
    { head, added, entries, stores, enforce }: OpenedEntity,
    name: string,
  ): ResolvedField | null => {
    const [entry, pair] = [entries.get(name), added.get(name)]
    if (entry === undefined)
      return pair === undefined ? null : { field: pair, reference: null, written: null, broken: false }
    const problem =
      pair === undefined ? fieldNameProblem(entry.key, name) : report('timestamps-twice', entry.key.at, { name })
    if (problem !== null) {
      found(problem)
      return null
    }
    const field = resolveField(entry, name, false, placeOfField(head, name), { stores, enforce })
    if (field.broken) broken.add(`${head.name}\u0000${name}`)
    return field
  }

  const entityFields = once((key) => {
    const [entity = '', field = ''] = key.split('\u0000')
    const one = openEntity(entity)
    return one && workOutField(one, field)
  })

  let waiting = 0
  const entityField: Scope['entityField'] = (entity, field) => {
    if (waiting === deepestKeys) return 'deep'
    waiting += 1
    const answer = entityFields(`${entity}\u0000${field}`)
    waiting -= 1
    return answer
  }

  const objectFields = once((name): readonly Field[] | null => {
    const inline = objects.kept.get(name)
    if (inline !== undefined) return inline.fields
    const one = definition('object', name)
    const fields = one && mappingAt(one.root, 'fields')
    if (one === null || fields === null) return null
    const resolved = resolveObjectFields(placeAt(scope, name, name), fields)
    const checks = resolveChecks(scope, one.root)
    objects.add({
      name,
      inline: null,
      summary: textAt(one.root, 'summary'),
      gone: textsAt(one.root, 'gone'),
      fields: resolved,
      checks,
      origin: one.nameNode.at,
    })
    return resolved
  })

  const enumNamed = (name: string): EnumDefinition | null => {
    const known = enums.kept.get(name)
    const one = definition('enum', name)
    if (known !== undefined || one === null) return known ?? null
    const enumeration = makeEnum(scope, {
      name,
      inline: null,
      summary: textAt(one.root, 'summary'),
      values: valuesOf(nodeAtKey(one.root, 'values')),
      gone: textsAt(one.root, 'gone'),
      as: textAt(one.root, 'as'),
      base: null,
      origin: one.nameNode.at,
    })
    enums.add(enumeration)
    return enumeration
  }

  const scope: Scope = {
    ...defaults,
    names,
    found,
    entityField,
    entityHead: (name) => openEntity(name)?.head ?? null,
    objectFields,
    enumNamed,
    inlineObject: resolveInlineObject,
    addObject: objects.add,
    addEnum: enums.add,
    markUsed: (type) => void used.add(type),
    isBroken,
    markBroken: (owner, field) => void broken.add(`${owner}\u0000${field}`),
  }
  return { scope, diagnostics, objects: objects.kept, enums: enums.kept, used, isBroken }
}
