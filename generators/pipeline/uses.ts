import { type Diagnostic, report } from '../kernel/diagnostic.js'
import { nearest } from '../kernel/nearest.js'
import { compareText } from '../kernel/order.js'
import type { Result } from '../kernel/result.js'
import { libraryPrefix, type Source } from '../kernel/source.js'
import { linkedInput, readOutputFolder, readUses, type Use } from '../language/index.js'
import { decodeFile } from './decode.js'
import { moduleFile, rootFile } from './discover.js'
import type { Host } from './host.js'
import type { UsedFolder } from './inputs.js'
import { join } from './paths.js'
import { isReadable } from './project.js'

/** Where an entry of `use:` leads: a module of the library, or a folder as seen from the current one. */
const folderOf = (folder: string, { text }: Use): string =>
  text.startsWith(libraryPrefix) ? text : join(folder, text).replace(/\/$/, '')

interface Head {
  readonly name: string
  readonly source: Source
}

const headOf = (host: Host, folder: string): Head | Diagnostic | null => {
  for (const name of [moduleFile, rootFile]) {
    const path = join(folder, name)
    if (host.files.kindOf(path) === 'link') return linkedInput(path)
    const bytes = host.files.read(path)
    if (bytes !== null) return { name, source: decodeFile(folder, { path: name, bytes }).value }
  }
  return null
}

const unknownModule = (host: Host, { text, at }: Use): Diagnostic => {
  const modules = host.files.list(libraryPrefix).map(({ name }) => `${libraryPrefix}${name}`)
  const near = text.startsWith(libraryPrefix) ? nearest(text, modules.sort(compareText)) : null
  return report('unknown-module', at, { name: text, nearest: near })
}

const repeatedUses = (uses: readonly Use[]): readonly Diagnostic[] =>
  uses.flatMap((use, index) => {
    const first = uses.find(({ text }) => text === use.text)
    if (first === undefined || uses.indexOf(first) === index) return []
    return [report('use-repeated', use.at, { name: use.text }, [{ message: 'first taken in here', at: first.at }])]
  })

/**
 * All that a set takes in, directly or not: each folder once, after all that it takes in itself. Of what cannot be
 * found, or leads in a circle, the diagnostics tell.
 */
export const findUsed = (host: Host, folder: string, root: Source): Result<readonly UsedFolder[]> => {
  const found = new Map<string, UsedFolder>()
  const diagnostics: Diagnostic[] = []

  const follow = (path: readonly string[], from: string, source: Source): readonly string[] => {
    const uses = readUses(source)
    diagnostics.push(...repeatedUses(uses))
    const reached = uses.flatMap((use) => visit(path, from, use))
    return [...new Set(reached.flatMap((one) => [...one.uses, one.folder]))]
  }

  /** What stands in a folder that is taken in, or null with the reason among the diagnostics. */
  const find = (path: readonly string[], to: string, use: Use): Head | null => {
    const refuse = (diagnostic: Diagnostic): null => {
      diagnostics.push(diagnostic)
      return null
    }
    if (path.includes(to))
      return refuse(report('use-circle', use.at, { path: [...path.slice(path.indexOf(to)), to].join(' → ') }))
    if (!isReadable(host, folder, to)) return refuse(report('use-outside', use.at, { name: use.text, folder: to }))
    const head = headOf(host, to)
    if (head === null) return refuse(unknownModule(host, use))
    return 'code' in head ? refuse(head) : head
  }

  const visit = (path: readonly string[], from: string, use: Use): readonly UsedFolder[] => {
    const to = folderOf(from, use)
    const known = found.get(to)
    if (known !== undefined) return [known]
    const head = find(path, to, use)
    if (head === null) return []
    const uses = follow([...path, to], to, head.source)
    const base = join(to, readOutputFolder(head.source) ?? 'output')
    const one: UsedFolder = { folder: to, head: head.name, base, uses }
    found.set(to, one)
    return [one]
  }

  follow([folder], folder, root)
  return { value: [...found.values()], diagnostics }
}

/** The folders of other sets and modules that a set takes in, the library's left out: changes in them are changes of the set. */
export const foldersUsed = (host: Host, folder: string): readonly string[] => {
  const path = join(folder, rootFile)
  const bytes = host.files.kindOf(path) === 'file' ? host.files.read(path) : null
  if (bytes === null) return []
  const root = decodeFile(folder, { path: rootFile, bytes }).value
  return findUsed(host, folder, root).value.flatMap((used) =>
    used.folder.startsWith(libraryPrefix) ? [] : [used.folder],
  )
}
