import type { Diagnostic } from '../kernel/diagnostic.js'
import type { Result } from '../kernel/result.js'
import type { Source } from '../kernel/source.js'
import { decode, ymlFile } from '../language/index.js'
import type { InputFile, Inputs } from './inputs.js'
import { join } from './paths.js'

interface Texts {
  readonly definitions: readonly Source[]
  readonly pages: readonly Source[]
}

/** A file as a source; one that is not UTF-8 has no text to go on with. */
export const decodeFile = (folder: string, file: InputFile): Result<Source> => {
  const path = join(folder, file.path)
  const decoded = decode(path, file.bytes)
  return 'text' in decoded
    ? { value: { path, text: decoded.text }, diagnostics: [] }
    : { value: { path, text: '' }, diagnostics: [decoded.diagnostic] }
}

/** The files of a set but botschema.yaml, as sources. `.yml` files are reported and left out. */
export const decodeInputs = ({ folder, definitions, pages }: Inputs): Result<Texts> => {
  const diagnostics: Diagnostic[] = []
  const sources = (files: readonly InputFile[]): readonly Source[] =>
    files.flatMap((file) => {
      const { value, diagnostics: found } = decodeFile(folder, file)
      diagnostics.push(...found)
      return found.length === 0 ? [value] : []
    })
  diagnostics.push(
    ...definitions.filter(({ path }) => path.endsWith('.yml')).map(({ path }) => ymlFile(join(folder, path))),
  )
  const value = {
    definitions: sources(definitions.filter(({ path }) => path.endsWith('.yaml'))),
    pages: sources(pages),
  }
  return { value, diagnostics }
}
