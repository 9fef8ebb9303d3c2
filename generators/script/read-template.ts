import { readFile } from 'node:fs/promises'
import { posix } from 'node:path'
import { joinedTemplates, type Template, templateOf } from './template.js'

/** The modules that a module is put together of: `export * from './codecs/json.js'`. */
const partsOf = (text: string, folder: string): readonly string[] =>
  [...text.matchAll(/^export \* from '(.*)\.js'$/gm)].map(([, part = '']) => posix.join(folder, part))

const read = async (module: string): Promise<Template> => {
  const text = await readFile(new URL(`../../templates/${module}.ts`, import.meta.url), 'utf8')
  const parts = partsOf(text, posix.dirname(module))
  return parts.length === 0
    ? templateOf(text, posix.dirname(module))
    : joinedTemplates(await Promise.all(parts.map(readTemplate)))
}

const templates = new Map<string, Promise<Template>>()

/**
 * The template of a module (`postgres/client`), read once; of a module that is too long for one file, all its parts in
 * their order. Templates are a part of this package: the path is the same from
 * `generators/script/` and from `dist/script/`.
 */
export const readTemplate = (module: string): Promise<Template> => {
  const reading = templates.get(module) ?? read(module)
  templates.set(module, reading)
  return reading
}
