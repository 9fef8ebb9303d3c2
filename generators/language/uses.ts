import type { Source, Span } from '../kernel/source.js'
import { loadFile } from './load/index.js'
import { nodeAtKey, scalarsIn, textAt } from './resolve/read.js'
import { usePattern } from './shape/set.js'

/** An entry of `use:`: `botschema:guilds`, or a folder relative to that of the set. */
export interface Use {
  readonly text: string
  readonly at: Span
}

/** What a botschema.yaml or module.yaml takes in; an entry of another form is the shape's finding. */
export const readUses = (root: Source): readonly Use[] => {
  const [document] = loadFile(root).documents
  const uses = document === undefined ? [] : scalarsIn(nodeAtKey(document.root, 'use'))
  return uses.filter(({ text }) => new RegExp(usePattern, 'u').test(text)).map(({ text, at }) => ({ text, at }))
}

/** What a botschema.yaml or module.yaml says it holds, in a sentence or two. */
export const readSummary = (root: Source): string | null => {
  const [document] = loadFile(root).documents
  return document === undefined ? null : textAt(document.root, 'summary')
}
