import { type Doc, docComment, proseOf } from '../kernel/safe/typescript.js'
import type { Entity, Query } from '../model/entity.js'
import type { Field } from '../model/field.js'
import type { SchemaSet } from '../model/schema-set.js'
import { type Code, trusted } from '../script/code.js'
import { entityNames } from '../script/names.js'
import { columnFields, emittedQueries, parameterFields, queryNames } from '../script/query.js'
import { interfaceCode } from './interface.js'
import { shapeTypes } from './shape-types.js'
import { asSentence } from './words.js'

const undocumented: Doc = { text: [], tags: [] }

/** An interface of values that a query gives (in their row form), or takes (like a patch, whole). */
const valuesCode = async (
  set: SchemaSet,
  values: readonly Field[],
  shown: { readonly name: string; readonly doc: string; readonly form: 'row' | 'patch' },
): Promise<Code> => {
  const { name, doc, form } = shown
  const fields = values.map((field) => ({ field, optional: false }))
  const types = await shapeTypes(set, fields, [])
  return interfaceCode(set, { name, doc: proseOf(doc), fields, form, fieldDoc: () => undocumented }, types[form])
}

const aliasCode = (name: string, doc: string, type: string): Code =>
  trusted(`${docComment(proseOf(doc))}export type ${name} = ${type}`)

const rowDoc = (entity: Entity, query: Query): string => {
  const given = `A row that \`${queryNames(entity, query).function}\` gives`
  return query.columns === null ? `${given}, as the driver returns it.` : `${given}.`
}

/** A row of a query's result; where nothing says what it has, it is what the driver makes of it. */
const rowCode = async (set: SchemaSet, entity: Entity, query: Query): Promise<readonly Code[]> => {
  if (query.returns === 'none') return []
  const { row } = queryNames(entity, query)
  const doc = [rowDoc(entity, query), ...(query.summary === null ? [] : [asSentence(query.summary)])].join(' ')
  switch (query.columns?.kind) {
    case undefined:
      return [aliasCode(row, doc, '{ readonly [column: string]: unknown }')]
    case 'row':
      return [aliasCode(row, doc, entityNames(entity).row)]
    case 'fields':
    case 'named':
      return [await valuesCode(set, columnFields(query), { name: row, doc, form: 'row' })]
  }
}

const parametersCode = async (set: SchemaSet, entity: Entity, query: Query): Promise<readonly Code[]> => {
  if (query.parameters.length === 0) return []
  const names = queryNames(entity, query)
  const doc = `What \`${names.function}\` takes.`
  return [await valuesCode(set, parameterFields(query), { name: names.parameters, doc, form: 'patch' })]
}

/** What the named queries of an entity take and give, where functions are emitted for them. */
export const queryTypes = async (set: SchemaSet, entity: Entity): Promise<readonly Code[]> => {
  const found = emittedQueries(set, entity).map(async (query) => [
    ...(await parametersCode(set, entity, query)),
    ...(await rowCode(set, entity, query)),
  ])
  return (await Promise.all(found)).flat()
}
