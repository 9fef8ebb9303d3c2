import { libraryPrefix } from '../../kernel/source.js'
import { readUses } from '../../language/index.js'
import { decodeFile } from '../decode.js'
import { moduleFile } from '../discover.js'
import type { Host } from '../host.js'
import { join } from '../paths.js'
import { editorLine } from './editor.js'
import { ownFile, type PlannedFile } from './files.js'
import { libraryFolder } from './library.js'

/** Where the copy of a module goes in a set. */
export const copyFolder = (set: string, module: string): string => join(set, 'modules', module)

/** The head of a module that takes in copies, which lie beside it, where it took in modules of the library. */
const takingInCopies = (path: string, text: string): string =>
  readUses({ path, text })
    .filter((use) => use.text.startsWith(libraryPrefix))
    .sort((a, b) => b.at.start - a.at.start)
    .reduce(
      (head, { text: use, at }) =>
        `${head.slice(0, at.start)}../${use.slice(libraryPrefix.length)}${head.slice(at.end)}`,
      text,
    )

/** The files of a module as a module of the set's own: word for word, comments among them. */
export const copiedModule = (host: Host, set: string, module: string): readonly PlannedFile[] => {
  const [from, to] = [libraryFolder(module), copyFolder(set, module)]
  return host.files
    .list(from)
    .filter(({ name, kind }) => kind === 'file' && name.endsWith('.yaml'))
    .flatMap(({ name }) => {
      const bytes = host.files.read(join(from, name))
      if (bytes === null) return []
      const { path, text } = decodeFile(from, { path: name, bytes }).value
      return [ownFile(join(to, name), editorLine(to) + (name === moduleFile ? takingInCopies(path, text) : text))]
    })
}
