import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { isMap, isPair, isSeq, parseAllDocuments, type Node as YamlNode } from 'yaml'
import { hashOf } from '../../../generators/kernel/hash.js'
import { compileTexts, printed } from '../../support/compile.js'

const folder = new URL('../../fixtures/everything/', import.meta.url)

const files: Readonly<Record<string, string>> = Object.fromEntries(
  readdirSync(folder).map((name) => [name, readFileSync(new URL(name, folder), 'utf8')]),
)

/** What a set means, and what is found in it: without the places, which any change moves. */
const outcome = (changed: Readonly<Record<string, string>>): string => {
  const { value, diagnostics } = compileTexts({ ...files, ...changed })
  return hashOf([value, printed(diagnostics).map((line) => line.replace(/:\d+:\d+/, ''))])
}

/** Every scalar stays the text it is, so that writing a document again changes nothing else. */
const failsafe = { schema: 'failsafe' } as const

type Path = readonly (string | number)[]

/** The paths of all keys, those of keys inside keys too. */
const pathsIn = (node: unknown, path: Path): readonly Path[] => {
  if (isMap(node)) {
    return node.items.flatMap((item) => {
      const key = String(item.key)
      return [[...path, key], ...pathsIn(item.value, [...path, key])]
    })
  }
  return isSeq(node)
    ? node.items.flatMap((item, index) => pathsIn(isPair(item) ? item.value : item, [...path, index]))
    : []
}

const without = (text: string, document: number, path: Path): string => {
  const documents = parseAllDocuments(text, failsafe)
  if (path.length > 0) documents[document]?.deleteIn(path)
  return documents.map((one) => one.toString({ lineWidth: 0 })).join('---\n')
}

const removals = Object.entries(files)
  .filter(([name]) => name.endsWith('.yaml'))
  .flatMap(([name, text]) =>
    parseAllDocuments(text, failsafe).flatMap((document, index) =>
      pathsIn(document.contents as YamlNode, []).map((path) => ({ name, text, index, path })),
    ),
  )

/** The same key says the same thing in all fields of a file: once is enough. */
const distinct = [
  ...new Map(removals.map((removal) => [`${removal.name} ${removal.index} ${removal.path.at(-1)}`, removal])).values(),
]

/** Said for the reader: what is written is what would hold without it. */
const sayDefaults = [/^botschema\.yaml stores$/, /^botschema\.yaml output$/, /^botschema\.yaml targets/]

describe('every key has an effect', () => {
  const whole = outcome({})

  test.each(Object.keys(files).filter((name) => name.endsWith('.yaml')))(
    '%s, written again, means the same',
    (name) => {
      const again = { [name]: without(files[name] ?? '', 0, []) }
      expect(outcome(again)).toBe(whole)
    },
  )

  test('taking it away changes the model or is a finding', () => {
    const needless = distinct
      .filter(({ name, text, index, path }) => outcome({ [name]: without(text, index, path) }) === whole)
      .map(({ name, path }) => `${name} ${path.join('.')}`)
      .filter((key) => !sayDefaults.some((pattern) => pattern.test(key)))
    expect(needless).toEqual([])
  }, 60_000)
})
