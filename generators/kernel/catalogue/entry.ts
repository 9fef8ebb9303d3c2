/**
 * One kind of finding. `Parameters` are what its words need; `explanation` is what `botschema explain CODE` prints:
 * what the finding means, why it matters, and how to mend it, with an example where one helps.
 */
export interface Entry<Parameters> {
  readonly severity: 'error' | 'warning'
  readonly message: (parameters: Parameters) => string
  readonly help: (parameters: Parameters) => string | null
  readonly explanation: string
}

export const error = <Parameters = Record<never, never>>(
  entry: Omit<Entry<Parameters>, 'severity'>,
): Entry<Parameters> => ({
  severity: 'error',
  ...entry,
})

export const warning = <Parameters = Record<never, never>>(
  entry: Omit<Entry<Parameters>, 'severity'>,
): Entry<Parameters> => ({
  severity: 'warning',
  ...entry,
})

/** The end of a help text that names the nearest right name, or lists what there is. */
export const nearestOr = (nearest: string | null, otherwise: string): string =>
  nearest === null ? otherwise : `did you mean \`${nearest}\`?`
