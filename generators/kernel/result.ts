import type { Diagnostic } from './diagnostic.js'

/** What a pass returns: its value, and what it found on the way. Passes never throw for a user's mistake and never print. */
export interface Result<T> {
  readonly value: T
  readonly diagnostics: readonly Diagnostic[]
}

export const ok = <T>(value: T): Result<T> => ({ value, diagnostics: [] })

export const withDiagnostics = <T>(value: T, diagnostics: readonly Diagnostic[]): Result<T> => ({ value, diagnostics })

/** The results of several passes as one, in their order. */
export const collect = <T>(results: readonly Result<T>[]): Result<readonly T[]> => ({
  value: results.map((result) => result.value),
  diagnostics: results.flatMap((result) => result.diagnostics),
})

export const hasErrors = (diagnostics: readonly Diagnostic[]): boolean =>
  diagnostics.some((diagnostic) => diagnostic.severity === 'error')
