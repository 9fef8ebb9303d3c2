import { posix } from 'node:path'
import { known } from '../kernel/bug.js'
import { type Code, type Import, trusted, typeImport, valueImport } from './code.js'

interface Declaration {
  readonly name: string
  readonly text: string
  readonly words: ReadonlySet<string>
}

/** A module of this package's own, of which outputs have the declarations that they use. */
export interface Template {
  readonly declarations: readonly Declaration[]
  readonly imports: readonly Import[]
}

/** The names of `import { type A, B } from './c.js'`, as imports of the output's own modules or of a package. */
const importsOf = (statement: string, folder: string): readonly Import[] => {
  const [, only, names = '', specifier = ''] = /^import (type )?\{([^}]*)\} from '([^']*)'/.exec(statement) ?? []
  return names
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .map((name) => (only === undefined ? name : `type ${name}`))
    .map((name) => {
      const module = moduleOf(specifier, folder)
      return name.startsWith('type ') ? typeImport(module, name.slice(5)) : valueImport(module, name)
    })
}

const moduleOf = (specifier: string, folder: string): string =>
  specifier.startsWith('.') ? posix.join(folder, specifier).slice(0, -'.js'.length) : `package:${specifier}`

const docOrString = /\/\*\*[\s\S]*?\*\/|'(?:[^'\\\n]|\\.)*'/g

/** Names, and not the words of docs and strings. Quotes may also stand in a template literal, around a name: `'${name}'`. */
const wordsOf = (text: string): ReadonlySet<string> => {
  const code = text.replace(docOrString, (found) => (found.includes('${') ? found : ''))
  return new Set(code.match(/[A-Za-z_$][\w$]*/g) ?? [])
}

const declarationOf = (text: string): Declaration => {
  const [, name] = /^(?:export )?(?:const|interface|type|class) (\w+)/m.exec(text) ?? []
  return {
    name: known(name, 'the name of a declaration'),
    text,
    words: wordsOf(text),
  }
}

/** A template's declarations stand apart by an empty line; one inside them has an indented line after it; `folder` is where the output has it. */
export const templateOf = (text: string, folder: string): Template => {
  const blocks = text.trim().split(/\n\n(?! )/)
  const imports = blocks.filter((block) => block.startsWith('import '))
  return {
    imports: imports.flatMap((block) => block.split(/\n(?=import )/)).flatMap((one) => importsOf(one, folder)),
    declarations: blocks.filter((block) => !block.startsWith('import ')).map(declarationOf),
  }
}

/** The name by which an import is used: `MongooseError` of `Error as MongooseError`. */
const localName = ({ name }: Import): string => name.split(' as ').at(-1) ?? name

const closure = (declarations: readonly Declaration[], wanted: ReadonlySet<string>): readonly Declaration[] => {
  const names = new Set(wanted)
  for (;;) {
    const found = declarations.filter(({ name }) => names.has(name))
    const before = names.size
    for (const { words } of found) for (const word of words) names.add(word)
    if (names.size === before) return found
  }
}

/** What of a template the wanted names need, and what that imports. */
export const usedOf = ({ declarations, imports }: Template, wanted: ReadonlySet<string>): Template => {
  const used = closure(declarations, wanted)
  return { declarations: used, imports: imports.filter((one) => used.some(({ words }) => words.has(localName(one)))) }
}

/** Several templates as one module: what one of them imports of another is its own there. */
export const joinedTemplates = (templates: readonly Template[]): Template => {
  const declarations = templates.flatMap((template) => template.declarations)
  const own = new Set(declarations.map(({ name }) => name))
  const imports = templates.flatMap((template) => template.imports).filter((one) => !own.has(localName(one)))
  return { declarations, imports }
}

/** A template as the body of a module. */
export const templateCode = ({ declarations, imports }: Template): readonly Code[] =>
  declarations.map(({ text }, index) => trusted(text, index === 0 ? imports : []))
