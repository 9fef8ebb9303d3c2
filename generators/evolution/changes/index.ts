import { canonical } from '../../kernel/hash.js'
import type { Entity } from '../../model/entity.js'
import { enumOf, findEnum, findObject, objectOf } from '../../model/lookup.js'
import type { SchemaSet } from '../../model/schema-set.js'
import type { Type } from '../../model/type.js'
import { audiences, breaking, type Change, type Conflict, everybody, Findings, type Question } from './change.js'
import { compareEntity, compareObject, fieldNames } from './entities.js'
import { compareEnum } from './enums.js'
import { match } from './match.js'
import { compareHeads } from './set.js'
import type { Definitions } from './types.js'

export {
  type Audience,
  audiences,
  type Change,
  type ChangeKind,
  type Conflict,
  changeKinds,
  type Question,
} from './change.js'

/** What an edit of a set means. */
export interface SetChanges {
  /** What breaks somebody first. */
  readonly changes: readonly Change[]
  readonly questions: readonly Question[]
  readonly conflicts: readonly Conflict[]
}

/** The structures that stand in the same place of two types. */
const structuresOf = (before: Type, after: Type): readonly (readonly [Type, Type])[] => {
  if (before.kind === 'object' && after.kind === 'object') return [[before, after]]
  if (before.kind === 'enum' && after.kind === 'enum') return [[before, after]]
  if (before.kind === 'list' && after.kind === 'list') return structuresOf(before.of, after.of)
  if (before.kind === 'map' && after.kind === 'map') return structuresOf(before.of, after.of)
  if (before.kind !== 'union' || after.kind !== 'union') return []
  return before.of.flatMap((one, index) => {
    const other = after.of[index]
    return other === undefined ? [] : structuresOf(one, other)
  })
}

/** The named structures of two sets; each pair that is one and the same is compared once. */
class Structures implements Definitions {
  readonly #before: SchemaSet
  readonly #after: SchemaSet
  #entityNames: ReadonlyMap<string, string> = new Map()
  readonly #met = new Map<string, readonly [Type, Type]>()

  constructor(before: SchemaSet, after: SchemaSet) {
    this.#before = before
    this.#after = after
    for (const { name } of before.objects) {
      if (findObject(after, name) !== undefined)
        this.#add({ kind: 'object', object: name }, { kind: 'object', object: name })
    }
    for (const { name } of before.enums) {
      if (findEnum(after, name) !== undefined) this.#add({ kind: 'enum', enum: name }, { kind: 'enum', enum: name })
    }
  }

  #add(before: Type, after: Type): void {
    this.#met.set(canonical([before, after]), [before, after])
  }

  isSameObject(before: string, after: string): boolean {
    const [was, is] = [objectOf(this.#before, before), objectOf(this.#after, after)]
    return (
      before === after || (was.inline !== null && is.inline !== null) || canonical(was.fields) === canonical(is.fields)
    )
  }

  isSameEnum(before: string, after: string): boolean {
    const [was, is] = [enumOf(this.#before, before), enumOf(this.#after, after)]
    return before === after || (was.inline !== null && is.inline !== null)
  }

  valuesBefore(name: string): readonly (string | number)[] {
    return enumOf(this.#before, name).values.map(({ value }) => value)
  }

  valuesAfter(name: string): readonly (string | number)[] {
    return enumOf(this.#after, name).values.map(({ value }) => value)
  }

  readonly brandNow = (brand: string): string => this.#entityNames.get(brand) ?? brand

  /** What each entity of before is called now. */
  name(entities: ReadonlyMap<string, string>): void {
    this.#entityNames = entities
  }

  meet(before: Type, after: Type): void {
    for (const [was, is] of structuresOf(before, after)) this.#add(was, is)
  }

  /** Compares each pair, those included that are met on the way. */
  compare(findings: Findings): void {
    for (const [was, is] of this.#met.values()) {
      if (was.kind === 'object' && is.kind === 'object' && this.isSameObject(was.object, is.object)) {
        const { stores } = this.#after
        compareObject(objectOf(this.#before, was.object), objectOf(this.#after, is.object), this, stores, findings)
      }
      if (was.kind === 'enum' && is.kind === 'enum' && this.isSameEnum(was.enum, is.enum)) {
        compareEnum(enumOf(this.#before, was.enum), enumOf(this.#after, is.enum), findings)
      }
    }
  }
}

const compareEntities = (before: SchemaSet, after: SchemaSet, definitions: Structures, findings: Findings): void => {
  const { added, pairs, removed } = match<Entity>(
    {
      thing: 'entity',
      owner: null,
      before: before.entities,
      after: after.entities,
      gone: after.gone,
      isAlike: (one, other) => one.stores.some((store) => other.stores.includes(store)),
      at: after.origin,
    },
    findings,
  )
  const entityNames = new Map(pairs.map(({ before: was, after: is }) => [was.name, is.name]))
  definitions.name(entityNames)
  const namesByEntity = new Map(pairs.map(({ before: was, after: is }) => [was.name, fieldNames(was, is)]))
  const fieldNamesOf = (name: string): ReadonlyMap<string, string> => namesByEntity.get(name) ?? new Map()
  for (const { name, origin } of added) {
    findings.add({ kind: 'added', subject: `entity ${name}`, what: '', breaks: [], at: origin })
  }
  for (const { name } of removed) {
    const what = 'its rows are lost'
    findings.add({ kind: 'removed', subject: `entity ${name}`, what, breaks: everybody, at: after.origin })
  }
  for (const { before: was, after: is } of pairs) {
    compareEntity(was, is, definitions, entityNames, fieldNamesOf, findings)
  }
}

/** A definition by itself that is gone: code imports its type by its name. */
const compareDefinitions = (before: SchemaSet, after: SchemaSet, findings: Findings): void => {
  const gone = [
    ...before.objects.filter(({ inline, name }) => inline === null && findObject(after, name) === undefined),
    ...before.enums.filter(({ inline, name }) => inline === null && findEnum(after, name) === undefined),
  ]
  for (const definition of gone) {
    const subject = `${'values' in definition ? 'enum' : 'object'} ${definition.name}`
    const breaks = breaking({ callers: true })
    findings.add({ kind: 'removed', subject, what: 'its type is not emitted', breaks, at: after.origin })
  }
}

/** Compares two descriptions of one set. Meets no database, and guesses nothing. */
export const compareSets = (before: SchemaSet, after: SchemaSet): SetChanges => {
  const findings = new Findings()
  const definitions = new Structures(before, after)
  compareHeads(before, after, findings)
  compareEntities(before, after, definitions, findings)
  definitions.compare(findings)
  compareDefinitions(before, after, findings)
  const { changes, conflicts, questions } = findings
  return { changes: inOrder(changes), questions, conflicts }
}

const weight = ({ breaks }: Change): number =>
  breaks.reduce((sum, audience) => sum + 2 ** (5 - audiences.indexOf(audience)), 0)

/** What breaks more first, and those before others who lose more by it. */
const inOrder = (changes: readonly Change[]): readonly Change[] => changes.toSorted((a, b) => weight(b) - weight(a))
