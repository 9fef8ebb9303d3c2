import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { sentenceCase } from '../../kernel/identifiers.js'
import { nearest } from '../../kernel/nearest.js'
import type { Source } from '../../kernel/source.js'
import { type Page, type SchemaSet, type Store, stores } from '../../model/index.js'
import type { Mapping, Scalar } from '../load/node.js'
import { storesIn } from './parts.js'
import { entriesAt, nodeAtKey, scalarAt, scalarsIn, textAt, textsAt } from './read.js'
import { resolveTargets } from './targets.js'

type Root = Pick<
  SchemaSet,
  'name' | 'title' | 'summary' | 'stores' | 'targets' | 'groups' | 'pages' | 'actors' | 'gone' | 'origin'
>

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1)

/** A page as every system keeps it: with line ends of Unix, the last one too, and no byte order mark. */
const pageText = (text: string): string => {
  const plain = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n')
  return plain === '' || plain.endsWith('\n') ? plain : `${plain}\n`
}

const pageOf = (
  name: Scalar,
  folder: string,
  pages: readonly Source[],
  found: (diagnostic: Diagnostic) => void,
): readonly Page[] => {
  const path = name.text.replace(/^\.\//, '')
  const page = pages.find((source) => source.path === `${folder}${path}`)
  if (page !== undefined && /[\\:]/.test(path)) {
    const form = 'without `\\` and `:`, which mean a folder or a disk on Windows'
    found(report('invalid-name', name.at, { name: path, what: 'a page', form }))
    return []
  }
  if (page !== undefined) return [{ path, text: pageText(page.text), origin: name.at }]
  const known = pages.map((source) => source.path.slice(folder.length))
  found(report('unknown-page', name.at, { path: name.text, nearest: nearest(path, known) }))
  return []
}

/** The stores of a set, in their usual order; both when none is named. */
export const storesOf = (root: Mapping): readonly Store[] => storesIn(stores, nodeAtKey(root, 'stores'))

const titledOf = (root: Mapping, key: 'groups' | 'actors') =>
  entriesAt(root, key).flatMap((entry) =>
    entry.value.kind === 'scalar'
      ? [{ name: entry.key.text, text: entry.value.text.trimEnd(), origin: entry.key.at }]
      : [],
  )

/** What botschema.yaml says. Null when not even the set's name can be read, which the shape reported. */
export const resolveRoot = (
  source: Source,
  root: Mapping,
  pages: readonly Source[],
  found: (diagnostic: Diagnostic) => void,
): Root | null => {
  const name = scalarAt(root, 'name')
  if (name === null) return null
  const kept = storesOf(root)
  return {
    name: name.text,
    title: textAt(root, 'title') ?? sentenceCase(name.text),
    summary: textAt(root, 'summary'),
    stores: kept,
    targets: resolveTargets(root, kept, found),
    groups: titledOf(root, 'groups').map((group) => ({ name: group.name, title: group.text, origin: group.origin })),
    pages: scalarsIn(nodeAtKey(root, 'pages')).flatMap((page) => pageOf(page, folderOf(source.path), pages, found)),
    actors: titledOf(root, 'actors').map((actor) => ({ name: actor.name, summary: actor.text, origin: actor.origin })),
    gone: textsAt(root, 'gone'),
    origin: name.at,
  }
}

/** The folder of a set's outputs, relative to its own. */
export const outputOf = (root: Mapping): string => textAt(root, 'output') ?? 'output'
