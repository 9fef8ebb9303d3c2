import { nearest } from '../kernel/nearest.js'
import { definitionKinds } from './shape/language.js'

/** What may stand before the first key of a document: an indicator of a list or a mapping, a quote, an anchor, a tag. */
const beforeKey = /^(?:[\s\-{[?"']|[&!]\S*\s)*/

const isContent = (line: string): boolean => !/^\s*(?:#.*)?$/.test(line) && !/^(?:%|\.\.\.)/.test(line)

/** The first word of each document of a file, read without a YAML parser: the file may be anything. */
export const firstWords = (text: string): readonly string[] =>
  text
    .replace(/^\uFEFF/, '')
    .split(/^---(?=\s|$)/m)
    .flatMap((document) => {
      const line = document.split(/\r?\n|\r/).find(isContent)
      return line === undefined ? [] : [/^\w*/.exec(line.replace(beforeKey, ''))?.[0] ?? '']
    })

/** The keys that a definition begins with. */
export const firstKeys: readonly string[] = [...definitionKinds, 'extend']

/** Whether a document with this first word is meant as a definition, be it misspelt. */
export const isFirstKey = (word: string): boolean => nearest(word, firstKeys) !== null
