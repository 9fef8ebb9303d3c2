import { readFile } from 'node:fs/promises'
import { posix } from 'node:path'
import { type Template, templateOf } from './template.js'

const read = async (module: string): Promise<Template> => {
  const text = await readFile(new URL(`../../templates/${module}.ts`, import.meta.url), 'utf8')
  return templateOf(text, posix.dirname(module))
}

const templates = new Map<string, Promise<Template>>()

/**
 * The template of a module (`postgres/client`), read once. Templates are a part of this package: the path is the same from
 * `generators/script/` and from `dist/script/`.
 */
export const readTemplate = (module: string): Promise<Template> => {
  const reading = templates.get(module) ?? read(module)
  templates.set(module, reading)
  return reading
}
