import type { SchemaSet } from '../model/schema-set.js'
import { type Import, joined } from '../script/code.js'
import { functionsTemplate } from '../script/expression.js'
import { type ModuleKind, moduleText } from '../script/module.js'
import { header } from '../script/names.js'
import { readTemplate } from '../script/read-template.js'
import { joinedTemplates, type Template, templateCode, usedOf } from '../script/template.js'
import { idDeclaration } from './id.js'
import type { Usage } from './usage.js'

const read = async (modules: readonly string[]): Promise<Template> =>
  joinedTemplates(await Promise.all(modules.map(readTemplate)))

const namesOf = (imports: readonly Import[], from: string): readonly string[] =>
  imports.filter(({ module }) => module === from).map(({ name }) => name)

/** What a set uses of the templates that make up `zod/codecs.ts`. */
const usedCodecs = async (usage: Usage): Promise<Template> => {
  const template = await read(['renamed', 'json', 'postgres', 'mongo'].map((file) => `zod/codecs/${file}`))
  return usedOf(template, usage.codecs)
}

/** `zod/scalars.ts`: the schemas of ids and scalars that the set uses, each once, and the functions that rules call. */
export const scalarsModule = async (set: SchemaSet, usage: Usage, kind: ModuleKind): Promise<string> => {
  const path = 'zod/scalars'
  const ids = joined(
    usage.ids.map((id) => idDeclaration(set, id)),
    '\n',
  )
  const { imports } = await usedCodecs(usage)
  const wanted = [...usage.scalars, ...usage.runtime, ...namesOf([...imports, ...ids.imports], path)]
  const used = usedOf(await read([functionsTemplate, path]), new Set(wanted))
  const body = [...templateCode(used), ...(usage.ids.length > 0 ? [ids] : [])]
  return moduleText({ path, kind, header: header(set.name), body })
}

/** `zod/codecs.ts`: how scalars are read from JSON and from what drivers return. */
export const codecsModule = async (set: SchemaSet, usage: Usage, kind: ModuleKind): Promise<string> =>
  moduleText({
    path: 'zod/codecs',
    kind,
    header: header(set.name),
    body: templateCode(await usedCodecs(usage)),
  })
