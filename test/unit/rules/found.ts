import { positionOf } from '../../../generators/kernel/source.js'
import { compileTexts } from '../../support/compile.js'

const files = (texts: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(texts.map((text, index) => [`file${index}.yaml`, text]))

/** The findings about definitions given as texts, as `code line:column`. */
export const found = (...texts: readonly string[]): readonly string[] =>
  compileTexts(files(texts)).diagnostics.map(({ code, at }) => {
    if (at === null) return code
    const { line, column } = positionOf(at.source, at.start)
    return `${code} ${line}:${column}`
  })

/** The codes only, each once, in order. */
export const codes = (...texts: readonly string[]): readonly string[] => [
  ...new Set(compileTexts(files(texts)).diagnostics.map(({ code }) => code)),
]

/** An entity from lines of `fields` and whatever follows them. */
export const entity = (name: string, fields: readonly string[], rest: readonly string[] = []): string =>
  [`entity: ${name}`, 'summary: One of a test.', 'fields:', ...fields.map((line) => `  ${line}`), ...rest, ''].join(
    '\n',
  )
