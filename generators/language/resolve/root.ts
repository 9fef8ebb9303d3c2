import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { sentenceCase } from '../../kernel/identifiers.js'
import { nearest } from '../../kernel/nearest.js'
import type { Source } from '../../kernel/source.js'
import { type Page, type SchemaSet, stores } from '../../model/index.js'
import { type ValidatorMode, validatorModes } from '../../model/words.js'
import type { Mapping, Scalar } from '../load/node.js'
import { enforceAt, storesIn } from './parts.js'
import { entriesAt, mappingAt, nodeAtKey, scalarAt, scalarsIn, textAt, textsAt, wordAt } from './read.js'
import type { SetDefaults } from './scope.js'
import { resolveTargets } from './targets.js'

type Root = Pick<
  SchemaSet,
  'name' | 'title' | 'summary' | 'stores' | 'enforce' | 'targets' | 'groups' | 'pages' | 'actors' | 'gone' | 'origin'
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

/** What holds where a set says nothing. */
export const usualDefaults: SetDefaults = { stores, enforce: 'store', validators: 'strict' }

const validatorsOf = (root: Mapping): ValidatorMode | null => {
  const targets = mappingAt(root, 'targets')
  const mongoose = targets && mappingAt(targets, 'mongoose')
  return mongoose && wordAt(mongoose, 'validators', validatorModes)
}

/** What a set says for its entities; its stores are in their usual order. */
export const defaultsOf = (root: Mapping): SetDefaults => ({
  stores: storesIn(usualDefaults.stores, nodeAtKey(root, 'stores')),
  enforce: enforceAt(usualDefaults.enforce, root),
  validators: validatorsOf(root) ?? usualDefaults.validators,
})

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
  const { stores: kept, enforce } = defaultsOf(root)
  return {
    name: name.text,
    title: textAt(root, 'title') ?? sentenceCase(name.text),
    summary: textAt(root, 'summary'),
    stores: kept,
    enforce,
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
