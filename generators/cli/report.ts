import type { Diagnostic } from '../kernel/diagnostic.js'
import type { Source } from '../kernel/source.js'
import type { Paint } from './output/paint.js'

/** Something worth knowing that is no finding, with its place: what a target cannot hold its store to. */
export interface Notice {
  readonly code: string
  readonly message: string
  readonly at: { readonly source: Source; readonly start: number; readonly end: number }
}

/** What a command came to, in the forms it can be printed in. */
export interface Report {
  readonly diagnostics: readonly Diagnostic[]
  /** Shown by the formats for machines; the text for people has its own words for them. */
  readonly notices: readonly Notice[]
  /** The folders of the sets it dealt with. */
  readonly sets: readonly string[]
  /** What `--json` gives beside `ok` and `diagnostics`. */
  readonly data: Readonly<Record<string, unknown>>
  /** What people read after the diagnostics; empty, or ending in a line end. `isWhole`: they asked for all details. */
  readonly text: (paint: Paint, isWhole: boolean) => string
  /** Somebody asked the command to end before all was done. */
  readonly isInterrupted?: boolean
}

/** Formats of a report: for people (a screenful, or all), one JSON document, annotations of GitHub Actions, JUnit XML, SARIF 2.1.0. */
export const formats = ['human', 'verbose', 'json', 'github', 'junit', 'sarif'] as const

export type Format = (typeof formats)[number]

/** The exit codes of botschema, as its README promises them. */
export const exitCodes = { fine: 0, findings: 1, usage: 2, bug: 70, interrupted: 130 } as const

const usageCodes: ReadonlySet<string> = new Set([
  'unknown-command',
  'unknown-option',
  'wrong-usage',
  'no-such-folder',
  'no-set',
  'unknown-code',
  'unknown-subject',
  'choice-missing',
  'unknown-choice',
  'choices-contradict',
  'database-unnamed',
  'unknown-ref',
])

/** Errors are findings, or wrong usage where the command line is at fault; warnings alone are fine. */
export const exitCodeOf = ({ diagnostics, isInterrupted }: Pick<Report, 'diagnostics' | 'isInterrupted'>): number => {
  if (isInterrupted === true) return exitCodes.interrupted
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  if (errors.some(({ code }) => usageCodes.has(code))) return exitCodes.usage
  return errors.length > 0 ? exitCodes.findings : exitCodes.fine
}
