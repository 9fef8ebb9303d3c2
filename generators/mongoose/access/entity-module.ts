import type { Entity } from '../../model/entity.js'
import type { SchemaSet } from '../../model/schema-set.js'
import type { Code } from '../../script/code.js'
import { encryptedIn } from '../../script/encryption.js'
import { type ModuleKind, moduleText } from '../../script/module.js'
import { header } from '../../script/names.js'
import { documentsCode } from '../storage/documents.js'
import { queriesMember } from '../storage/queries.js'
import { collectionCode } from './collection.js'
import { getCode } from './finds.js'
import { listsCode } from './lists.js'
import { queriesCode } from './queries.js'
import { sealedCode } from './sealed.js'
import { subjectOf } from './subject.js'
import { changeCode, insertCode } from './writes.js'

/** The functions that read and write the rows of an entity. */
export const accessCode = (set: SchemaSet, entity: Entity): readonly Code[] => {
  const subject = subjectOf(set, entity)
  return [
    collectionCode(subject),
    ...(encryptedIn(entity, 'mongo').length === 0 ? insertCode(subject) : sealedCode(subject)),
    ...getCode(subject),
    ...listsCode(subject),
    ...changeCode(subject),
    ...queriesCode(subject),
    documentsCode(subject, queriesMember(subject)),
  ]
}

/** The text of `mongoose/access/<entity>.ts`. */
export const accessModule = (set: SchemaSet, entity: Entity, kind: ModuleKind): string =>
  moduleText({
    path: `mongoose/access/${entity.name}`,
    kind,
    header: header(set.name),
    body: accessCode(set, entity),
  })
