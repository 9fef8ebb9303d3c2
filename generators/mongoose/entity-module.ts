import { type Collection, identifierOf, storedName } from '../document/index.js'
import { docComment, proseOf, stringLiteral } from '../kernel/safe/typescript.js'
import type { Entity } from '../model/entity.js'
import type { Field } from '../model/field.js'
import { entityOf, fieldsIn } from '../model/lookup.js'
import type { SchemaSet } from '../model/schema-set.js'
import { type Code, code, joined, property, text, trusted, typeImport } from '../script/code.js'
import { argumentsCode, assigned, objectCode, typeArgumentsCode } from '../script/layout.js'
import { type ModuleKind, moduleText } from '../script/module.js'
import { entityNames, header } from '../script/names.js'
import { checkCode, computedCode } from './checks.js'
import { indexCall } from './filters.js'
import { guard, maker, modelsImport, mongooseDefault, schemaImport, withDefaultImport } from './names.js'
import { entityFieldPath } from './paths.js'
import { populatedType, virtualCode } from './populated.js'
import { entityRecord } from './record-type.js'
import { storedSet } from './stored-set.js'

const mongooseType = (name: string) => typeImport('package:mongoose', name)

const articled = (text: string): string => (/^[aeiou]/.test(text) ? `An ${text}` : `A ${text}`)

const recordDeclarations = (set: SchemaSet, entity: Entity): readonly Code[] => {
  const names = entityNames(entity)
  const words = articled(entity.name.replaceAll('_', ' '))
  return [
    code`${trusted(docComment(proseOf(`${words} as Mongo keeps it.`)))}export type ${trusted(names.record)} = ${entityRecord(set, entity)}
export type ${trusted(names.document)} = ${mongooseType('HydratedDocument')}<${trusted(names.record)}>`,
    ...populatedType(set, entity),
  ]
}

const hiddenPath = (entity: Entity): readonly Code[] => {
  const identifier = identifierOf(entity)
  switch (identifier.kind) {
    case 'field':
      return []
    case 'singleton':
      return [code`    _id: ${maker('oneOf')}(['singleton'], { default: 'singleton' }),`]
    case 'hidden':
      return [code`    _id: ${maker('objectId')}({ auto: true }),`]
  }
}

const pathLine = (set: SchemaSet, entity: Entity, field: Field): Code => {
  const name = storedName(entity, field.name)
  return code`    ${property(name)}: ${entityFieldPath(set, entity, field, name)},`
}

const maintainedBy = (entity: Entity, how: 'created' | 'updated'): Code => {
  const field = fieldsIn(entity, 'mongo').find(({ maintained }) => maintained === how)
  return field === undefined ? trusted('false') : text(storedName(entity, field.name))
}

/** Whether Mongoose keeps timestamps of an entity's documents. */
const hasTimestamps = (entity: Entity): boolean =>
  fieldsIn(entity, 'mongo').some(({ maintained }) => maintained === 'created' || maintained === 'updated')

/** Mongoose's own option is set by the guard, in an order of hooks that the option alone does not have. */
const timestampsCode = (entity: Entity, schema: string): readonly Code[] => {
  if (!hasTimestamps(entity)) return []
  const [created, updated] = [maintainedBy(entity, 'created'), maintainedBy(entity, 'updated')]
  return [code`${guard('keepTimestamps')}(${trusted(schema)}, { createdAt: ${created}, updatedAt: ${updated} })`]
}

const schemaOptions = (entity: Entity): Code =>
  joined(
    [
      code`...${maker('strict')}`,
      code`collection: ${text(entity.collection)}`,
      trusted('autoIndex: false'),
      trusted('autoCreate: false'),
    ],
    ',\n    ',
  )

const schemaDeclaration = (set: SchemaSet, entity: Entity): Code => {
  const { record, mongooseSchema } = entityNames(entity)
  const lines = [...hiddenPath(entity), ...fieldsIn(entity, 'mongo').map((field) => pathLine(set, entity, field))]
  const comment = entity.summary === null ? '' : docComment(proseOf(entity.summary))
  const model = code`${mongooseType('Model')}<${trusted(record)}>`
  return code`${trusted(comment)}export const ${trusted(mongooseSchema)} = new ${schemaImport}${typeArgumentsCode([trusted(record), model])}(
  ${maker('paths')}<${trusted(record)}>({
${joined(lines, '\n')}
  }),
  {
    ${schemaOptions(entity)},
  },
)`
}

const numberedCode = (entity: Entity, field: Field, schema: string): readonly Code[] => {
  if (field.default?.kind !== 'next') return []
  const per = field.default.per.map((name) => stringLiteral(storedName(entity, name))).join(', ')
  const name = stringLiteral(`${entity.name}.${field.name}`)
  return [
    code`${guard('numbered')}(${trusted(schema)}, { path: ${text(storedName(entity, field.name))}, per: [${trusted(per)}], name: ${trusted(name)} })`,
  ]
}

const indexLines = (collection: Collection, schema: string): readonly Code[] =>
  collection.indexes.length === 0
    ? []
    : [
        joined(
          collection.indexes.map((index) => indexCall(schema, index)),
          '\n',
        ),
      ]

const rules = (set: SchemaSet, entity: Entity, schema: string): readonly Code[] => {
  const stored = storedSet(set)
  const owner = entityOf(stored, entity.name)
  const fields = fieldsIn(entity, 'mongo')
  const plugin = code`${trusted(schema)}.plugin(${guard(entity.appendOnly ? 'appendOnly' : 'guardUpdates')})`
  const computed = fieldsIn(owner, 'mongo').map((field) => computedCode(stored, owner, field, schema))
  return [
    plugin,
    ...timestampsCode(entity, schema),
    ...fields.flatMap((field) => numberedCode(entity, field, schema)),
    ...computed.filter((one) => one !== null),
    ...owner.checks.map((check) => checkCode(stored, owner, check, schema)),
  ]
}

const models = (set: SchemaSet, entity: Entity): readonly Code[] => {
  const { record, mongooseSchema, modelOf, model } = entityNames(entity)
  const type = code`${mongooseType('Model')}<${trusted(record)}>`
  const name = text(entity.model)
  return [
    code`/** Returns the model for a connection, and creates it on the first call. */
export const ${trusted(modelOf)}: (connection: ${mongooseType('Connection')}) => ${type}${assigned(
      code`${modelsImport('modelMaker')}<${trusted(record)}>${argumentsCode([
        objectCode([code`set: ${text(set.name)}`, code`name: ${name}`]),
        trusted(mongooseSchema),
      ])}`,
    )}`,
    code`/** The model on the default connection. */
export const ${trusted(model)}: ${type}${assigned(
      code`${modelsImport('modelOn')}${argumentsCode([code`${mongooseDefault}.connection`, trusted(modelOf)])}`,
    )}`,
  ]
}

/** The text of `mongoose/<entity>.ts`: the type of its documents, its schema with indexes and rules, its model. */
export const entityModule = (set: SchemaSet, entity: Entity, collection: Collection, kind: ModuleKind): string => {
  const schema = entityNames(entity).mongooseSchema
  const body = [
    ...recordDeclarations(set, entity),
    schemaDeclaration(set, entity),
    ...virtualCode(set, entity, schema),
    ...indexLines(collection, schema),
    ...rules(set, entity, schema),
    ...models(set, entity),
  ]
  const module = { path: `mongoose/${entity.name}`, kind, header: header(set.name), body }
  return withDefaultImport(moduleText(module))
}
