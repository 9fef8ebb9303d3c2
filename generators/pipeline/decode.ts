import type { Diagnostic } from '../kernel/diagnostic.js'
import { collect, type Result } from '../kernel/result.js'
import type { Source } from '../kernel/source.js'
import { decode, linkedInput, type UsedSources, ymlFile } from '../language/index.js'
import type { InputFile, Inputs, UsedInputs } from './inputs.js'
import { join } from './paths.js'

interface Texts {
  readonly definitions: readonly Source[]
  readonly pages: readonly Source[]
  readonly used: readonly UsedSources[]
}

/** A file as a source; one that is not UTF-8 has no text to go on with. */
export const decodeFile = (folder: string, file: InputFile): Result<Source> => {
  const path = join(folder, file.path)
  const decoded = decode(path, file.bytes)
  return 'text' in decoded
    ? { value: { path, text: decoded.text }, diagnostics: [] }
    : { value: { path, text: '' }, diagnostics: [decoded.diagnostic] }
}

/** The files of a folder as sources. `.yml` files are reported and left out. */
const decodeFiles = (folder: string, files: readonly InputFile[]): Result<readonly Source[]> => {
  const [old, read] = [
    files.filter(({ path }) => path.endsWith('.yml')),
    files.filter(({ path }) => !path.endsWith('.yml')),
  ]
  const decoded = read.map((file) => decodeFile(folder, file))
  return {
    value: decoded.flatMap(({ value, diagnostics }) => (diagnostics.length === 0 ? [value] : [])),
    diagnostics: [
      ...decoded.flatMap(({ diagnostics }) => diagnostics),
      ...old.map(({ path }) => ymlFile(join(folder, path))),
    ],
  }
}

const linkedIn = (folder: string, links: readonly string[]): readonly Diagnostic[] =>
  links.map((path) => linkedInput(join(folder, path)))

const decodeUsed = ({ folder, root, definitions, links, uses }: UsedInputs): Result<UsedSources> => {
  const [head, files] = [decodeFile(folder, root), decodeFiles(folder, definitions)]
  return {
    value: { name: folder, root: head.value, definitions: files.value, uses },
    diagnostics: [...head.diagnostics, ...files.diagnostics, ...linkedIn(folder, links)],
  }
}

/** The files of a set but botschema.yaml, and those of what it takes in, as sources. */
export const decodeInputs = (inputs: Inputs): Result<Texts> => {
  const definitions = decodeFiles(inputs.folder, inputs.definitions)
  const pages = decodeFiles(inputs.folder, inputs.pages)
  const used = collect(inputs.used.map(decodeUsed))
  return {
    value: { definitions: definitions.value, pages: pages.value, used: used.value },
    diagnostics: [
      ...definitions.diagnostics,
      ...pages.diagnostics,
      ...linkedIn(inputs.folder, inputs.links),
      ...used.diagnostics,
    ],
  }
}
