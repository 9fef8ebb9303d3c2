import { report } from '../../kernel/diagnostic.js'
import { pascalCase, plural } from '../../kernel/identifiers.js'
import {
  type Entity,
  type EntityDocs,
  type Field,
  type Key,
  type Store,
  undescribed,
  withListIndexes,
} from '../../model/index.js'
import { type Enforcer, partitionPeriods } from '../../model/words.js'
import type { Mapping } from '../load/node.js'
import { resolveAccess } from './access.js'
import type { ResolvedField } from './field.js'
import { isSingleton, secondKey, timestampNames } from './head.js'
import { indexOf, resolveIndexes, resolveUniques, uniqueOf } from './indexes.js'
import { resolveLists } from './lists.js'
import type { Definition } from './names.js'
import { resolveChecks } from './objects.js'
import { enforceAt, storesIn } from './parts.js'
import { resolveQueries } from './queries.js'
import {
  entriesAt,
  mappingAt,
  nodeAtKey,
  numberAt,
  placeOfKey,
  textAt,
  textsAt,
  truthAt,
  truthOf,
  wordAt,
} from './read.js'
import { resolveReferences } from './references.js'
import { resolveRetention } from './retention.js'
import { resolveRows } from './rows.js'
import type { EntityHead, Scope } from './scope.js'
import { validationOf } from './validation.js'
import { nodeIn } from './written.js'

const docsOf = (root: Mapping): EntityDocs => {
  const docs: Mapping = mappingAt(root, 'docs') ?? { kind: 'mapping', entries: [], at: root.at }
  const grows = mappingAt(docs, 'grows')
  const when = textAt(docs, 'grows')
  return {
    title: textAt(docs, 'title'),
    represents: textAt(docs, 'represents'),
    grows: grows
      ? { when: textAt(grows, 'when'), rate: textAt(grows, 'rate') }
      : when === null
        ? null
        : { when, rate: null },
    cleaned: textAt(docs, 'cleaned'),
    why: textAt(docs, 'why'),
    notes: textsAt(docs, 'notes'),
    notStored: textsAt(docs, 'not_stored'),
    sources: textsAt(docs, 'sources'),
  }
}

const keyOf = (root: Mapping, head: EntityHead): Key => {
  const written = nodeAtKey(root, 'key')
  const origin = written?.at ?? placeOfKey(root, 'fields')
  if (isSingleton(root)) return { kind: 'singleton', origin: placeOfKey(root, 'singleton') }
  if (written?.kind === 'scalar' && written.text === 'none') return { kind: 'none', origin }
  return { kind: 'fields', fields: head.key, origin }
}

/** The pair that `timestamps:` adds. */
export const timestampFields = (root: Mapping, stores: readonly Store[], enforce: Enforcer): readonly Field[] => {
  const { created, updated } = timestampNames(root)
  const origin = placeOfKey(root, 'timestamps')
  const field = (name: string, maintained: 'created' | 'updated'): Field => ({
    ...undescribed,
    name,
    property: name,
    type: { kind: 'timestamp', form: 'instant', zoned: null, precision: null },
    nullable: false,
    optional: false,
    default: { kind: 'now', origin },
    maintained,
    immutable: maintained === 'created',
    enforce,
    stores,
    origin,
  })
  return [
    ...(created === null ? [] : [field(created, 'created')]),
    ...(updated === null ? [] : [field(updated, 'updated')]),
  ]
}

export const entityStores = (scope: Scope, root: Mapping): readonly Store[] =>
  storesIn(scope.stores, nodeAtKey(root, 'stores'))

const fieldsOf = (scope: Scope, { name, root }: Definition): readonly ResolvedField[] =>
  entriesAt(root, 'fields').flatMap(({ key }) => {
    const resolved = scope.entityField(name, key.text)
    return resolved === null || typeof resolved === 'string' ? [] : [resolved]
  })

const uniquesOfFields = (scope: Scope, fields: readonly ResolvedField[]): Entity['uniques'] =>
  fields.flatMap(({ field, written }) => {
    const node = written && nodeIn(written, 'unique')
    if (node === null || truthOf(node) === false) return []
    return [uniqueOf(scope, [field.name], node.kind === 'mapping' ? node : null, node)]
  })

const quoted = (name: string): string => (/^[A-Za-z_]\w*$/.test(name) ? name : `"${name}"`)

const indexesOfFields = (scope: Scope, fields: readonly ResolvedField[]): Entity['indexes'] =>
  fields.flatMap(({ field, written }) => {
    const node = written && nodeIn(written, 'index')
    if (node === null || truthOf(node) === false) return []
    const part = { kind: 'scalar', text: quoted(field.name), style: 'plain', at: field.origin } as const
    return indexOf(scope, [part], node.kind === 'mapping' ? node : null, node) ?? []
  })

const postgresOf = (root: Mapping): Entity['postgres'] => {
  const node = mappingAt(root, 'postgres')
  const partition = node && mappingAt(node, 'partition')
  const by = partition && wordAt(partition, 'by', partitionPeriods)
  const on = partition && textAt(partition, 'on')
  const checks = node === null ? [] : entriesAt(node, 'checks')
  return {
    partition:
      partition && by && on ? { by, on, ahead: numberAt(partition, 'ahead') ?? 3, origin: partition.at } : null,
    key: node && textAt(node, 'key'),
    unlogged: node !== null && truthAt(node, 'unlogged') === true,
    checks: checks.flatMap(({ key, value }) =>
      value.kind === 'scalar' ? [{ name: key.text, sql: value.text.trimEnd(), origin: value.at }] : [],
    ),
  }
}

const refuseSecondKey = (scope: Scope, root: Mapping): void => {
  const second = secondKey(root)
  if (second === null) return
  const first = { message: 'the key is said here too', at: placeOfKey(root, isSingleton(root) ? 'singleton' : 'key') }
  scope.found(report('key-said-twice', second.key.at, {}, [first]))
}

/** Resolves an entity whole. Names of fields, actors and groups are kept as written: the rules look for them. */
export const resolveEntity = (scope: Scope, definition: Definition, head: EntityHead): Entity => {
  const { name, nameNode, root } = definition
  const resolved = fieldsOf(scope, definition)
  const stores = storesIn(scope.stores, nodeAtKey(root, 'stores'))
  const enforce = enforceAt(scope.enforce, root)
  const fields = [...resolved.map(({ field }) => field), ...timestampFields(root, stores, enforce)]
  const table = textAt(root, 'table') ?? plural(name)
  const key = keyOf(root, head)
  const uniques = [...uniquesOfFields(scope, resolved), ...resolveUniques(scope, root)]
  const indexes = [...indexesOfFields(scope, resolved), ...resolveIndexes(scope, root)]
  const lists = resolveLists(scope, root)
  refuseSecondKey(scope, root)
  return {
    name,
    summary: textAt(root, 'summary'),
    group: textAt(root, 'group'),
    table,
    collection: textAt(root, 'collection') ?? table,
    model: textAt(root, 'model') ?? pascalCase(name),
    docs: docsOf(root),
    fields,
    key,
    uniques,
    references: [...resolved.flatMap(({ reference }) => reference ?? []), ...resolveReferences(scope, root)],
    indexes: withListIndexes(scope, { fields, key, uniques, indexes }, lists),
    checks: resolveChecks(scope, root),
    appendOnly: truthAt(root, 'append_only') === true,
    retention: resolveRetention(scope, name, root, fields),
    access: resolveAccess(root),
    queries: resolveQueries(scope, name, root, fields),
    lists,
    examples: resolveRows(scope, name, root, 'examples', fields),
    seed: resolveRows(scope, name, root, 'seed', fields),
    stores,
    enforce,
    was: textAt(root, 'was'),
    gone: textsAt(root, 'gone'),
    postgres: postgresOf(root),
    mongo: validationOf(scope, root, { stores, fields }),
    origin: nameNode.at,
  }
}
