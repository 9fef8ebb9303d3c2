import type { Facts, Kind, ObjectFacts, Value } from '../../generators/evolution/index.js'
import { identifier, literal, qualified } from '../../generators/kernel/safe/sql.js'

/** A change to one object of a database: what is run, and what has to be told of it, and nothing else. */
export interface Mutation {
  readonly title: string
  readonly sql: string
  /** As `shortly` tells it; of what is missing, only the object itself. */
  readonly told: string
  /** Whether a statement mends it. */
  readonly mends: boolean
}

type Mutate = (object: ObjectFacts, schema: string, facts: Facts) => Mutation | null

const tableOf = ({ parent }: ObjectFacts): string => (parent ?? '').replace(/^table /, '')

const alter = (object: ObjectFacts, schema: string): string =>
  `ALTER TABLE ${qualified(schema, object.kind === 'table' ? object.name : tableOf(object))}`

const routine = ({ name }: ObjectFacts, schema: string): string =>
  `${qualified(schema, name.slice(0, name.indexOf('(')))}${name.slice(name.indexOf('('))}`

const noun = ({ kind, properties }: ObjectFacts): string =>
  kind === 'function' && properties['kind'] === 'p' ? 'PROCEDURE' : kind.toUpperCase()

const drop = (object: ObjectFacts, schema: string): string => {
  const { kind, name } = object
  if (kind === 'column' || kind === 'constraint')
    return `${alter(object, schema)} DROP ${kind.toUpperCase()} ${identifier(name)} CASCADE`
  if (kind === 'trigger') return `DROP TRIGGER ${identifier(name)} ON ${qualified(schema, tableOf(object))}`
  if (kind === 'extension' || kind === 'schema') return `DROP ${kind.toUpperCase()} ${identifier(name)} CASCADE`
  return `DROP ${noun(object)} ${kind === 'function' ? routine(object, schema) : qualified(schema, name)} CASCADE`
}

const dropped: Mutate = (object, schema) =>
  object.id === 'extension plpgsql'
    ? null
    : { title: 'dropped', sql: drop(object, schema), told: `missing ${object.id}`, mends: true }

const changed = (object: ObjectFacts, title: string, sql: string, property: string, mends = true): Mutation => ({
  title,
  sql,
  told: `different ${object.id}: ${property}`,
  mends,
})

const commentTarget = (object: ObjectFacts, schema: string): string => {
  switch (object.kind) {
    case 'column':
      return `COLUMN ${qualified(schema, tableOf(object))}.${identifier(object.name)}`
    case 'trigger':
      return `TRIGGER ${identifier(object.name)} ON ${qualified(schema, tableOf(object))}`
    case 'function':
      return `${noun(object)} ${routine(object, schema)}`
    default:
      return `${noun(object)} ${qualified(schema, object.name)}`
  }
}

const commented: Mutate = (object, schema) =>
  'comment' in object.properties
    ? changed(object, 'commented', `COMMENT ON ${commentTarget(object, schema)} IS 'something else'`, 'comment')
    : null

const plainColumn = ({ properties }: ObjectFacts): boolean =>
  properties['generated'] === null && properties['made'] === null

const retyped: Mutate = (object, schema) => {
  const { type } = object.properties
  if (
    !plainColumn(object) ||
    object.properties['collation'] !== null ||
    !/^(?:text|character varying.*|integer|smallint|real)$/.test(String(type))
  )
    return null
  const other =
    type === 'text'
      ? 'varchar(7000)'
      : type === 'real'
        ? 'double precision'
        : /^(?:int|small)/.test(String(type))
          ? 'bigint'
          : 'text'
  return changed(
    object,
    'of another type',
    `${alter(object, schema)} ALTER COLUMN ${identifier(object.name)} TYPE ${other}`,
    'type',
  )
}

const nullability: Mutate = (object, schema) => {
  const { made, notNull } = object.properties
  if (String(made).startsWith('identity')) return null
  const verb = notNull === true ? 'DROP' : 'SET'
  return changed(
    object,
    'of the other nullability',
    `${alter(object, schema)} ALTER COLUMN ${identifier(object.name)} ${verb} NOT NULL`,
    'notNull',
  )
}

const defaulted: Mutate = (object, schema) => {
  if (!plainColumn(object)) return null
  const isSet = object.properties['default'] !== null
  const change = isSet ? 'DROP DEFAULT' : "SET DEFAULT 'something else'"
  if (!isSet && object.properties['type'] !== 'text') return null
  return changed(
    object,
    'of another default',
    `${alter(object, schema)} ALTER COLUMN ${identifier(object.name)} ${change}`,
    'default',
  )
}

const unmade: Mutate = (object, schema) => {
  const { made } = object.properties
  if (made === null || made === undefined) return null
  const column = `${alter(object, schema)} ALTER COLUMN ${identifier(object.name)}`
  if (made === 'serial') return changed(object, 'not made', `${column} DROP DEFAULT`, 'made')
  const other = made === 'identity always' ? 'BY DEFAULT' : 'ALWAYS'
  return changed(object, 'made otherwise', `${column} SET GENERATED ${other}`, 'made')
}

const stepped: Mutate = (object) =>
  object.definition === null
    ? null
    : changed(object, 'of another step', `ALTER SEQUENCE ${object.definition} INCREMENT BY 7`, 'sequence')

const computedOtherwise: Mutate = (object, schema, { objects }) => {
  const { generated, type } = object.properties
  if (generated === null || [...objects.values()].some(({ needs }) => needs.includes(object.id))) return null
  const [table, column] = [alter(object, schema), identifier(object.name)]
  return {
    title: 'computed otherwise',
    sql: `${table} DROP COLUMN ${column}; ${table} ADD COLUMN ${column} ${String(type)} GENERATED ALWAYS AS (NULL::text::${String(type)}) STORED${
      object.properties['notNull'] === true ? ' NOT NULL' : ''
    }`,
    told: `different ${object.id}: generated,comment`,
    mends: true,
  }
}

/** A constraint of the same name with other words. */
const again = (object: ObjectFacts, schema: string, definition: string): string =>
  `${alter(object, schema)} DROP CONSTRAINT ${identifier(object.name)} CASCADE, ADD CONSTRAINT ${identifier(object.name)} ${definition}`

const isNeeded = ({ objects }: Facts, id: string): boolean =>
  [...objects.values()].some(({ needs }) => needs.includes(id))

const held: Mutate = (object, schema, facts) => {
  const definition = object.definition ?? ''
  switch (object.properties['kind']) {
    case 'check':
      return changed(object, 'with another condition', again(object, schema, 'CHECK (1 > 0)'), 'condition')
    case 'foreign key': {
      const isCascade = object.properties['onDelete'] === 'cascade'
      const plain = definition.replace(/ ON DELETE (?:CASCADE|SET NULL|SET DEFAULT|RESTRICT)( \([^)]*\))?/, '')
      const property = object.properties['setNull'] === null ? 'onDelete' : 'onDelete,setNull'
      const sql = again(object, schema, isCascade || plain !== definition ? plain : `${plain} ON DELETE CASCADE`)
      return changed(object, 'with another action', sql, property)
    }
    case 'unique':
      return object.properties['deferrable'] === true || isNeeded(facts, object.id)
        ? null
        : changed(object, 'deferrable', again(object, schema, `${definition} DEFERRABLE`), 'deferrable')
    default:
      return null
  }
}

const unvalidated: Mutate = (object, schema) =>
  ['check', 'foreign key'].includes(String(object.properties['kind']))
    ? {
        title: 'not validated',
        sql: again(object, schema, `${object.definition ?? ''} NOT VALID`),
        told: `unfit ${object.id}: validated`,
        mends: true,
      }
    : null

const indexed: Mutate = (object, schema) => {
  const definition = (object.definition ?? '').replace(/ WHERE .*$/s, '')
  const name = qualified(schema, object.name)
  const { comment } = object.properties
  const restored = typeof comment === 'string' ? `; COMMENT ON INDEX ${name} IS ${literal(comment)}` : ''
  return {
    title: 'with another condition',
    sql: `DROP INDEX ${name}; ${definition} WHERE 1 > 2${restored}`,
    told: `different ${object.id}: where`,
    mends: true,
  }
}

/** An index of a partitioned table is made anew outside of a transaction. */
const invalid: Mutate = (object, schema, { objects }) =>
  objects.get(object.parent ?? '')?.properties['form'] === 'partitioned' ? null : invalidIndex(object, schema)

const invalidIndex = (object: ObjectFacts, schema: string): Mutation => ({
  title: 'invalid',
  sql: `UPDATE pg_index SET indisvalid = false WHERE indexrelid = ${literal(qualified(schema, object.name))}::regclass`,
  told: `unfit ${object.id}: valid`,
  mends: true,
})

const disabled: Mutate = (object, schema) => ({
  title: 'disabled',
  sql: `${alter(object, schema)} DISABLE TRIGGER ${identifier(object.name)}`,
  told: `unfit ${object.id}: enabled`,
  mends: true,
})

const triggered: Mutate = (object, schema) => {
  const definition = (object.definition ?? '').replace(/ FOR EACH ROW.* EXECUTE/s, ' FOR EACH ROW WHEN (1 > 2) EXECUTE')
  if (!definition.includes('WHEN (1 > 2)')) return null
  const drops = `DROP TRIGGER ${identifier(object.name)} ON ${qualified(schema, tableOf(object))}`
  return changed(object, 'with another condition', `${drops}; ${definition}`, 'definition')
}

const leaky: Mutate = (object, schema) =>
  object.properties['kind'] === 'f'
    ? changed(object, 'of another cost of secrets', `ALTER FUNCTION ${routine(object, schema)} LEAKPROOF`, 'leakproof')
    : changed(object, 'with a setting', `ALTER PROCEDURE ${routine(object, schema)} SET work_mem = '1MB'`, 'config')

const rewritten: Mutate = (object) => {
  const { body, language } = object.properties
  if (language !== 'plpgsql' || typeof body !== 'string') return null
  const definition = (object.definition ?? '').replace(/\nEND\n/, '\n  -- something else\nEND\n')
  return definition === object.definition ? null : changed(object, 'with another body', definition, 'body')
}

const opened: Mutate = (object, schema) =>
  object.states['closed'] === true
    ? {
        title: 'for everybody',
        sql: `GRANT EXECUTE ON ${noun(object)} ${routine(object, schema)} TO PUBLIC`,
        told: `unfit ${object.id}: closed`,
        mends: true,
      }
    : null

const labels = (value: Value | undefined): readonly string[] => (Array.isArray(value) ? value.map(String) : [])

const widened: Mutate = (object, schema) =>
  changed(
    object,
    'with one more value',
    `ALTER TYPE ${qualified(schema, object.name)} ADD VALUE 'one more'`,
    'values',
    false,
  )

const renamedValue: Mutate = (object, schema) => {
  const [first = ''] = labels(object.properties['values'])
  const sql = `ALTER TYPE ${qualified(schema, object.name)} RENAME VALUE ${literal(first)} TO 'another'`
  return changed(object, 'with another value', sql, 'values', false)
}

const viewed: Mutate = (object, schema) =>
  changed(
    object,
    'of another query',
    `CREATE OR REPLACE VIEW ${qualified(schema, object.name)} AS SELECT * FROM (${(object.definition ?? '').replace(/;\s*$/, '')}) AS one LIMIT 1`,
    'query',
  )

const unlogged: Mutate = (object, schema) =>
  object.properties['form'] === 'plain'
    ? changed(object, 'unlogged', `ALTER TABLE ${qualified(schema, object.name)} SET UNLOGGED`, 'persistence')
    : null

const extra =
  (kind: Kind, what: string, sql: (table: string) => string): Mutate =>
  (object, schema) => ({
    title: `with ${kind === 'index' ? 'an' : 'a'} ${kind} more`,
    sql: sql(qualified(schema, object.name)),
    told: `extra ${kind} ${object.name}.${what}`,
    mends: false,
  })

/** What can be done to an object of each kind. */
export const mutations: Readonly<Record<Kind, readonly Mutate[]>> = {
  schema: [dropped],
  extension: [dropped],
  sequence: [],
  type: [dropped, commented, widened, renamedValue],
  function: [dropped, commented, leaky, rewritten, opened],
  table: [
    dropped,
    commented,
    unlogged,
    extra('column', 'one_more', (table) => `ALTER TABLE ${table} ADD COLUMN one_more integer`),
    extra('constraint', 'one_more', (table) => `ALTER TABLE ${table} ADD CONSTRAINT one_more CHECK (true)`),
    extra('index', 'one_more', (table) => `CREATE INDEX one_more ON ${table} ((1))`),
    extra(
      'trigger',
      'one_more',
      (table) =>
        `CREATE TRIGGER one_more BEFORE UPDATE ON ${table} FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()`,
    ),
  ],
  column: [dropped, commented, retyped, nullability, defaulted, unmade, stepped, computedOtherwise],
  constraint: [dropped, held, unvalidated],
  index: [dropped, commented, indexed, invalid],
  view: [dropped, commented, viewed],
  trigger: [dropped, commented, disabled, triggered],
}
