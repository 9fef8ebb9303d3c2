import type { Report } from '../report.js'
import { countFindings, printFindings } from './findings.js'
import type { Paint } from './paint.js'

/** The whole report for people. `isWhole`: with all findings and all that is only counted otherwise. */
export const printHuman = ({ diagnostics, sets, text }: Report, paint: Paint, isWhole: boolean): string => {
  const findings = sets.length === 0 ? null : countFindings(diagnostics)
  const parts = [
    ...printFindings(diagnostics, paint, isWhole),
    text(paint, isWhole),
    findings === null ? '' : `${findings}\n`,
  ]
  return parts.filter((part) => part !== '').join('\n')
}
