import { sha256 } from '../kernel/hash.js'
import { hasOwnDefinitions, isOutputFolder, isSkippedFolder, rootFile } from './discover.js'
import { type Host, HostFailure } from './host.js'
import { compareNames, join } from './paths.js'

/** A file of a set as it was read; `path` is relative to the set's folder. */
export interface InputFile {
  readonly path: string
  readonly bytes: Uint8Array
}

/** A set or module that a set takes in. */
export interface UsedFolder {
  /** Relative to the current folder, or `botschema:guilds`. */
  readonly folder: string
  /** The name of its head: botschema.yaml or module.yaml. */
  readonly head: string
  /** The folder that its own outputs go below. */
  readonly base: string
  /** The folders of all that it takes in, directly or not. */
  readonly uses: readonly string[]
}

export interface UsedInputs extends UsedFolder {
  readonly root: InputFile
  readonly definitions: readonly InputFile[]
}

/** Every file of a set that can play a part in what it means. `hash` covers their paths and bytes. */
export interface Inputs {
  readonly folder: string
  readonly root: InputFile
  /** `.yaml` files, and `.yml` files so that they can be reported. */
  readonly definitions: readonly InputFile[]
  /** `.md` files: the pages that the set may name. */
  readonly pages: readonly InputFile[]
  /** What it takes in, directly or not, each after all that it takes in itself. */
  readonly used: readonly UsedInputs[]
  readonly hash: string
}

const isInput = (name: string): boolean => /\.(?:ya?ml|md)$/.test(name)

/** The paths of a set's files: nothing below the output folder, a nested set, `node_modules` or a dot-folder. */
const inputPaths = (host: Host, folder: string, output: string): readonly string[] => {
  const walk = (below: string): readonly string[] => {
    const entries = host.files.list(join(folder, below))
    if (below !== '' && (hasOwnDefinitions(entries) || isOutputFolder(entries))) return []
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

/** The files of a folder's set but its head, in order of their paths. */
const readFiles = (host: Host, folder: string, head: string, output: string): readonly InputFile[] =>
  inputPaths(host, folder, output)
    .filter((path) => path !== head)
    .sort(compareNames)
    .map((path) => readInput(host, folder, path))

const readUsed = (host: Host, used: UsedFolder): UsedInputs => ({
  ...used,
  root: readInput(host, used.folder, used.head),
  definitions: readFiles(host, used.folder, used.head, used.base).filter(({ path }) => !path.endsWith('.md')),
})

const filesOfUsed = ({ folder, root, definitions }: UsedInputs): readonly InputFile[] =>
  [root, ...definitions].map(({ path, bytes }) => ({ path: join(folder, path), bytes }))

const hashOfInputs = (files: readonly InputFile[]): string =>
  sha256(files.map(({ path, bytes }) => `${path}\u0000${sha256(bytes)}\n`).join(''))

export const readRoot = (host: Host, folder: string): InputFile => readInput(host, folder, rootFile)

/** Reads a set with all that it takes in; `output` is the folder that its outputs go below, which holds no input. */
export const readInputs = (
  host: Host,
  folder: string,
  root: InputFile,
  output: string,
  taken: readonly UsedFolder[],
): Inputs => {
  const files = readFiles(host, folder, rootFile, output)
  const used = taken.map((one) => readUsed(host, one))
  return {
    folder,
    root,
    definitions: files.filter(({ path }) => !path.endsWith('.md')),
    pages: files.filter(({ path }) => path.endsWith('.md')),
    used,
    hash: hashOfInputs([root, ...files, ...used.flatMap(filesOfUsed)]),
  }
}
