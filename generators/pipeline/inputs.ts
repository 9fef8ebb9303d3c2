import { sha256 } from '../kernel/hash.js'
import { compareText } from '../kernel/order.js'
import { hasOwnDefinitions, isOutputFolder, isSkippedFolder, rootFile } from './discover.js'
import { type Host, HostFailure } from './host.js'
import { join, migrationsBeside } from './paths.js'

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
  readonly links: readonly string[]
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
  /** The paths of symbolic links where files of the set or folders of them would be: they are not followed. */
  readonly links: readonly string[]
  readonly hash: string
}

const isInput = (name: string): boolean => /\.(?:ya?ml|md)$/.test(name)

interface FoundPath {
  readonly path: string
  readonly isLink: boolean
}

/** Whether a link that names no file of a set leads to a folder, which may hold some. */
const leadsToFolder = (host: Host, path: string): boolean => host.files.list(path).length > 0

/** The paths of a set's files: nothing below the output folder or among the plans, a nested set, `node_modules` or a dot-folder. */
const inputPaths = (host: Host, folder: string, output: string): readonly FoundPath[] => {
  const apart = [output, migrationsBeside(output)]
  const walk = (below: string): readonly FoundPath[] => {
    const entries = host.files.list(join(folder, below))
    if (below !== '' && (hasOwnDefinitions(entries) || isOutputFolder(entries))) return []
    return entries.flatMap(({ name, kind }) => {
      const path = below === '' ? name : `${below}/${name}`
      const isLink = kind === 'link'
      if (isInput(name) && kind !== 'folder') return isLink || kind === 'file' ? [{ path, isLink }] : []
      if (isSkippedFolder(name) || apart.includes(join(folder, path))) return []
      if (kind === 'folder') return walk(path)
      return isLink && leadsToFolder(host, join(folder, path)) ? [{ path, isLink }] : []
    })
  }
  return walk('')
}

const readInput = (host: Host, folder: string, path: string): InputFile => {
  const bytes = host.files.read(`${folder}/${path}`)
  if (bytes === null) throw new HostFailure(join(folder, path), 'it went away while it was read')
  return { path, bytes }
}

interface FolderFiles {
  readonly files: readonly InputFile[]
  readonly links: readonly string[]
}

/** The files of a folder's set but its head, in order of their paths, and the links among them, its head included. */
const readFiles = (host: Host, folder: string, head: string, output: string): FolderFiles => {
  const found = [...inputPaths(host, folder, output)].sort((a, b) => compareText(a.path, b.path))
  return {
    files: found
      .filter(({ path, isLink }) => path !== head && !isLink)
      .map(({ path }) => readInput(host, folder, path)),
    links: found.filter(({ isLink }) => isLink).map(({ path }) => path),
  }
}

const readUsed = (host: Host, used: UsedFolder): UsedInputs => {
  const { files, links } = readFiles(host, used.folder, used.head, used.base)
  const definitions = files.filter(({ path }) => !path.endsWith('.md'))
  return { ...used, root: readInput(host, used.folder, used.head), definitions, links }
}

const filesOfUsed = ({ folder, root, definitions }: UsedInputs): readonly InputFile[] =>
  [root, ...definitions].map(({ path, bytes }) => ({ path: join(folder, path), bytes }))

const hashOfInputs = (files: readonly InputFile[], links: readonly string[]): string =>
  sha256(
    [...files.map(({ path, bytes }) => `${path}\u0000${sha256(bytes)}\n`), ...links.map((path) => `${path}\n`)].join(
      '',
    ),
  )

export const readRoot = (host: Host, folder: string): InputFile => readInput(host, folder, rootFile)

/** Reads a set with all that it takes in; `output` is the folder that its outputs go below, which holds no input. */
export const readInputs = (
  host: Host,
  folder: string,
  root: InputFile,
  output: string,
  taken: readonly UsedFolder[],
): Inputs => {
  const { files, links } = readFiles(host, folder, rootFile, output)
  const used = taken.map((one) => readUsed(host, one))
  const linked = used.flatMap((one) => one.links.map((path) => join(one.folder, path)))
  return {
    folder,
    root,
    definitions: files.filter(({ path }) => !path.endsWith('.md')),
    pages: files.filter(({ path }) => path.endsWith('.md')),
    used,
    links,
    hash: hashOfInputs([root, ...files, ...used.flatMap(filesOfUsed)], [...links, ...linked]),
  }
}
