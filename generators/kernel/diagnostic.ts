import { type Code, catalogue, type ParametersOf } from './catalogue/index.js'
import { compareText } from './order.js'
import { withoutSecrets } from './secrets.js'
import { positionOf, type Span } from './source.js'

export type Severity = 'error' | 'warning'

/** Another place that a finding is about: the first of two definitions, the other of two rules. */
export interface Related {
  readonly message: string
  readonly at: Span
}

/** One finding. `at` is null only for what has no place in any file (a flag, an environment variable). */
export interface Diagnostic {
  readonly code: Code
  readonly severity: Severity
  readonly message: string
  readonly help: string | null
  readonly at: Span | null
  readonly related: readonly Related[]
}

/**
 * A diagnostic of the catalogue. The parameters are typed by the code's entry, so a message cannot miss one. What is
 * secret at its place is not in its words.
 *
 * @example report('unknown-type', span, { name: 'snowflak', nearest: 'snowflake' })
 */
export const report = <C extends Code>(
  code: C,
  at: Span | null,
  parameters: ParametersOf<C>,
  related: readonly Related[] = [],
): Diagnostic => {
  const entry = catalogue[code] as unknown as {
    readonly severity: Severity
    readonly message: (parameters: ParametersOf<C>) => string
    readonly help: (parameters: ParametersOf<C>) => string | null
  }
  const help = entry.help(parameters)
  return {
    code,
    severity: entry.severity,
    message: withoutSecrets(entry.message(parameters), at),
    help: help && withoutSecrets(help, at),
    at,
    related,
  }
}

const comparePlaces = (a: Span | null, b: Span | null): number => {
  if (a === null || b === null) return Number(b === null) - Number(a === null)
  if (a.source.path !== b.source.path) return a.source.path < b.source.path ? -1 : 1
  return a.start - b.start || a.end - b.end
}

/** By file, then place, then code; the same finding said twice is kept once. */
export const sortDiagnostics = (diagnostics: readonly Diagnostic[]): readonly Diagnostic[] => {
  const sorted = [...diagnostics].sort(
    (a, b) => comparePlaces(a.at, b.at) || compareText(a.code, b.code) || compareText(a.message, b.message),
  )
  return sorted.filter((diagnostic, index) => {
    const before = sorted[index - 1]
    return (
      before === undefined ||
      before.code !== diagnostic.code ||
      before.message !== diagnostic.message ||
      comparePlaces(before.at, diagnostic.at) !== 0
    )
  })
}

/** A diagnostic as `--json` prints it: places are 1-based, the file is relative to the current folder. */
export interface DiagnosticJson {
  readonly code: string
  readonly severity: Severity
  readonly message: string
  readonly file: string | null
  readonly line: number | null
  readonly column: number | null
  readonly endLine: number | null
  readonly endColumn: number | null
  readonly help: string | null
  readonly related: readonly {
    readonly message: string
    readonly file: string
    readonly line: number
    readonly column: number
  }[]
}

export const toJson = (diagnostic: Diagnostic): DiagnosticJson => {
  const start = diagnostic.at && positionOf(diagnostic.at.source, diagnostic.at.start)
  const end = diagnostic.at && positionOf(diagnostic.at.source, diagnostic.at.end)
  return {
    code: diagnostic.code,
    severity: diagnostic.severity,
    message: diagnostic.message,
    file: diagnostic.at?.source.path ?? null,
    line: start?.line ?? null,
    column: start?.column ?? null,
    endLine: end?.line ?? null,
    endColumn: end?.column ?? null,
    help: diagnostic.help,
    related: diagnostic.related.map(({ message, at }) => ({
      message,
      file: at.source.path,
      ...positionOf(at.source, at.start),
    })),
  }
}
