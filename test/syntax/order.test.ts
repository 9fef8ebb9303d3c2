import { describe, expect, test } from 'vitest'
import { isMap, isScalar, type Node, type Pair, YAMLMap } from 'yaml'
import { type GeneratedFile, generateFiles } from '../../generators/index.js'
import { compileTexts } from '../support/compile.js'
import { isYaml, parseDocuments, printDocuments, readFixture, reprinted, type SetTexts } from './set-texts.js'

const sets = ['everything', 'everything-else']

const emitted = async (texts: SetTexts): Promise<readonly GeneratedFile[]> => {
  const { value, diagnostics } = compileTexts(texts)
  expect(diagnostics).toEqual([])
  if (value === null) throw new Error('the set is not whole')
  const files = await generateFiles(value.set)
  expect(files.diagnostics).toEqual([])
  return files.value
}

const isDefinitions = (file: string): boolean => isYaml(file) && file !== 'botschema.yaml'

const definitionTexts = (texts: SetTexts): readonly string[] =>
  Object.entries(texts)
    .filter(([file]) => isDefinitions(file))
    .flatMap(([, text]) => parseDocuments(text).map((document) => printDocuments([document])))

const others = (texts: SetTexts): SetTexts =>
  Object.fromEntries(Object.entries(texts).filter(([file]) => !isDefinitions(file)))

const inOneFile = (texts: SetTexts): SetTexts => ({
  ...others(texts),
  'all.yaml': [...definitionTexts(texts)].reverse().join('---\n'),
})

const inOwnFiles = (texts: SetTexts): SetTexts => ({
  ...others(texts),
  ...Object.fromEntries(definitionTexts(texts).map((text, index) => [`deep/down/${90 - index}.yaml`, text])),
})

const renamed = (texts: SetTexts): SetTexts =>
  Object.fromEntries(
    Object.entries(texts)
      .reverse()
      .map(([file, text]) => [isDefinitions(file) ? `zz/${[...file].reverse().join('')}.yaml` : file, text]),
  )

/** Keys under which the user's own order is meant: fields, values of enums, groups and the like are told in that order. */
const ordered = new Set([
  'fields',
  'values',
  'groups',
  'actors',
  'queries',
  'lists',
  'checks',
  'access',
  'params',
  'columns',
  'bands',
])
/** Values of the user's own: their order is theirs. */
const own = new Set(['default', 'examples', 'seed', 'mongo', 'set', 'erase', 'sum', 'min', 'max'])

const nameOf = (pair: Pair): string => String(isScalar(pair.key) ? pair.key.value : pair.key)

/** Turns the keys of the syntax round, but for the first of a definition, which names its kind. */
const turn = (node: Node | null, isNames: boolean, keepsFirst: boolean): void => {
  if (node instanceof YAMLMap && isMap(node)) {
    for (const pair of node.items) {
      if (!isNames && own.has(nameOf(pair))) continue
      turn(pair.value as Node | null, !isNames && ordered.has(nameOf(pair)), false)
    }
    if (isNames) return
    const head = keepsFirst ? node.items.slice(0, 1) : []
    node.items = [...head, ...node.items.slice(head.length).reverse()]
  } else if (node !== null && 'items' in node) {
    for (const item of node.items as readonly Node[]) turn(item, false, false)
  }
}

const withTurnedKeys = (texts: SetTexts): SetTexts =>
  Object.fromEntries(
    Object.entries(texts).map(([file, text]) => {
      if (!isYaml(file)) return [file, text]
      const documents = parseDocuments(text)
      for (const document of documents) turn(document.contents, false, true)
      return [file, printDocuments(documents)]
    }),
  )

describe.each(sets)('what is emitted of %s is the same', (name) => {
  const texts = reprinted(readFixture(name))

  test.each<[string, (texts: SetTexts) => SetTexts]>([
    ['with all definitions in one file, the last first', inOneFile],
    ['with each definition in a file of its own, in other folders', inOwnFiles],
    ['with files renamed and found in another order', renamed],
    ['with the keys of the syntax in another order', withTurnedKeys],
    ['as the files stand, comments and layout included', () => readFixture(name)],
  ])('%s', async (_, change) => {
    const changed = change(texts)
    expect(changed).not.toEqual(texts)
    expect(await emitted(changed)).toEqual(await emitted(texts))
  })
})
