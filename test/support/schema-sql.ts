import type { PostgresOptions } from '../../generators/model/options.js'
import type { SchemaSet } from '../../generators/model/schema-set.js'
import { postgres } from '../../generators/postgres/index.js'
import { defaultOptions, relationalSchema } from '../../generators/relational/index.js'
import { compileTexts, printed } from './compile.js'

export const withDefaults = (options: Partial<PostgresOptions> = {}): PostgresOptions => ({
  ...defaultOptions,
  ...options,
})

/** The model of definitions given as one YAML text; a finding fails the test. */
export const setOf = (yaml: string, root = 'name: sample\nstores: [postgres]\n'): SchemaSet => {
  const { value, diagnostics } = compileTexts({ 'botschema.yaml': root, 'set.yaml': yaml })
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  if (value === null || errors.length > 0) throw new Error(printed(errors).join('\n'))
  return value.set
}

/** The relational view of a set, and what it found. */
export const viewOf = (set: SchemaSet, options: Partial<PostgresOptions> = {}) => {
  const { value, diagnostics } = relationalSchema(set, withDefaults(options))
  return { schema: value, codes: diagnostics.map(({ code }) => code) }
}

/** An output file of the Postgres target as its parts join to. */
export const emitted = async (
  set: SchemaSet,
  options: Partial<PostgresOptions> = {},
  file = 'postgres/schema.sql',
): Promise<string> => {
  const units = postgres.units(set, withDefaults(options)).value
  const parts = (await Promise.all(units.map((unit) => unit.emit()))).flatMap(({ value }) => value)
  return parts
    .filter(({ path }) => path === file)
    .sort((a, b) => a.order - b.order || (a.text < b.text ? -1 : 1))
    .map(({ text }) => text)
    .join('')
}
