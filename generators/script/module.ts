import { compareText } from '../kernel/order.js'
import { lineComment, stringLiteral } from '../kernel/safe/typescript.js'
import type { TypescriptOptions } from '../model/options.js'
import type { SchemaSet } from '../model/schema-set.js'
import { type Code, type Import, joined } from './code.js'
import { laidOut } from './layout.js'

/**
 * How emitted modules name each other: ES modules by the compiled file (`./ids.js`), CommonJS without an ending, and either
 * by the file itself (`./ids.ts`) where Node runs that; and where they have the runtime.
 */
export type ModuleKind = TypescriptOptions

/** How the modules of a set name each other. */
export const moduleKindOf = ({ targets }: SchemaSet): ModuleKind =>
  targets.typescript ?? { module: 'esm', imports: 'js', runtime: 'package' }

const runtimePrefix = 'package:@botschema/runtime/v1'

/** Where a part of the runtime is in the copy of its sources: `runtime/zod/index` for `@botschema/runtime/v1/zod`. */
const copiedModule = (module: string): string => `runtime${module.slice(runtimePrefix.length)}/index`

const importEnding = ({ imports, module }: ModuleKind): string => {
  if (imports === 'ts') return '.ts'
  return module === 'esm' ? '.js' : ''
}

/** The specifier that the module `from` (`zod/warning`) imports `to` (`typescript/ids`, `package:zod`) with. */
export const importSpecifier = (from: string, to: string, kind: ModuleKind): string => {
  if (to.startsWith(runtimePrefix) && kind.runtime === 'copied') return importSpecifier(from, copiedModule(to), kind)
  if (to.startsWith('package:')) return to.slice('package:'.length)
  const here = from.split('/').slice(0, -1)
  const there = to.split('/')
  const shared = here.findIndex((folder, index) => there[index] !== folder)
  const common = shared === -1 ? here.length : shared
  const up = '../'.repeat(here.length - common) || './'
  return `${up}${there.slice(common).join('/')}${importEnding(kind)}`
}

const fits = 120

/** Names of another module after `import`, `import type` or `export`: on one line, or a line each where that is too long. */
export const namesOf = (keyword: string, names: readonly string[], specifier: string): string => {
  const line = `${keyword} { ${names.join(', ')} } from ${stringLiteral(specifier)}`
  if (line.length <= fits) return line
  return `${keyword} {\n${names.map((name) => `  ${name},\n`).join('')}} from ${stringLiteral(specifier)}`
}

/** The names that a module takes from another, each with whether all that it is taken for is a type. */
type Names = ReadonlyMap<string, boolean>

const isNamespace = (name: string): boolean => name.startsWith('* as ')

const namedImports = (names: readonly string[], of: Names, specifier: string): string => {
  if (names.every((name) => of.get(name))) return namesOf('import type', names, specifier)
  return namesOf(
    'import',
    names.map((name) => (of.get(name) ? `type ${name}` : name)),
    specifier,
  )
}

/** The imports of one module: all names in one statement, `import type` when every one is a type; `* as name` by itself. */
const importsOf = (names: Names, specifier: string): readonly string[] => {
  const whole = [...names]
    .filter(([name]) => isNamespace(name))
    .map(([name, typeOnly]) => `import ${typeOnly ? 'type ' : ''}${name} from ${stringLiteral(specifier)}`)
  const named = [...names.keys()].filter((name) => !isNamespace(name)).sort(compareText)
  return named.length === 0 ? whole : [...whole, namedImports(named, names, specifier)]
}

/** By module. A module's own names are no imports. */
const namesByModule = (path: string, imports: readonly Import[]): ReadonlyMap<string, Names> => {
  const modules = new Map<string, Map<string, boolean>>()
  for (const { module, name: own, typeOnly, isNamespace: isWhole } of imports) {
    if (module === path) continue
    const names = modules.get(module) ?? new Map<string, boolean>()
    const name = isWhole === true ? `* as ${own}` : own
    names.set(name, typeOnly && names.get(name) !== false)
    modules.set(module, names)
  }
  return modules
}

/** Packages first, then by specifier; each name once. */
export const importLines = (path: string, imports: readonly Import[], kind: ModuleKind): readonly string[] => {
  const specified = [...namesByModule(path, imports)].map(([module, names]) => {
    const specifier = importSpecifier(path, module, kind)
    return { names, specifier, rank: `${module.startsWith('package:') ? 0 : 1}${specifier}` }
  })
  return specified
    .sort((a, b) => compareText(a.rank, b.rank))
    .flatMap(({ names, specifier }) => importsOf(names, specifier))
}

/**
 * The text of a module: the header as a comment, the imports of its body, then the body's declarations with an empty
 * line between them. `path` is the module's own, below the output folder and without its ending (`zod/warning`).
 */
export const moduleText = (module: {
  readonly path: string
  readonly kind: ModuleKind
  readonly header: string
  readonly body: readonly Code[]
}): string => {
  const { text, imports } = joined(module.body, '\n\n')
  const lines = importLines(module.path, imports, module.kind)
  return `${[lineComment(module.header), ...(lines.length === 0 ? [] : [lines.join('\n')]), laidOut(text)].join('\n\n')}\n`
}
