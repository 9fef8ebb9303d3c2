import type { SchemaSet } from '../model/schema-set.js'
import type { IdType } from '../model/type.js'
import { type Code, code, type Import, text, trusted, typeImport, valueImport } from '../script/code.js'
import { idSchemaName, idTypeName } from '../script/names.js'
import type { ScalarName } from './runtime/scalars.js'

export const idSchema = (type: IdType): Import => valueImport('zod/scalars', idSchemaName(type))

interface Test {
  readonly needs: readonly ScalarName[]
  readonly code: string
  readonly message: string
}

const testOf = (set: SchemaSet, kind: IdType['kind']): Test => {
  switch (kind) {
    case 'snowflake':
      return { needs: ['isSnowflake'], code: 'isSnowflake', message: 'not a snowflake' }
    case 'uuid':
      return { needs: ['isUuid'], code: 'isUuid', message: 'not a UUID in lower case' }
    case 'objectid':
      return { needs: ['isObjectId'], code: 'isObjectId', message: 'not 24 hexadecimal digits' }
    case 'identity':
      return identityTest(set)
  }
}

/** Postgres makes digits, Mongo an ObjectId; in a set of both stores an id may be of either. */
const identityTest = (set: SchemaSet): Test => {
  if (!set.stores.includes('mongo')) return { needs: ['isSnowflake'], code: 'isSnowflake', message: 'not an id' }
  if (!set.stores.includes('postgres')) return testOf(set, 'objectid')
  return {
    needs: ['isSnowflake', 'isObjectId'],
    code: '(value) => isSnowflake(value) || isObjectId(value)',
    message: 'not an id',
  }
}

/** What the declaration of an id's schema calls. */
export const idNeeds = (set: SchemaSet, type: IdType): readonly ScalarName[] => testOf(set, type.kind).needs

/** The declaration of an id's schema in `zod/scalars.ts`. */
export const idDeclaration = (set: SchemaSet, type: IdType): Code => {
  const test = testOf(set, type.kind)
  const brand = typeImport('typescript/ids', idTypeName(type))
  return code`export const ${trusted(idSchemaName(type))} = idOf<${brand}>(${trusted(test.code)}, ${text(test.message)})`
}
