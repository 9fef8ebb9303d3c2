import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Document, isMap, parseAllDocuments, type Scalar } from 'yaml'
import { documentShapes } from '../../generators/language/shape/language.js'
import { type Use, usesIn } from './walk.js'

/** The files of a set: name to text. */
export type SetTexts = Readonly<Record<string, string>>

const fixtures = join(dirname(fileURLToPath(import.meta.url)), '..', 'fixtures')

/** A fixture set with the modules below it, as its files stand. */
export const readFixture = (name: string): SetTexts => {
  const folder = join(fixtures, name)
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.\w+$/.test(file))
    .sort()
  return Object.fromEntries(files.map((file) => [file, readFileSync(join(folder, file), 'utf8')]))
}

/** Every scalar stays the text it was written as. */
export const parseDocuments = (text: string): readonly Document.Parsed[] => {
  const documents = parseAllDocuments(text, { schema: 'failsafe' })
  return Array.isArray(documents) ? documents : []
}

export const printDocuments = (documents: readonly Document.Parsed[]): string =>
  documents.map((document) => document.toString({ lineWidth: 0 }).replace(/^---\n/, '')).join('---\n')

export const isYaml = (file: string): boolean => file.endsWith('.yaml')

/** The files as the YAML library prints them, so that a change of one node changes nothing else. */
export const reprinted = (texts: SetTexts): SetTexts =>
  Object.fromEntries(
    Object.entries(texts).map(([file, text]) => [file, isYaml(file) ? printDocuments(parseDocuments(text)) : text]),
  )

const kindOf = (file: string, document: Document.Parsed): keyof typeof documentShapes => {
  if (file === 'botschema.yaml') return 'set'
  const first = isMap(document.contents) ? (document.contents.items[0]?.key as Scalar | undefined) : undefined
  const kind = String(first?.value)
  if (!Object.hasOwn(documentShapes, kind)) throw new Error(`${file} defines ${kind}`)
  return kind as keyof typeof documentShapes
}

/** Something that a set says: in which file, and in which document of it. */
export interface PlacedUse extends Use {
  readonly file: string
  readonly document: number
}

export const usesInSet = (texts: SetTexts): readonly PlacedUse[] =>
  Object.entries(texts)
    .filter(([file]) => isYaml(file))
    .flatMap(([file, text]) =>
      parseDocuments(text).flatMap((parsed, document) =>
        parsed.contents === null
          ? []
          : usesIn(parsed.contents, kindOf(file, parsed)).map((use) => ({ ...use, file, document })),
      ),
    )
