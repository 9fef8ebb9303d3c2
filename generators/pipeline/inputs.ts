import { sha256 } from '../kernel/hash.js'
import { isOutputFolder, isSetFolder, isSkippedFolder, rootFile } from './discover.js'
import { type Host, HostFailure } from './host.js'
import { compareNames, join } from './paths.js'

/** A file of a set as it was read; `path` is relative to the set's folder. */
export interface InputFile {
  readonly path: string
  readonly bytes: Uint8Array
}

/** Every file of a set that can play a part in what it means. `hash` covers their paths and bytes. */
export interface Inputs {
  readonly folder: string
  readonly root: InputFile
  /** `.yaml` files, and `.yml` files so that they can be reported. */
  readonly definitions: readonly InputFile[]
  /** `.md` files: the pages that the set may name. */
  readonly pages: readonly InputFile[]
  readonly hash: string
}

const isInput = (name: string): boolean => /\.(?:ya?ml|md)$/.test(name)

/** The paths of a set's files: nothing below the output folder, a nested set, `node_modules` or a dot-folder. */
const inputPaths = (host: Host, folder: string, output: string): readonly string[] => {
  const walk = (below: string): readonly string[] => {
    const entries = host.files.list(join(folder, below))
    if (below !== '' && (isSetFolder(entries) || isOutputFolder(entries))) return []
    return entries.flatMap(({ name, kind }) => {
      const path = below === '' ? name : `${below}/${name}`
      if (kind === 'folder') return isSkippedFolder(name) || join(folder, path) === output ? [] : walk(path)
      return kind === 'file' && isInput(name) ? [path] : []
    })
  }
  return walk('')
}

const readInput = (host: Host, folder: string, path: string): InputFile => {
  const bytes = host.files.read(`${folder}/${path}`)
  if (bytes === null) throw new HostFailure(join(folder, path), 'it went away while it was read')
  return { path, bytes }
}

const hashOfInputs = (files: readonly InputFile[]): string =>
  sha256(files.map(({ path, bytes }) => `${path}\u0000${sha256(bytes)}\n`).join(''))

export const readRoot = (host: Host, folder: string): InputFile => readInput(host, folder, rootFile)

/** Reads a set; `output` is the folder that its outputs go below, which holds no input. */
export const readInputs = (host: Host, folder: string, root: InputFile, output: string): Inputs => {
  const files = inputPaths(host, folder, output)
    .filter((path) => path !== rootFile)
    .sort(compareNames)
    .map((path) => readInput(host, folder, path))
  return {
    folder,
    root,
    definitions: files.filter(({ path }) => !path.endsWith('.md')),
    pages: files.filter(({ path }) => path.endsWith('.md')),
    hash: hashOfInputs([root, ...files]),
  }
}
