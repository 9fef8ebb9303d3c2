import { createMarkdownTarget, type StoreAnswers } from '../../../generators/markdown/index.js'
import type { MarkdownOptions } from '../../../generators/model/options.js'
import type { SchemaSet } from '../../../generators/model/schema-set.js'

/** The docs of a set as whole files, joined as the pipeline joins them. */
export const emitted = async (
  set: SchemaSet,
  answers: readonly StoreAnswers[] = [],
  options: MarkdownOptions = { front_matter: 'none' },
): Promise<ReadonlyMap<string, string>> => {
  const { value: units } = createMarkdownTarget(answers).units(set, options)
  const parts = (await Promise.all(units.map((unit) => unit.emit()))).flatMap(({ value }) => value)
  const sorted = parts.toSorted((a, b) => a.order - b.order || (a.text < b.text ? -1 : 1))
  const files = new Map<string, string>()
  for (const { path, text } of sorted) files.set(path, (files.get(path) ?? '') + text)
  return files
}
