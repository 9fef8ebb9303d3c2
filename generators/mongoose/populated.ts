import { followedFields, populatingOf, storedName } from '../document/index.js'
import { docComment, proseOf } from '../kernel/safe/typescript.js'
import type { Entity } from '../model/entity.js'
import type { Field } from '../model/field.js'
import { fieldsIn } from '../model/lookup.js'
import type { ObjectDefinition, SchemaSet } from '../model/schema-set.js'
import { type Code, code, joined, property, text, trusted, typeImport } from '../script/code.js'
import { typeArgumentsCode } from '../script/layout.js'
import { entityNames } from '../script/names.js'
import { runtimeType } from '../script/runtime.js'
import { referredName } from './names.js'

export type Owner = Entity | ObjectDefinition

/** The name of the virtual that `populate` fills where a field's target is not found by its `_id`: `chat_id_document`. */
export const virtualName = (owner: Owner, field: Field, many: boolean): string => {
  const word = many ? 'documents' : 'document'
  const base = /[A-Z]/.test(field.property)
    ? `${field.property}${word.charAt(0).toUpperCase()}${word.slice(1)}`
    : `${field.property}_${word}`
  const taken = new Set(owner.fields.flatMap(({ name, property: alias }) => [name, alias]))
  let free = base
  while (taken.has(free)) free = `${free}_`
  return free
}

/** The virtuals of a schema: what its references lead to that is not found by its `_id`. */
export const virtualCode = (set: SchemaSet, owner: Owner, schema: string): readonly Code[] =>
  fieldsIn(owner, 'mongo').flatMap((field) => {
    const populating = populatingOf(set, owner, field)
    if (populating?.kind !== 'unique') return []
    const { target, by, many } = populating
    return [
      code`${trusted(schema)}.virtual(${text(virtualName(owner, field, many))}, {
  ref: ${text(referredName(set.name, target.model))},
  localField: ${text('references' in owner ? storedName(owner, field.name) : field.name)},
  foreignField: ${text(by)},
  justOne: ${trusted(String(!many))},
})`,
    ]
  })

interface PopulatedPath {
  readonly path: string
  readonly type: Code
}

const recordOf = (entity: Entity, target: Entity): Code => {
  const { record, module } = entityNames(target)
  return target === entity ? trusted(record) : code`${typeImport(`mongoose/${module}`, record)}`
}

const populatedPaths = (set: SchemaSet, entity: Entity): readonly PopulatedPath[] =>
  followedFields(set, entity).flatMap(({ path, owner, field }) => {
    const populating = populatingOf(set, owner, field)
    if (populating === null || populating.kind === 'none') return []
    const { target, kind, many } = populating
    const names = path.map(({ name }, depth) => (depth === 0 ? storedName(entity, name) : name))
    const last = kind === 'unique' ? virtualName(owner, field, many) : (names.at(-1) ?? '')
    const record = recordOf(entity, target)
    const type = many ? code`${record}[]` : code`${record} | null`
    return [{ path: [...names.slice(0, -1), last].join('.'), type }]
  })

/** The type of an entity's documents as `populate` leaves them; none where nothing is followed. */
export const populatedType = (set: SchemaSet, entity: Entity): readonly Code[] => {
  const paths = populatedPaths(set, entity)
  const [first] = paths
  if (first === undefined) return []
  const { populated, record } = entityNames(entity)
  const words = `What \`populate\` puts into documents, by its path: \`find().populate<${populated}<'${first.path}'>>('${first.path}')\`. With \`null\` where nothing is found.`
  const lines = paths.map(({ path, type }) => code`  ${property(path)}: ${type}`)
  const name = trusted(`${entityNames(entity).row}References`)
  return [
    code`interface ${name} {
${joined(lines, '\n')}
}`,
    code`${trusted(docComment(proseOf(words)))}export type ${trusted(populated)}<Path extends keyof ${name}> = ${runtimeType('v1/mongoose', 'Populated')}${typeArgumentsCode([trusted(record), name, trusted('Path')])}`,
  ]
}

/** Whether a schema has fields that refer to something and are not populated in their place. */
export const refusesInPlace = (set: SchemaSet, owner: Owner): boolean =>
  fieldsIn(owner, 'mongo').some((field) => {
    const populating = populatingOf(set, owner, field)
    return populating !== null && populating.kind !== 'key'
  })

/** Whether any entity's documents can be populated. */
export const isPopulated = (set: SchemaSet, entities: readonly Entity[]): boolean =>
  entities.some((entity) => populatedPaths(set, entity).length > 0)
