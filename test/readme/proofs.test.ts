import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, inject, test } from 'vitest'
import { leadsTo, mongoTestFiles, testFilesIn } from '../support/leading-to.js'
import { abilities } from '../support/mongo-abilities.js'
import '../support/mongo-server.js'

const readme = readFileSync(fileURLToPath(new URL('../../README.md', import.meta.url)), 'utf8')

type Row = Readonly<Record<string, string>>

/** The rows of the README's table that begins with a column of this name, by the names of their columns. */
const tableOf = (first: string): readonly Row[] => {
  const [, text = ''] = readme.split(new RegExp(`^(?=\\| ${first} \\|)`, 'm'))
  const [head = [], , ...rows] = text
    .slice(0, text.indexOf('\n\n'))
    .split('\n')
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
  return rows.map((cells) => Object.fromEntries(cells.map((cell, at) => [head[at] ?? '', cell])))
}

const mongoFiles = mongoTestFiles()

/** What the tests of an engine import, themselves or through helpers. */
const engines: Readonly<Record<string, (file: string) => boolean>> = {
  'embedded Postgres': (file) =>
    leadsTo(file, [
      'generators/engines/postgres/embedded',
      'generators/pipeline/verify/index',
      'test/support/databases',
      'test/support/postgres',
      'test/existing/postgres-databases',
    ]),
  'Postgres server': (file) =>
    leadsTo(file, ['test/support/databases', 'test/support/postgres', 'test/existing/postgres-databases']),
  'Mongo servers': (file) =>
    mongoFiles.includes(file) || leadsTo(file, ['test/conditions/servers', 'test/support/databases']),
  'stand-ins': (file) =>
    leadsTo(file, [
      'generators/engines/mongo/stand-in',
      'generators/pipeline/conformance/conditions/readers',
      'generators/pipeline/conformance/judges/mongo',
    ]),
}

describe('the table of proofs', () => {
  const rows = tableOf('what')

  test.each(rows)('says the engines that prove: $what', (row) => {
    const files = testFilesIn((row['tests'] ?? '').replaceAll('`', ''))
    const proving = Object.keys(engines).filter((engine) => files.some((file) => engines[engine]?.(file)))
    expect(proving).toEqual(Object.keys(engines).filter((engine) => row[engine] === '✓'))
  })

  test('has every folder of tests that open a Mongo server', () => {
    const told = rows.map((row) => (row['tests'] ?? '').replaceAll('`', ''))
    const untold = mongoFiles.filter((file) => !told.some((path) => file.startsWith(path)))
    expect(untold.filter((file) => file !== 'test/readme/proofs.test.ts')).toEqual([])
  })
})

const asked = tableOf('a server of Mongo')

test('the table of abilities has all that tests ask for', () => {
  const named = asked.map((row) => /`(.*)`/.exec(row['a server of Mongo'] ?? '')?.[1])
  expect(named).toEqual(abilities)
})

const server = inject('mongo')

test.skipIf(server === null)('the table of abilities says what the Mongo server of these tests can do', () => {
  const column = asked.map((row) => row[server?.kind ?? ''] === '✓')
  expect(abilities.filter((_, at) => column[at])).toEqual(server?.can)
})
