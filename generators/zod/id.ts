import type { SchemaSet } from '../model/schema-set.js'
import type { IdType } from '../model/type.js'
import { type Code, code, type Import, text, trusted, typeImport, valueImport } from '../script/code.js'
import { argumentsCode } from '../script/layout.js'
import { idSchemaName, idTypeName } from '../script/names.js'
import { scalar } from './shared-names.js'

export const idSchema = (type: IdType): Import => valueImport('zod/ids', idSchemaName(type))

interface Test {
  readonly code: Code
  readonly message: string
}

const testOf = (set: SchemaSet, kind: IdType['kind']): Test => {
  switch (kind) {
    case 'snowflake':
      return { code: code`${scalar('isSnowflake')}`, message: 'not a snowflake' }
    case 'uuid':
      return { code: code`${scalar('isUuid')}`, message: 'not a UUID in lower case' }
    case 'objectid':
      return { code: code`${scalar('isObjectId')}`, message: 'not 24 hexadecimal digits' }
    case 'identity':
      return identityTest(set)
  }
}

/** Postgres makes digits, Mongo an ObjectId; in a set of both stores an id may be of either. */
const identityTest = (set: SchemaSet): Test => {
  const [digits, hexadecimal] = [scalar('isSnowflake'), scalar('isObjectId')]
  if (!set.stores.includes('mongo')) return { code: code`${digits}`, message: 'not an id' }
  if (!set.stores.includes('postgres')) return testOf(set, 'objectid')
  return { code: code`(value) => ${digits}(value) || ${hexadecimal}(value)`, message: 'not an id' }
}

/** The declaration of an id's schema in `zod/ids.ts`. */
export const idDeclaration = (set: SchemaSet, type: IdType): Code => {
  const test = testOf(set, type.kind)
  const brand = typeImport('typescript/ids', idTypeName(type))
  return code`export const ${trusted(idSchemaName(type))} = ${scalar('idOf')}<${brand}>${argumentsCode([test.code, text(test.message)])}`
}
