import { readFile } from 'node:fs/promises'
import { known } from '../kernel/bug.js'
import { type Code, type Import, trusted, typeImport, valueImport } from '../script/code.js'
import { type ModuleKind, moduleText } from '../script/module.js'

/** The shared files of emitted models. Each is a template of which only the declarations in use are printed. */
export type RuntimeFile = 'kinds' | 'paths' | 'guards' | 'encryption'

interface Declaration {
  readonly name: string
  readonly text: string
  readonly words: ReadonlySet<string>
}

interface Template {
  readonly declarations: readonly Declaration[]
  readonly imports: readonly Import[]
}

/** The names of `import { type A, B } from 'c'`, as imports of the output's own modules or of a package. */
const importsOf = (statement: string): readonly Import[] => {
  const [, only, names = '', specifier = ''] = /^import (type )?\{([^}]*)\} from '([^']*)'/.exec(statement) ?? []
  const module = specifier.startsWith('./') ? `mongoose/${specifier.slice(2, -3)}` : `package:${specifier}`
  return names
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .map((name) => (only === undefined ? name : `type ${name}`))
    .map((name) => (name.startsWith('type ') ? typeImport(module, name.slice(5)) : valueImport(module, name)))
}

const wordsOf = (text: string): ReadonlySet<string> => new Set(text.match(/[A-Za-z_$][\w$]*/g) ?? [])

const declarationOf = (text: string): Declaration => {
  const [, name] = /^(?:export )?(?:const|interface|type|class) (\w+)/m.exec(text) ?? []
  return {
    name: known(name, 'the name of a declaration'),
    text,
    words: wordsOf(text.replace(/\/\*\*[\s\S]*?\*\//g, '')),
  }
}

/** A template's declarations stand apart by an empty line, and hold none. */
const templateOf = (text: string): Template => {
  const blocks = text.trim().split(/\n\n/)
  const imports = blocks.filter((block) => block.startsWith('import '))
  return {
    imports: imports.flatMap((block) => block.split(/\n(?=import )/)).flatMap(importsOf),
    declarations: blocks.filter((block) => !block.startsWith('import ')).map(declarationOf),
  }
}

/** Templates are a part of this package: the path is the same from `generators/mongoose/` and from `dist/mongoose/`. */
const readTemplate = async (file: RuntimeFile): Promise<Template> =>
  templateOf(await readFile(new URL(`../../templates/mongoose/${file}.ts`, import.meta.url), 'utf8'))

const templates = new Map<RuntimeFile, Promise<Template>>()

const template = (file: RuntimeFile): Promise<Template> => {
  const reading = templates.get(file) ?? readTemplate(file)
  templates.set(file, reading)
  return reading
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

interface Used {
  readonly declarations: readonly Declaration[]
  readonly imports: readonly Import[]
}

const usedOf = async (file: RuntimeFile, wanted: ReadonlySet<string>): Promise<Used> => {
  const { declarations, imports } = await template(file)
  const used = closure(declarations, wanted)
  return { declarations: used, imports: imports.filter((one) => used.some(({ words }) => words.has(localName(one)))) }
}

const namesFrom = (used: Used, file: RuntimeFile): readonly string[] =>
  used.imports.filter(({ module }) => module === `mongoose/${file}`).map(({ name }) => name)

const codeOf = ({ declarations, imports }: Used): readonly Code[] =>
  declarations.map(({ text }, index) => trusted(text, index === 0 ? imports : []))

/**
 * The shared files with what `wanted` needs of them, by the names that models import.
 *
 * @returns a text by the file's name; a file that nothing needs is left out
 */
export const runtimeTexts = async (
  wanted: {
    readonly paths: ReadonlySet<string>
    readonly guards: ReadonlySet<string>
    readonly encryption: ReadonlySet<string>
  },
  module: { readonly kind: ModuleKind; readonly header: string },
): Promise<ReadonlyMap<RuntimeFile, string>> => {
  const [paths, guards] = [await usedOf('paths', wanted.paths), await usedOf('guards', wanted.guards)]
  const encryption = await usedOf('encryption', wanted.encryption)
  const users = [paths, guards, encryption]
  const kinds = await usedOf('kinds', new Set(users.flatMap((used) => namesFrom(used, 'kinds'))))
  const files = [
    ['kinds', kinds],
    ['paths', paths],
    ['guards', guards],
    ['encryption', encryption],
  ] as const
  return new Map(
    files
      .filter(([, { declarations }]) => declarations.length > 0)
      .map(([name, used]) => [name, moduleText({ ...module, path: `mongoose/${name}`, body: codeOf(used) })]),
  )
}
