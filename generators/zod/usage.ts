import { canonical } from '../kernel/hash.js'
import { compareText } from '../kernel/order.js'
import type { Field } from '../model/field.js'
import type { SchemaSet } from '../model/schema-set.js'
import { type IdType, type Type, typesWithin } from '../model/type.js'
import type { RuntimeFunction } from '../script/expression.js'
import { idSchemaName } from '../script/names.js'
import { queryFields } from '../script/query.js'
import { makerOf } from './defaults.js'
import type { Form } from './form.js'
import { functionsUsed } from './rules.js'
import { typeCode } from './type-code.js'

/** What the files of a set take from the shared ones. */
export interface Usage {
  readonly scalars: ReadonlySet<string>
  readonly codecs: ReadonlySet<string>
  readonly runtime: ReadonlySet<RuntimeFunction>
  /** By the name of their schema, in its order. */
  readonly ids: readonly IdType[]
}

const fieldsOf = (set: SchemaSet): readonly Field[] => [
  ...set.entities.flatMap((entity) => entity.fields),
  ...set.objects.flatMap((object) => object.fields),
  ...set.entities.flatMap((entity) => queryFields(set, entity)),
]

/** Most fields of a set are of few types. */
const distinctTypes = (set: SchemaSet): readonly Type[] => [
  ...new Map(fieldsOf(set).map(({ type }) => [canonical(type), type])).values(),
]

const isId = (type: Type): type is IdType => ['snowflake', 'identity', 'uuid', 'objectid'].includes(type.kind)

const idsOf = (types: readonly Type[]): readonly IdType[] => {
  const ids = types.flatMap((type) => typesWithin(type).filter(isId))
  const byName = new Map(ids.map((id) => [idSchemaName(id), id]))
  return [...byName].sort(([a], [b]) => compareText(a, b)).map(([, id]) => id)
}

const formsOf = (set: SchemaSet): readonly Form[] => [
  'row',
  'json',
  ...(set.stores.includes('postgres') ? (['stored', 'postgres'] as const) : []),
  ...(set.stores.includes('mongo') ? (['mongo'] as const) : []),
]

const makersOf = (set: SchemaSet): readonly string[] =>
  fieldsOf(set).flatMap(({ default: initial }) => (initial?.kind === 'id' ? [makerOf(initial.of)] : []))

/** What the entities and objects of a set import from `zod/scalars.ts` and `zod/codecs.ts`. */
export const usageOf = (set: SchemaSet): Usage => {
  const types = distinctTypes(set)
  const imports = types.flatMap((type) => formsOf(set).flatMap((form) => typeCode(set, type, form).imports))
  const from = (module: string): readonly string[] =>
    imports.filter((one) => one.module === module).map((one) => one.name)
  const renames =
    set.stores.includes('mongo') ||
    set.entities.some((entity) => entity.key.kind === 'singleton') ||
    fieldsOf(set).some((field) => field.name !== field.property || field.encrypted !== null)
  return {
    scalars: new Set([...from('zod/scalars'), 'plain', 'change', 'without', ...makersOf(set)]),
    codecs: new Set([...from('zod/codecs'), ...(renames ? ['renamed'] : [])]),
    runtime: functionsUsed(set),
    ids: idsOf(types),
  }
}
