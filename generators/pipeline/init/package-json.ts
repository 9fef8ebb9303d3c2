import {
  applyEdits,
  type FormattingOptions,
  findNodeAtLocation,
  getNodeValue,
  type ModificationOptions,
  modify,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser'
import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import type { Result } from '../../kernel/result.js'
import { type Source, span } from '../../kernel/source.js'
import { decode } from '../../language/index.js'
import type { ModuleSystem } from '../../model/options.js'
import type { Host } from '../host.js'

export const packageFile = 'package.json'

const byteOrderMark = '\uFEFF'

/** The package.json of a project, as it was read. */
export interface PackageJson {
  /** Without a byte order mark, which JSON has no place for and some editors write. */
  readonly source: Source
  readonly mark: '' | typeof byteOrderMark
  readonly root: Node
}

/** What package.json is to hold. Versions are ranges, as npm writes them. */
export interface Additions {
  readonly scripts: Readonly<Record<string, string>>
  readonly dependencies: Readonly<Record<string, string>>
  readonly devDependencies: Readonly<Record<string, string>>
}

const sections = ['scripts', 'dependencies', 'devDependencies'] as const
const dependencySections = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'] as const

const strict = { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false } as const

const unreadable = (source: Source, start: number, end: number, problem: string): Diagnostic =>
  report('package-json-unreadable', span(source, start, end), { problem })

const unreadableSections = ({ source, root }: PackageJson): readonly Diagnostic[] =>
  sections.flatMap((section) => {
    const node = findNodeAtLocation(root, [section])
    if (node === undefined || node.type === 'object') return []
    return [unreadable(source, node.offset, node.offset + node.length, `\`${section}\` is no object`)]
  })

const parsed = (text: string): Result<PackageJson | null> => {
  const mark = text.startsWith(byteOrderMark) ? byteOrderMark : ''
  const source = { path: packageFile, text: text.slice(mark.length) }
  const errors: ParseError[] = []
  const root = parseTree(source.text, errors, strict)
  const [first] = errors
  if (first !== undefined) {
    const problem = printParseErrorCode(first.error).replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
    const found = unreadable(source, first.offset, first.offset + first.length, problem.toLowerCase())
    return { value: null, diagnostics: [found] }
  }
  if (root?.type !== 'object') return { value: null, diagnostics: [unreadable(source, 0, 0, 'it is no object')] }
  const read: PackageJson = { source, mark, root }
  const diagnostics = unreadableSections(read)
  return { value: diagnostics.length === 0 ? read : null, diagnostics }
}

/** The package.json that the project of a name gets when it has none. */
const newPackageJson = (name: string, module: ModuleSystem): string =>
  `${JSON.stringify({ name, private: true, type: module === 'esm' ? 'module' : 'commonjs' }, null, 2)}\n`

/** The package.json of the current folder, or the one that it is to get; null where it cannot be read. */
export const readPackageJson = (host: Host, name: string, module: ModuleSystem): Result<PackageJson | null> => {
  const bytes = host.files.read(packageFile)
  if (bytes === null) return parsed(newPackageJson(name, module))
  const decoded = decode(packageFile, bytes)
  if ('diagnostic' in decoded) return { value: null, diagnostics: [decoded.diagnostic] }
  return parsed(decoded.text)
}

/** What Node takes the project's `.js` files for. */
export const moduleKindOf = ({ root }: PackageJson): ModuleSystem => {
  const type = findNodeAtLocation(root, ['type'])
  return type !== undefined && getNodeValue(type) === 'module' ? 'esm' : 'cjs'
}

const isThere = ({ root }: PackageJson, name: string): boolean =>
  dependencySections.some((section) => findNodeAtLocation(root, [section, name]) !== undefined)

const formattingOf = (text: string): FormattingOptions => {
  const indent = /^[ \t]+(?=")/m.exec(text)?.[0] ?? '  '
  return {
    insertSpaces: !indent.startsWith('\t'),
    tabSize: indent.startsWith('\t') ? 1 : indent.length,
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  }
}

interface Edit {
  readonly section: (typeof sections)[number]
  readonly name: string
  readonly value: string
}

const changed = (text: string, path: readonly string[], value: unknown, options: ModificationOptions): string =>
  applyEdits(text, modify(text, [...path], value, options))

/** Scripts go last, where people look for what is new; npm keeps dependencies in order of their names. */
const edited = (text: string, { section, name, value }: Edit, formattingOptions: FormattingOptions): string => {
  const root = parseTree(text)
  const isNew = root === undefined || findNodeAtLocation(root, [section]) === undefined
  if (isNew) return changed(text, [section], { [name]: value }, { formattingOptions })
  const getInsertionIndex = (properties: readonly string[]): number =>
    section === 'scripts' ? properties.length : properties.filter((property) => property < name).length
  return changed(text, [section, name], value, { formattingOptions, getInsertionIndex })
}

const scriptEdits = (
  { source, root }: PackageJson,
  { scripts }: Additions,
  force: boolean,
): Result<readonly Edit[]> => {
  const edits: Edit[] = []
  const diagnostics: Diagnostic[] = []
  for (const [name, wanted] of Object.entries(scripts)) {
    const node = findNodeAtLocation(root, ['scripts', name])
    if (node !== undefined && getNodeValue(node) === wanted) continue
    if (node === undefined || force) edits.push({ section: 'scripts', name, value: wanted })
    else {
      const at = span(source, node.offset, node.offset + node.length)
      diagnostics.push(report('script-taken', at, { name, wanted }))
    }
  }
  return { value: edits, diagnostics }
}

/** A dependency that the project has in whatever version stays as it is: which one is the project's to say. */
const dependencyEdits = (read: PackageJson, additions: Additions): readonly Edit[] =>
  (['dependencies', 'devDependencies'] as const).flatMap((section) =>
    Object.entries(additions[section]).flatMap(([name, value]) =>
      isThere(read, name) ? [] : [{ section, name, value }],
    ),
  )

/** The text of package.json with what it lacks, everything else as it stood: order, indentation, line ends. */
export const withAdditions = (read: PackageJson, additions: Additions, force: boolean): Result<string> => {
  const scripts = scriptEdits(read, additions, force)
  const formatting = formattingOf(read.source.text)
  const edits = [...scripts.value, ...dependencyEdits(read, additions)]
  const text = edits.reduce((before, edit) => edited(before, edit, formatting), read.source.text)
  return { value: read.mark + text, diagnostics: scripts.diagnostics }
}
