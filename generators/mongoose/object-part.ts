import { docComment, lineComment, proseOf } from '../kernel/safe/typescript.js'
import { fieldsIn, objectOf } from '../model/lookup.js'
import type { ObjectDefinition, SchemaSet } from '../model/schema-set.js'
import { typesWithin } from '../model/type.js'
import { type Code, code, joined, property, trusted } from '../script/code.js'
import { importLines, type ModuleKind } from '../script/module.js'
import { header } from '../script/names.js'
import { checkCode } from './checks.js'
import { maker, objectRecord, objectSchema, schemaImport } from './names.js'
import { hasOwnId, objectFieldPath } from './paths.js'
import { virtualCode } from './populated.js'
import { objectRecordType } from './record-type.js'
import { storedSet } from './stored-set.js'
import { objectDiffers, objectType } from './types.js'

const recordDeclaration = (set: SchemaSet, object: ObjectDefinition): readonly Code[] =>
  objectDiffers(set, object.name)
    ? [code`export type ${trusted(objectRecord(object.name))} = ${objectRecordType(set, object)}`]
    : []

const schemaDeclaration = (set: SchemaSet, object: ObjectDefinition): Code => {
  const members = fieldsIn(object, 'mongo').map(
    (field) => code`    ${property(field.name)}: ${objectFieldPath(set, object, field)},`,
  )
  const type = objectType(set, object.name)
  const comment = object.summary === null ? '' : docComment(proseOf(object.summary))
  return code`${trusted(comment)}export const ${trusted(objectSchema(object.name))} = new ${schemaImport}<${type}>(
  ${maker('paths')}<${type}>({
${joined(members, '\n')}
  }),
  { ...${maker('strict')}${trusted(hasOwnId(set, object.name) ? '' : ', _id: false')} },
)`
}

/** What `mongoose/objects.ts` says of an object: its type where that differs, its schema, its checks. */
export const objectCode = (set: SchemaSet, object: ObjectDefinition): readonly Code[] => {
  const stored = storedSet(set)
  const owner = objectOf(stored, object.name)
  return [
    ...recordDeclaration(set, object),
    schemaDeclaration(set, object),
    ...virtualCode(set, object, objectSchema(object.name)),
    ...owner.checks.map((check) => checkCode(stored, owner, check, objectSchema(object.name))),
  ]
}

/** How deep an object holds others: what it holds must be declared before it. */
export const depthOf = (set: SchemaSet, name: string): number => {
  const inner = objectOf(set, name).fields.flatMap(({ type }) =>
    typesWithin(type).flatMap((one) => (one.kind === 'object' ? [depthOf(set, one.object) + 1] : [])),
  )
  return Math.max(0, ...inner)
}

const byDepth =
  (set: SchemaSet) =>
  (a: ObjectDefinition, b: ObjectDefinition): number =>
    depthOf(set, a.name) - depthOf(set, b.name)

/** The head of `mongoose/objects.ts`: what all its objects import. */
export const objectsHead = (set: SchemaSet, objects: readonly ObjectDefinition[], kind: ModuleKind): string => {
  const { imports } = joined(
    [...objects].sort(byDepth(set)).flatMap((object) => objectCode(set, object)),
    '',
  )
  const lines = importLines('mongoose/objects', imports, kind)
  return `${lineComment(header(set.name))}\n\n${lines.join('\n')}\n`
}
