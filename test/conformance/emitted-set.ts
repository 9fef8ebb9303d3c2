import type { SchemaSet } from '../../generators/model/schema-set.js'
import { unitsOfSet } from '../../generators/pipeline/units.js'
import type { Evidence } from '../../generators/pipeline/verify/proof.js'
import { compileFolder, printed } from '../support/compile.js'

/** Emits all targets of a set. */
export const emitSet = async (set: SchemaSet): Promise<Evidence> => {
  const units = (await unitsOfSet(set)).value
  const parts = (await Promise.all(units.map(({ unit }) => unit.emit()))).flatMap((emitted) => emitted.value)
  const texts = new Map<string, string>()
  for (const { path, text } of [...parts].sort((a, b) => a.order - b.order || (a.text < b.text ? -1 : 1)))
    texts.set(path, (texts.get(path) ?? '') + text)
  return { set, output: 'output', files: [...texts].map(([path, text]) => ({ path, text })) }
}

/** Compiles a folder's set and emits all its targets; an error fails the test. */
export const emitFolder = async (folder: string): Promise<Evidence> => {
  const { value, diagnostics } = compileFolder(folder)
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  if (value === null || errors.length > 0) throw new Error(printed(errors).join('\n'))
  return emitSet(value.set)
}
