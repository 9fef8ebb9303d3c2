import type { Entity } from '../../../generators/model/entity.js'
import { entityOf } from '../../../generators/model/lookup.js'
import type { Evidence } from '../../../generators/pipeline/verify/proof.js'
import { emittedText, type Fault, type Step } from './fault.js'
import { constraintsIn, isAskedAt } from './in-schemas.js'

interface Definition {
  readonly name: string
  readonly entity: string
  readonly at: string | null
}

/** Definitions of the fixture's structures, and the fields that are made of them. */
const structures: readonly Definition[] = [
  { name: 'Part', entity: 'structure', at: 'part' },
  { name: 'NewPart', entity: 'structure', at: 'part' },
  { name: 'Inner', entity: 'structure', at: 'part.inner' },
  { name: 'NewInner', entity: 'structure', at: 'part.inner' },
]

/** Definitions of types, each with a field that is of no more. */
const types: readonly Definition[] = [
  { name: 'text', entity: 'word', at: 'free' },
  { name: 'url', entity: 'word', at: 'link' },
  { name: 'email', entity: 'word', at: 'mail' },
  { name: 'color', entity: 'word', at: 'paint' },
  { name: 'snowflake', entity: 'word', at: 'flake' },
  { name: 'uuid', entity: 'word', at: 'uid' },
  { name: 'objectid', entity: 'word', at: 'book' },
  { name: 'date', entity: 'word', at: 'day' },
  { name: 'time', entity: 'word', at: 'hour' },
  { name: 'Temper', entity: 'word', at: 'mood' },
  { name: 'WordMark', entity: 'word', at: 'mark' },
  { name: 'bigint', entity: 'amount', at: 'big' },
  { name: 'timestamp', entity: 'amount', at: 'at' },
  { name: 'AmountRank', entity: 'amount', at: 'rank' },
  { name: 'json', entity: 'structure', at: 'data' },
]

interface Document {
  readonly $defs: Readonly<Record<string, unknown>>
}

const fileOf = (entity: string): string => `json-schema/${entity}.json`

const documentOf = (emitted: Evidence, entity: string): Document => JSON.parse(emittedText(emitted, fileOf(entity)))

/** Corners are called by the names of fields, schemas by those of properties. */
const named = (at: string): string => at.replace('nickname', 'alias')

const faultsIn = (schema: unknown, entity: Entity, steps: readonly Step[], at: string | null): readonly Fault[] =>
  constraintsIn(schema, { steps, at })
    .map((found) => ({
      what: found.steps.join('/'),
      file: fileOf(entity.name),
      change: { drop: found.steps },
      entity: entity.name,
      at: named(found.at),
    }))
    .filter((fault) => isAskedAt(entity, fault.at))

const ofDefinitions = (emitted: Evidence, definitions: readonly Definition[]): readonly Fault[] =>
  definitions.flatMap(({ name, entity, at }) =>
    faultsIn(documentOf(emitted, entity).$defs[name], entityOf(emitted.set, entity), ['$defs', name], at),
  )

/** Every constraint of the emitted JSON Schemas but those of types, which fields share. */
export const inJsonSchemas = (emitted: Evidence): readonly Fault[] => [
  ...emitted.set.entities.flatMap((entity) => {
    const document = documentOf(emitted, entity.name)
    return [
      ...faultsIn(document, entity, [], null),
      ...['new', 'patch'].flatMap((part) => faultsIn(document.$defs[part], entity, ['$defs', part], null)),
    ]
  }),
  ...ofDefinitions(emitted, structures),
]

/** The constraints of types. */
export const inJsonTypes = (emitted: Evidence): readonly Fault[] => ofDefinitions(emitted, types)
