import { isDeepStrictEqual } from 'node:util'
import { codeFrame } from '../../generators/cli/output/frame.js'
import { paintFor } from '../../generators/cli/output/paint.js'
import { type Diagnostic, toJson } from '../../generators/kernel/diagnostic.js'
import { hasErrors } from '../../generators/kernel/result.js'
import type { Span } from '../../generators/kernel/source.js'
import { compileSet } from '../../generators/language/index.js'
import { generateSet } from '../../generators/pipeline/generate.js'
import type { Host } from '../../generators/pipeline/host.js'
import { memoryHost } from '../../generators/pipeline/memory-host.js'
import { isSafeOutputPath } from '../../generators/pipeline/paths.js'
import { validateSet } from '../../generators/pipeline/validate.js'
import { isYaml, library, type SetTexts } from './corpus.js'

const plain = paintFor(false)

/** Milliseconds that one input may take: some hundred times what the largest takes, since the machine may be busy. */
const slowest = 20_000

const hostOf = (texts: SetTexts, cache: Host['cache'] | null): Host => {
  const host = memoryHost(new Map([...Object.entries(library), ...Object.entries(texts)]))
  return cache === null ? host : { ...host, cache }
}

/** What the units of a set gave, for what is changed in it: only the units that a change reaches are emitted. */
export const unitsBefore = async (texts: SetTexts): Promise<Host['cache'] | null> => {
  const host = hostOf(texts, null)
  const { outcome } = await generateSet(host, '.', new Map(), { dryRun: true, force: false })
  if (outcome === null) return null
  const units = host.cache.get('.', 'units')
  return { get: (_folder, name) => (name === 'units' ? units : null), put: () => undefined }
}

/** What is wrong with a place: it must lie in a file that was given, in lines and columns that are there. */
const problemOfPlace = ({ source, start, end }: Span, given: SetTexts): string | null => {
  const text = given[source.path] ?? library[source.path]
  // Findings about a whole file carry no text.
  if (text === undefined) return `${source.path} is no file of the set`
  if (source.text === '' ? start !== 0 || end !== 0 : source.text !== text) return `${source.path} has another text`
  return start >= 0 && end >= start && end <= source.text.length ? null : `${start} to ${end} of ${source.text.length}`
}

const problemOfFinding = (diagnostic: Diagnostic, given: SetTexts): string | null => {
  const { at, code, message, related } = diagnostic
  if (at === null) return `${code} (${message}) has no place`
  if (/\b(?:undefined|\[object Object\]|NaN)\b/.test(message) && !/undefined|NaN/.test(Object.values(given).join()))
    return `${code} says ${message}`
  for (const place of [at, ...related.map((one) => one.at)]) {
    const problem = problemOfPlace(place, given)
    if (problem !== null) return `${code}: ${problem}`
    codeFrame(place, plain, plain.red)
  }
  const { line, column, endLine, endColumn } = toJson(diagnostic)
  const isOrdered =
    line !== null && column !== null && endLine !== null && endColumn !== null && line >= 1 && column >= 1
  return isOrdered && (endLine > line || (endLine === line && endColumn >= column))
    ? null
    : `${code} ends before it starts`
}

const problemOfFindings = (diagnostics: readonly Diagnostic[], given: SetTexts): string | null => {
  for (const diagnostic of diagnostics) {
    const problem = problemOfFinding(diagnostic, given)
    if (problem !== null) return problem
  }
  return null
}

const wordsOf = (thrown: unknown): string =>
  thrown instanceof Error ? `threw ${thrown.message}\n${thrown.stack ?? ''}` : `threw ${String(thrown)}`

/** As a memory host reads texts back: a lone surrogate is no UTF-8. */
const asRead = (texts: SetTexts): SetTexts =>
  Object.fromEntries(Object.entries(texts).map(([path, text]) => [path, text.toWellFormed()]))

const problemOfGenerated = async (texts: SetTexts, cache: Host['cache'] | null): Promise<string | null> => {
  const files = new Map([...Object.entries(library), ...Object.entries(texts)])
  const host = { ...memoryHost(files), ...(cache === null ? {} : { cache }) }
  const { diagnostics, outcome } = await generateSet(host, '.', new Map(), { dryRun: false, force: false })
  if (outcome === null && !hasErrors(diagnostics)) return 'nothing was generated, and nothing said why'
  const outside = outcome?.written.find((path) => !isSafeOutputPath(path))
  return outside === undefined ? problemOfFindings(diagnostics, asRead(texts)) : `writes ${outside}`
}

const judge = async (texts: SetTexts, cache: Host['cache'] | null): Promise<string | null> => {
  const given = asRead(texts)
  const { diagnostics, outcome } = await validateSet(hostOf(texts, cache), '.', new Map())
  if (outcome === null && !hasErrors(diagnostics)) return 'refused without a word'
  const problem = problemOfFindings(diagnostics, given)
  if (problem !== null) return problem
  const again = await validateSet(hostOf(texts, cache), '.', new Map())
  if (!isDeepStrictEqual(again.diagnostics.map(toJson), diagnostics.map(toJson))) return 'finds something else again'
  return outcome === null ? null : problemOfGenerated(texts, cache)
}

/** The texts as a program gives them to the compiler, lone surrogates and all. */
const problemOfCompiled = (texts: SetTexts): string | null => {
  const source = (path: string) => ({ path, text: texts[path] ?? '' })
  const definitions = Object.keys(texts).filter((path) => isYaml(path) && path !== 'botschema.yaml')
  const { value, diagnostics } = compileSet({
    root: source('botschema.yaml'),
    definitions: definitions.map(source),
    pages: Object.keys(texts)
      .filter((path) => path.endsWith('.md'))
      .map(source),
  })
  if (value === null && !hasErrors(diagnostics)) return 'not compiled, without a word'
  return problemOfFindings(diagnostics, texts)
}

/**
 * What the front end does wrong with a set, or null: it must end in a model or in findings, each at an exact place, the
 * same when asked again; and what it takes must be emitted.
 */
export const problemOf = async (texts: SetTexts, cache: Host['cache'] | null = null): Promise<string | null> => {
  const started = performance.now()
  const isWellFormed = Object.values(texts).every((text) => text.isWellFormed())
  try {
    const problem = (isWellFormed ? null : problemOfCompiled(texts)) ?? (await judge(texts, cache))
    const took = performance.now() - started
    return problem ?? (took > slowest ? `took ${took} ms` : null)
  } catch (thrown) {
    return wordsOf(thrown)
  }
}
