import { toJson } from '../../kernel/diagnostic.js'
import { exitCodeOf, exitCodes, type Report } from '../report.js'

/** One JSON document: `{ ok, diagnostics, … }`, `ok` where the exit code is 0. */
export const printJson = ({ diagnostics, data }: Report): string => {
  const ok = exitCodeOf(diagnostics) === exitCodes.fine
  return `${JSON.stringify({ ok, diagnostics: diagnostics.map(toJson), ...data }, null, 2)}\n`
}
