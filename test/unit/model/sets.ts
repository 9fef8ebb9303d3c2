import type { Entity, SchemaSet } from '../../../generators/model/index.js'
import { findEntity } from '../../../generators/model/lookup.js'
import { compileTexts, printed } from '../../support/compile.js'

/** The set of definitions given as one text each; errors are thrown, warnings are not told. */
export const setOf = (...texts: readonly string[]): SchemaSet => {
  const files = Object.fromEntries(texts.map((text, index) => [`file${index}.yaml`, text]))
  const { value, diagnostics } = compileTexts(files)
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  if (value === null || errors.length > 0) throw new Error(printed(diagnostics).join('\n'))
  return value.set
}

export const entityIn = (set: SchemaSet, name: string): Entity => {
  const entity = findEntity(set, name)
  if (entity === undefined) throw new Error(`there is no entity ${name}`)
  return entity
}

/** An entity from its fields and what follows them, a line each. */
export const entity = (name: string, fields: readonly string[], rest: readonly string[] = []): string =>
  [`entity: ${name}`, 'fields:', ...fields.map((line) => `  ${line}`), ...rest, ''].join('\n')
