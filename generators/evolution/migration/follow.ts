import { canonical } from '../../kernel/hash.js'
import { identifier, qualified, type Sql, sql } from '../../kernel/safe/sql.js'
import type { Facts, Kind, ObjectFacts, Value } from '../facts.js'
import { alterTable, engineText, tableOf } from '../mend/text.js'
import type { Rename } from './renames.js'

type Renaming = (schema: string, object: ObjectFacts, from: string, to: string) => Sql

const renaming: Partial<Record<Kind, Renaming>> = {
  constraint: (schema, object, from, to) =>
    sql`${alterTable(schema, object)} RENAME CONSTRAINT ${identifier(from)} TO ${identifier(to)};`,
  index: (schema, _, from, to) => sql`ALTER INDEX ${qualified(schema, from)} RENAME TO ${identifier(to)};`,
}

const withoutComment = ({ comment: _, ...rest }: Readonly<Record<string, Value>>) => rest

const meaning = ({ kind, parent, properties }: ObjectFacts): string =>
  canonical([kind, parent, withoutComment(properties)])

/** What is the same under another name: the check that was called by the column's old name. */
const renamedObjects = (found: Facts, wanted: Facts): readonly Rename[] => {
  const gone = [...found.objects.values()].filter(({ id, kind }) => kind in renaming && !wanted.objects.has(id))
  const added = [...wanted.objects.values()].filter(({ id, kind }) => kind in renaming && !found.objects.has(id))
  const taken = new Set<string>()
  return added.flatMap((object) => {
    const rename = renaming[object.kind]
    const former = gone.find((one) => !taken.has(one.id) && meaning(one) === meaning(object))
    if (former === undefined || rename === undefined) return []
    taken.add(former.id)
    return [
      {
        id: object.id,
        forward: rename(wanted.schema, object, former.name, object.name),
        back: rename(wanted.schema, object, object.name, former.name),
      },
    ]
  })
}

const columnsOf = ({ objects }: Facts): readonly ObjectFacts[] =>
  [...objects.values()].filter(({ kind }) => kind === 'column')

/** An enum of a column is called by the column: it is renamed where the column has the new one in its place. */
const renamedTypes = (found: Facts, wanted: Facts): readonly Rename[] => {
  const typeOf = (facts: Facts, column: ObjectFacts): ObjectFacts | undefined =>
    column.needs.map((id) => facts.objects.get(id)).find((object) => object?.kind === 'type')
  const renames = new Map<string, Rename>()
  for (const column of columnsOf(wanted)) {
    const before = found.objects.get(column.id)
    const [was, is] = [before && typeOf(found, before), typeOf(wanted, column)]
    if (was === undefined || is === undefined || was.id === is.id) continue
    if (wanted.objects.has(was.id) || found.objects.has(is.id) || renames.has(is.id)) continue
    if (was.properties['form'] !== is.properties['form']) continue
    const { schema } = wanted
    renames.set(is.id, {
      id: is.id,
      forward: sql`ALTER TYPE ${qualified(schema, was.name)} RENAME TO ${identifier(is.name)};`,
      back: sql`ALTER TYPE ${qualified(schema, is.name)} RENAME TO ${identifier(was.name)};`,
    })
  }
  return [...renames.values()]
}

/** The bare name of what the engine prints with its schema: quotes and all. */
const bareName = (printed: string): Sql => engineText(/(?:"(?:[^"]|"")+"|[^."]+)$/.exec(printed)?.[0] ?? printed)

/** Sequences of columns are called by their columns when they are made, and keep their names when those change. */
const renamedSequences = (found: Facts, wanted: Facts): readonly Rename[] =>
  columnsOf(wanted).flatMap((column) => {
    const [was, is] = [found.objects.get(column.id)?.definition ?? null, column.definition]
    if (was === null || is === null || was === is) return []
    return [
      {
        id: `sequence of ${tableOf(column)}.${column.name}`,
        forward: sql`ALTER SEQUENCE ${engineText(was)} RENAME TO ${bareName(is)};`,
        back: sql`ALTER SEQUENCE ${engineText(is)} RENAME TO ${bareName(was)};`,
      },
    ]
  })

const renamedPartitions = (found: Facts, wanted: Facts): readonly Rename[] =>
  [...wanted.objects.values()].flatMap((table) => {
    const [was, is] = [
      found.objects.get(table.id)?.properties['defaultPartition'],
      table.properties['defaultPartition'],
    ]
    if (typeof was !== 'string' || typeof is !== 'string' || was === is) return []
    const { schema } = wanted
    return [
      {
        id: `table ${is}`,
        forward: sql`ALTER TABLE ${qualified(schema, was)} RENAME TO ${identifier(is)};`,
        back: sql`ALTER TABLE ${qualified(schema, is)} RENAME TO ${identifier(was)};`,
      },
    ]
  })

/** What has to be called otherwise since tables and columns are, so that a later plan finds each thing by its name. */
export const followingRenames = (found: Facts, wanted: Facts): readonly Rename[] => [
  ...renamedTypes(found, wanted),
  ...renamedObjects(found, wanted),
  ...renamedSequences(found, wanted),
  ...renamedPartitions(found, wanted),
]
