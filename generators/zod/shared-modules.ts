import type { SchemaSet } from '../model/schema-set.js'
import { type Import, joined } from '../script/code.js'
import { functionsTemplate } from '../script/expression.js'
import { type ModuleKind, moduleText } from '../script/module.js'
import { header } from '../script/names.js'
import { readTemplate } from '../script/read-template.js'
import { joinedTemplates, type Template, templateCode, usedOf } from '../script/template.js'
import { idDeclaration } from './id.js'
import type { Usage } from './usage.js'

const namesOf = (imports: readonly Import[], from: string): readonly string[] =>
  imports.filter(({ module }) => module === from).map(({ name }) => name)

const usedCodecs = async (usage: Usage): Promise<Template> => usedOf(await readTemplate('zod/codecs'), usage.codecs)

/** `zod/scalars.ts`: the schemas of ids and scalars that the set uses, each once, and the functions that rules call. */
export const scalarsModule = async (set: SchemaSet, usage: Usage, kind: ModuleKind): Promise<string> => {
  const path = 'zod/scalars'
  const ids = joined(
    usage.ids.map((id) => idDeclaration(set, id)),
    '\n',
  )
  const { imports } = await usedCodecs(usage)
  const templates = await Promise.all([functionsTemplate, path].map(readTemplate))
  const wanted = [...usage.scalars, ...usage.runtime, ...namesOf([...imports, ...ids.imports], path)]
  const used = usedOf(joinedTemplates(templates), new Set(wanted))
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

/** What the functions of every entity hold their input with. */
const ofEntities = [
  'checked',
  'checkedAll',
  'checkedFields',
  'checkedKeys',
  'checkedPage',
  'encodedInput',
  'encodedKey',
  'encodedPrefix',
  'encodedValues',
]

/** What runs of retention and events hold theirs with. */
const ofRetention = ['checkedMoment', 'checkedRun', 'checkedSubjects']

/** `zod/inputs.ts`: how functions hold what they are given to its schema. */
export const inputsModule = async (set: SchemaSet, ages: boolean, kind: ModuleKind): Promise<string> => {
  const path = 'zod/inputs'
  const names = new Set([...ofEntities, ...(ages ? ofRetention : [])])
  const body = templateCode(usedOf(await readTemplate(path), names))
  return moduleText({ path, kind, header: header(set.name), body })
}

/** `zod/decoding.ts`: how stored rows are brought into form. */
export const readingModule = async (set: SchemaSet, kind: ModuleKind): Promise<string> => {
  const path = 'zod/decoding'
  return moduleText({ path, kind, header: header(set.name), body: templateCode(await readTemplate(path)) })
}
