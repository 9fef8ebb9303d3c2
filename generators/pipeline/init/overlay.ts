import { compareText } from '../../kernel/order.js'
import type { Entry, Files, Host } from '../host.js'
import { isWithin, join, relativeTo } from '../paths.js'
import type { PlannedFile } from './files.js'

const plannedEntries = (planned: readonly PlannedFile[], folder: string): readonly Entry[] =>
  planned.flatMap(({ path }) => {
    if (!isWithin(folder, path)) return []
    const [name = '', ...rest] = relativeTo(folder, path).split('/')
    return [{ name, kind: rest.length === 0 ? 'file' : 'folder' }]
  })

const listOver = (files: Files, planned: readonly PlannedFile[], folder: string): readonly Entry[] => {
  const entries = [...files.list(folder), ...plannedEntries(planned, folder)]
  return [...new Map(entries.map((entry) => [entry.name, entry])).values()].sort((a, b) => compareText(a.name, b.name))
}

/** The world as it will be once the planned files are written; only for reading. */
export const withPlanned = (host: Host, planned: readonly PlannedFile[]): Host => {
  const texts = new Map(planned.map(({ path, text }) => [path, text]))
  const { files } = host
  return {
    ...host,
    files: {
      ...files,
      read: (path) => {
        const text = texts.get(join(path))
        return text === undefined ? files.read(path) : new TextEncoder().encode(text)
      },
      list: (folder) => listOver(files, planned, join(folder)),
      kindOf: (path) => {
        if (texts.has(join(path))) return 'file'
        return plannedEntries(planned, join(path)).length > 0 ? 'folder' : files.kindOf(path)
      },
    },
  }
}
