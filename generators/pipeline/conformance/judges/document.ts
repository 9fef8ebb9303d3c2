import { mongo } from 'mongoose'
import { identifierOf, storedName } from '../../../document/index.js'
import { unreachable } from '../../../kernel/bug.js'
import type { Entity } from '../../../model/entity.js'
import { findField } from '../../../model/lookup.js'
import { changedField } from '../rows/given.js'
import { documentOf, type Members, members, type Unsaid, unsaid } from '../rows/sample.js'
import type { Probe } from './judge.js'

export type Document = Readonly<Record<string, unknown>>

const isDocument = (value: unknown): value is Document => typeof value === 'object' && value !== null

const identifier = (entity: Entity): Document => {
  const found = identifierOf(entity)
  switch (found.kind) {
    case 'singleton':
      return { _id: found.value }
    case 'hidden':
      return { _id: new mongo.ObjectId('000000000000000000000001') }
    case 'field':
      return {}
    default:
      return unreachable(found)
  }
}

/** Whether a row's change is about something that Mongo keeps. */
export const isKeptInMongo = (probe: Probe): boolean =>
  probe.entity.stores.includes('mongo') && (changedField(probe)?.stores.includes('mongo') ?? true)

/** What of a row Mongo keeps. */
export const keptInMongo = ({ entity, row }: Pick<Probe, 'entity' | 'row'>): Members =>
  members(row.members.filter(({ name }) => findField(entity, name)?.stores.includes('mongo') ?? true))

/** The row as its collection holds it. */
export const documentRow = (probe: Pick<Probe, 'entity' | 'row'>): Document | Unsaid => {
  const { entity } = probe
  const stored = keptInMongo(probe).members.map((member) => ({ ...member, name: storedName(entity, member.name) }))
  const document = documentOf(members(stored))
  return isDocument(document) ? { ...identifier(entity), ...document } : unsaid
}
