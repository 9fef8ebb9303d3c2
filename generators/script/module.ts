import { compareText } from '../kernel/order.js'
import { lineComment, stringLiteral } from '../kernel/safe/typescript.js'
import { type Code, type Import, joined } from './code.js'

/** How emitted modules name each other: ES modules by the file Node runs (`./ids.js`), CommonJS without an ending. */
export type ModuleKind = 'esm' | 'cjs'

/** The specifier that the module `from` (`zod/warning`) imports `to` (`typescript/ids`, `package:zod`) with. */
export const importSpecifier = (from: string, to: string, kind: ModuleKind): string => {
  if (to.startsWith('package:')) return to.slice('package:'.length)
  const here = from.split('/').slice(0, -1)
  const there = to.split('/')
  const shared = here.findIndex((folder, index) => there[index] !== folder)
  const common = shared === -1 ? here.length : shared
  const up = '../'.repeat(here.length - common) || './'
  return `${up}${there.slice(common).join('/')}${kind === 'esm' ? '.js' : ''}`
}

const fits = 120

/** Names of another module after `import`, `import type` or `export`: on one line, or a line each where that is too long. */
export const namesOf = (keyword: string, names: readonly string[], specifier: string): string => {
  const line = `${keyword} { ${names.join(', ')} } from ${stringLiteral(specifier)}`
  if (line.length <= fits) return line
  return `${keyword} {\n${names.map((name) => `  ${name},\n`).join('')}} from ${stringLiteral(specifier)}`
}

const isNamespace = ({ name }: Import): boolean => name.startsWith('* as ')

/** The imports of one module: all names in one statement, `import type` when every one is a type; `* as name` by itself. */
const importsOf = (imports: readonly Import[], specifier: string): readonly string[] => {
  const whole = imports.filter(isNamespace).map(({ name }) => `import ${name} from ${stringLiteral(specifier)}`)
  const named = imports.filter((one) => !isNamespace(one))
  return [...whole, ...(named.length === 0 ? [] : [namedImports(named, specifier)])]
}

const namedImports = (imports: readonly Import[], specifier: string): string => {
  const values = new Set(imports.filter((one) => !one.typeOnly).map((one) => one.name))
  const names = [...new Set(imports.map((one) => one.name))].sort(compareText)
  if (values.size === 0) return namesOf('import type', names, specifier)
  return namesOf(
    'import',
    names.map((name) => (values.has(name) ? name : `type ${name}`)),
    specifier,
  )
}

/** Packages first, then by specifier; each name once. A module's own names are no imports. */
export const importLines = (path: string, imports: readonly Import[], kind: ModuleKind): readonly string[] => {
  const modules = new Map<string, Import[]>()
  for (const one of imports) {
    if (one.module === path) continue
    const group = modules.get(one.module)
    if (group === undefined) modules.set(one.module, [one])
    else group.push(one)
  }
  const specified = [...modules].map(([module, group]) => {
    const specifier = importSpecifier(path, module, kind)
    return { group, specifier, rank: `${module.startsWith('package:') ? 0 : 1}${specifier}` }
  })
  return specified
    .sort((a, b) => compareText(a.rank, b.rank))
    .flatMap(({ group, specifier }) => importsOf(group, specifier))
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
  return `${[lineComment(module.header), ...(lines.length === 0 ? [] : [lines.join('\n')]), text].join('\n\n')}\n`
}
