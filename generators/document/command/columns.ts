import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { nearest } from '../../kernel/nearest.js'
import { fieldsIn } from '../../model/lookup.js'
import type { Origin } from '../../model/origin.js'
import type { Type } from '../../model/type.js'
import { bsonTypesOf } from '../bson.js'
import type { BsonType } from '../collections.js'
import { storedName } from '../naming.js'
import { type CommandContext, type Member, membersOf, type Part } from './context.js'
import { shapeBehindAll } from './pipeline.js'
import { anything, type Shape } from './shape.js'

/** A column that `columns:` says a row has, by the name that the result of the command has for it. */
interface Said {
  readonly name: string
  readonly type: Type
  readonly origin: Origin
}

const saidBy = ({ entity, query: { columns } }: CommandContext): readonly Said[] => {
  switch (columns?.kind) {
    case undefined:
      return []
    case 'row':
      return fieldsIn(entity, 'mongo')
        .filter(({ encrypted }) => encrypted === null)
        .map(({ name, type }) => ({ name: storedName(entity, name), type, origin: columns.origin }))
    case 'fields':
      return columns.columns.map((column) => ({ ...column, name: storedName(entity, column.name) }))
    case 'named':
      return columns.columns
  }
}

const isFalse = ({ value }: Member): boolean => value === 0 || value === false

/** What a projection leaves of documents: `_id` unless it is taken out, and of what it computes only the name is known. */
const projected = (projection: Part, shape: Shape): Shape => {
  if (shape.kind !== 'document') return shape
  const members = membersOf(projection).map((member) => ({ ...member, top: member.key.split('.')[0] ?? member.key }))
  const dropped = new Set(
    members.filter((member) => isFalse(member) && member.top === member.key).map(({ key }) => key),
  )
  const kept = members.filter((member) => !isFalse(member))
  if (kept.length === 0) {
    return { kind: 'document', members: new Map([...shape.members].filter(([name]) => !dropped.has(name))) }
  }
  const ofKept = kept.map(({ key, top, value }): readonly [string, Shape] => {
    const isTaken = key === top && (value === 1 || value === true)
    return [top, isTaken ? (shape.members.get(top) ?? anything) : anything]
  })
  const id: readonly (readonly [string, Shape])[] = dropped.has('_id')
    ? []
    : [['_id', shape.members.get('_id') ?? anything]]
  return { kind: 'document', members: new Map([...id, ...ofKept]) }
}

/** What the documents are that a command gives. The value of `distinct` is given by the name of its path, a count by `count`. */
const resultOf = (first: Member, others: readonly Member[], shape: Shape): Shape => {
  switch (first.key) {
    case 'aggregate':
      return shapeBehindAll(first, shape)
    case 'countDocuments':
      return { kind: 'document', members: new Map([['count', anything]]) }
    case 'distinct':
      return { kind: 'document', members: new Map([[String(first.value), anything]]) }
    default: {
      const projection = others.find(({ key }) => key === 'projection')
      return projection === undefined ? shape : projected(projection, shape)
    }
  }
}

const bsonTypesAt = (shape: Shape): readonly BsonType[] | null => {
  switch (shape.kind) {
    case 'any':
      return null
    case 'value':
      return shape.bsonTypes
    case 'list':
      return ['array']
    case 'document':
    case 'map':
      return ['object']
  }
}

const typeProblem = ({ set, query }: CommandContext, said: Said, found: Shape): readonly Diagnostic[] => {
  const [there, types] = [bsonTypesAt(found), bsonTypesOf(set, said.type)]
  if (there === null || types.length === 0 || types.some((type) => there.includes(type))) return []
  const words = { query: query.name, column: said.name, found: there.join(' or '), said: types.join(' or ') }
  return [report('query-column-type', said.origin, words)]
}

/** Holds what a query says of its rows against the documents that its command gives, as far as their structure is known. */
export const checkColumns = (
  context: CommandContext,
  first: Member,
  others: readonly Member[],
  shape: Shape,
): readonly Diagnostic[] => {
  const result = resultOf(first, others, shape)
  if (result.kind !== 'document') return []
  return saidBy(context).flatMap((said) => {
    const found = result.members.get(said.name)
    if (found !== undefined) return typeProblem(context, said, found)
    const near = nearest(said.name, [...result.members.keys()])
    const words = { query: context.query.name, column: said.name, problem: 'missing', nearest: near } as const
    return [report('query-column-names', said.origin, words)]
  })
}
