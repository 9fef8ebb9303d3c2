import { sha256 } from '../kernel/hash.js'
import { compareText } from '../kernel/order.js'
import { targetIds } from '../model/options.js'
import { isSafeOutputPath } from './paths.js'

export const manifestFile = 'manifest.json'

/** The facts of a set, beside its manifest. */
export const modelFile = 'model.json'

/** A file that the set makes: the SHA-256 of its bytes, and the names of the definitions it came from. */
export interface ManifestEntry {
  readonly path: string
  readonly hash: string
  readonly definitions: readonly string[]
}

const entryLine = ({ definitions, hash, path }: ManifestEntry): string => {
  const names = definitions.map((name) => JSON.stringify(name)).join(', ')
  return `    ${JSON.stringify(path)}: { "hash": ${JSON.stringify(hash)}, "definitions": [${names}] }`
}

const linesOf = (set: string, entries: readonly ManifestEntry[]): string =>
  [
    `  "set": ${JSON.stringify(set)},`,
    '  "files": {',
    [...entries]
      .sort((a, b) => compareText(a.path, b.path))
      .map(entryLine)
      .join(',\n'),
    '  }',
  ].join('\n')

/**
 * The manifest of a set's output folder: a line a file, so that changes read and merge well. Its last line is the hash
 * of those above it: a manifest changed by hand, or merged wrongly, vouches for nothing.
 */
export const printManifest = (set: string, entries: readonly ManifestEntry[]): string => {
  const body = linesOf(set, entries)
  return `{\n${body},\n  "hash": ${JSON.stringify(sha256(body))}\n}\n`
}

/** Whether botschema may make a file of this path: each target has a folder of its own. Another is nothing that a manifest names. */
const isOutput = (path: string): boolean =>
  path === modelFile || (isSafeOutputPath(path) && targetIds.some((target) => path.startsWith(`${target}/`)))

const form = /^\{\n([\s\S]*),\n {2}"hash": "([0-9a-f]{64})"\n\}\n$/

const parseFiles = (body: string): ReadonlyMap<string, string> => {
  const { files } = JSON.parse(`{${body}}`) as {
    readonly files: { readonly [path: string]: { readonly hash: string } }
  }
  const entries = Object.entries(files)
    .filter(([path]) => isOutput(path))
    .map(([path, { hash }]): [string, string] => [path, hash])
  return new Map(entries)
}

/** The hash of each file that botschema vouches for, or null when the text is not a manifest as botschema wrote it. */
export const readManifest = (text: string): ReadonlyMap<string, string> | null => {
  const [, body, hash] = form.exec(text) ?? []
  if (body === undefined || sha256(body) !== hash) return null
  try {
    return parseFiles(body)
  } catch {
    return null
  }
}
