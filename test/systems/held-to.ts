import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../support/postgres.js'
import {
  type Catalogue,
  type CatalogueColumn,
  type CatalogueIndex,
  type CatalogueReference,
  type CatalogueTable,
  type CatalogueUnique,
  readCatalogue,
} from './catalogue.js'
import { type Extras, readExtras, readUndescribed } from './extras.js'

type Stated<Facts> = { readonly [Fact in keyof Facts]?: Facts[Fact] }

/** A table as its system has it. What the system does not state is left out, and stands among the decisions. */
interface ExpectedTable {
  readonly columns: Readonly<Record<string, Stated<CatalogueColumn>>>
  readonly key: readonly string[]
  readonly uniques: readonly Stated<CatalogueUnique>[]
  readonly references: readonly Stated<CatalogueReference>[]
  readonly indexes: Readonly<Record<string, CatalogueIndex>>
}

/** `<set>.expected.json`: transcribed from the system's own words; never from the YAML or from output. */
export interface Expected {
  readonly enums: Catalogue['enums']
  readonly tables: Readonly<Record<string, ExpectedTable>>
}

/** `<set>.on-top.json`: all that the set adds to its system, so that nothing is added unseen. */
interface OnTop extends Extras {
  readonly tables: readonly string[]
  /** By table, each with the reason for it. */
  readonly indexes: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** What the system leaves open, by table and column. */
  readonly decided: Readonly<Record<string, Readonly<Record<string, Stated<CatalogueColumn>>>>>
}

/** What the tests of a system read; there once the first test runs. */
export interface Held {
  readonly database: TestDatabase
  readonly found: Catalogue
}

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')

/** A `now` on a naive column is UTC whatever the server's zone: that counts as CURRENT_TIMESTAMP. */
const spelled = (column: CatalogueColumn): CatalogueColumn => ({
  ...column,
  default: column.default?.includes('now()') ? 'CURRENT_TIMESTAMP' : column.default,
})

const plain = (text: string): string => text.replaceAll('"', '').replace(/^\((.*)\)$/, '$1')

const spelledIndex = ({ method, parts, where }: CatalogueIndex): CatalogueIndex => ({
  method,
  parts: parts.map(plain),
  where: where === null ? null : plain(where).toLowerCase(),
})

const byColumns = (a: { readonly columns?: readonly string[] }, b: { readonly columns?: readonly string[] }): number =>
  String(a.columns) < String(b.columns) ? -1 : 1

/** The facts of what was found that the system states of it. */
const asStated = <Facts extends object>(found: Facts, stated: Stated<Facts>): Stated<Facts> =>
  Object.fromEntries(Object.entries(found).filter(([fact]) => fact in stated)) as Stated<Facts>

const listsAsStated = <Facts extends { readonly columns: readonly string[] }>(
  found: readonly Facts[],
  stated: readonly Stated<Facts>[],
): readonly unknown[] => {
  const wanted = stated.toSorted(byColumns)
  return found.toSorted(byColumns).map((facts, position) => asStated(facts, wanted[position] ?? facts))
}

const mapped = <From, To>(
  record: Readonly<Record<string, From>>,
  change: (value: From, name: string) => To,
): Readonly<Record<string, To>> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value, name)]))

const without = <Value>(
  record: Readonly<Record<string, Value>>,
  names: readonly string[] = [],
): Readonly<Record<string, Value>> =>
  Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)))

const emptyTable: CatalogueTable = { columns: {}, key: [], uniques: [], references: [], indexes: {} }

const describeTable = (name: string, expected: ExpectedTable, onTop: OnTop, held: () => Held): void => {
  const table = (): CatalogueTable => held().found.tables[name] ?? emptyTable

  describe(name, () => {
    it('has exactly its columns, types, nullability and defaults', () => {
      const wanted = mapped(expected.columns, (facts, column) => ({ ...facts, ...onTop.decided[name]?.[column] }))
      expect(mapped(table().columns, spelled)).toEqual(wanted)
    })

    it('has its key, its uniques and its references', () => {
      expect(table().key).toEqual(expected.key)
      expect(listsAsStated(table().uniques, expected.uniques)).toEqual(expected.uniques.toSorted(byColumns))
      expect(listsAsStated(table().references, expected.references)).toEqual(expected.references.toSorted(byColumns))
    })

    it('has its indexes by name, with their order and predicates', () => {
      const own = without(table().indexes, Object.keys(onTop.indexes[name] ?? {}))
      expect(mapped(own, spelledIndex)).toEqual(mapped(expected.indexes, spelledIndex))
    })
  })
}

/**
 * Declares the tests that hold the emitted DDL of a set to the facts of its system: loaded on the engine and read back
 * from the catalogue, it has what the system has, and on top only what is listed.
 */
export const describeSystem = (
  set: string,
  title: string,
  more: (held: () => Held) => void = () => undefined,
): void => {
  const expected = JSON.parse(read(`./${set}.expected.json`)) as Expected
  const onTop = JSON.parse(read(`./${set}.on-top.json`)) as OnTop

  describe(`${title}, read back from the catalogue`, () => {
    let loaded: Held | null = null
    const held = (): Held => {
      if (loaded === null) throw new Error('the database is not open yet')
      return loaded
    }

    beforeAll(async () => {
      const database = await openTestDatabase()
      await database.exec(read(`../../output/${set}/postgres/schema.sql`))
      loaded = { database, found: await readCatalogue((text) => database.query(text), 'public') }
    })
    afterAll(() => held().database.close())

    it('has the tables and enums of the system, and the tables listed on top', () => {
      expect(Object.keys(held().found.tables).sort()).toEqual([...Object.keys(expected.tables), ...onTop.tables].sort())
      expect(held().found.enums).toEqual(expected.enums)
    })

    for (const [name, table] of Object.entries(expected.tables)) describeTable(name, table, onTop, held)

    it('has the checks, triggers, functions and extensions that are listed, and no others', async () => {
      const { extensions, functions, checks, triggers } = onTop
      const found = await readExtras((text) => held().database.query(text), 'public')
      expect(found).toEqual({ extensions, functions, checks, triggers })
    })

    it('has the indexes that are listed on top', () => {
      const listed = mapped(onTop.indexes, Object.keys)
      const present = mapped(listed, (names, table) =>
        names.filter((name) => held().found.tables[table]?.indexes[name] !== undefined),
      )
      expect(present).toEqual(listed)
    })

    it('describes every table and every column', async () => {
      expect(await readUndescribed((text) => held().database.query(text), 'public')).toEqual([])
    })

    more(held)
  })
}
