import { fileURLToPath } from 'node:url'
import type { EmittedFile } from '../../generators/engines/script/emitted.js'
import type { Result } from '../../generators/kernel/result.js'
import { archivesOf } from '../../generators/model/archive.js'
import type { Entity } from '../../generators/model/entity.js'
import type { SchemaSet } from '../../generators/model/schema-set.js'
import { summariesOf } from '../../generators/model/summary.js'
import { emitSet } from '../conformance/emitted-set.js'
import { compileFolder, compileTexts, printed } from '../support/compile.js'

/** A set, and what it emits of code and SQL. */
export interface EmittedSet {
  readonly set: SchemaSet
  readonly files: readonly EmittedFile[]
}

const emitted = async ({ value, diagnostics }: Result<{ set: SchemaSet } | null>): Promise<EmittedSet> => {
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  if (value === null || errors.length > 0) throw new Error(printed(errors).join('\n'))
  const targets = { ...value.set.targets, markdown: null, 'json-schema': null }
  return emitSet({ ...value.set, targets })
}

/** One of the sets of this repository, by its name. */
export const ownSet = (name: string): Promise<EmittedSet> =>
  emitted(compileFolder(fileURLToPath(new URL(`../../schemas/${name}`, import.meta.url))))

/** A set given as texts by path. */
export const setOfTexts = (texts: Readonly<Record<string, string>>): Promise<EmittedSet> => emitted(compileTexts(texts))

/** Every table of a set, those of archives and summaries after the entity's own: as entities of their own. */
export const tablesOf = (set: SchemaSet): readonly Entity[] =>
  set.entities.flatMap((entity) => [entity, ...archivesOf(entity, 'mongo'), ...summariesOf(entity)])
