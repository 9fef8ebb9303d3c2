import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../support/postgres.js'
import { type Catalogue, type CatalogueColumn, readCatalogue } from './catalogue.js'

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')

/** Transcribed from the system's own DDL; never from the YAML or from output. */
const expected = JSON.parse(read('./discord.expected.json')) as Catalogue

/** What the set has on top: the messages that the system queries, partitions and archives, but never defines. */
const onTop = ['discord_messages', 'discord_messages_archive']

/** A `now` on a naive column is UTC whatever the server's zone: that counts as CURRENT_TIMESTAMP. */
const spelled = (column: CatalogueColumn): CatalogueColumn => ({
  ...column,
  default: column.default?.includes('now()') ? 'CURRENT_TIMESTAMP' : column.default,
})

const plain = (text: string): string => text.replaceAll('"', '').replace(/^\((.*)\)$/, '$1')

const sortedByColumns = <T extends { readonly columns: readonly string[] }>(items: readonly T[]): readonly T[] =>
  [...items].sort((a, b) => (a.columns.join() < b.columns.join() ? -1 : 1))

const byName = (entries: readonly (readonly [string, unknown])[]): unknown =>
  Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)))

describe('the Discord guide, read back from the catalogue', () => {
  let database: TestDatabase
  let found: Catalogue

  beforeAll(async () => {
    database = await openTestDatabase()
    await database.exec(read('../../output/discord/postgres/schema.sql'))
    found = await readCatalogue((text) => database.query(text), 'public')
  })
  afterAll(() => database.close())

  it('has the tables of the system, and those listed on top', () => {
    expect(Object.keys(found.tables).sort()).toEqual([...Object.keys(expected.tables), ...onTop].sort())
  })

  it('has the enum with its labels in order', () => {
    expect(found.enums).toEqual(expected.enums)
  })

  describe.each(Object.entries(expected.tables))('%s', (name, table) => {
    it('has exactly its columns, types, nullability and defaults', () => {
      const columns = Object.entries(found.tables[name]?.columns ?? {})
      expect(byName(columns.map(([column, facts]) => [column, spelled(facts)]))).toEqual(
        byName(Object.entries(table.columns)),
      )
    })

    it('has its key and its references', () => {
      expect(found.tables[name]?.key).toEqual(table.key)
      expect(sortedByColumns(found.tables[name]?.references ?? [])).toEqual(sortedByColumns(table.references))
    })

    it('has its indexes by name, with their order and predicates', () => {
      const indexes = Object.entries(found.tables[name]?.indexes ?? {}).map(([index, { parts, where }]) => [
        index,
        { parts: parts.map(plain), where: where === null ? null : plain(where).toLowerCase() },
      ])
      const wanted = Object.entries(table.indexes).map(([index, { parts, where }]) => [
        index,
        { parts, where: where?.toLowerCase() ?? null },
      ])
      expect(Object.fromEntries(indexes)).toEqual(Object.fromEntries(wanted))
    })
  })

  it('keeps messages by month, under a key that holds the month', async () => {
    const [parent] = await database.query<{ key: string }>(
      `SELECT pg_get_partkeydef('discord_messages'::regclass) AS key`,
    )
    expect(parent?.key).toBe('RANGE (created_at)')
    expect(found.tables['discord_messages']?.key).toEqual(['id', 'created_at'])
  })
})
