import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { wholeOf } from '../../kernel/source.js'
import type { EntryKind, Host } from '../host.js'
import { foldersAbove } from '../paths.js'
import type { PlannedFile } from './files.js'

/** What writing a file of the plan does: makes it, changes what stands there, or nothing. */
export type Change = 'write' | 'change' | 'keep'

/** A file of the plan beside what stood there when the plan was made. */
export interface PlannedChange extends PlannedFile {
  readonly change: Change
  /** Null: nothing. */
  readonly before: Uint8Array | null
}

const placeOf = (path: string) => wholeOf({ path, text: '' })

const inTheWay = (path: string, by: EntryKind): Diagnostic => report('file-in-the-way', placeOf(path), { by })

/** What stands where a folder of the path goes, or where the file goes. */
export const blockersOf = (host: Host, path: string): readonly Diagnostic[] => {
  const above = foldersAbove(path).flatMap((folder) => {
    const kind = host.files.kindOf(folder)
    return kind === null || kind === 'folder' ? [] : [inTheWay(folder, kind)]
  })
  if (above.length > 0) return above
  const kind = host.files.kindOf(path)
  return kind === null || kind === 'file' ? [] : [inTheWay(path, kind)]
}

/** Git may check a file out with other line ends than it was written with. */
const isSameText = (bytes: Uint8Array, text: string): boolean =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes).replaceAll('\r\n', '\n') === text.replaceAll('\r\n', '\n')

const changeOf = ({ text }: PlannedFile, before: Uint8Array | null): Change => {
  if (before === null) return 'write'
  return isSameText(before, text) ? 'keep' : 'change'
}

/** A file of the plan beside the disk, or why it must not be written. */
export const besideDisk = (
  host: Host,
  file: PlannedFile,
  force: boolean,
): PlannedChange | { readonly refused: readonly Diagnostic[] } => {
  const refused = blockersOf(host, file.path)
  if (refused.length > 0) return { refused }
  const before = host.files.read(file.path)
  const change = changeOf(file, before)
  if (change === 'change' && !file.isAddedTo && !force)
    return { refused: [report('file-there', placeOf(file.path), {})] }
  return { ...file, change, before }
}
