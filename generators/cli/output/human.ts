import type { Diagnostic } from '../../kernel/diagnostic.js'
import { visible } from '../../kernel/safe/visible.js'
import type { Report } from '../report.js'
import { codeFrame, placeName } from './frame.js'
import type { Paint } from './paint.js'

const indent = (text: string): string => visible(text).replaceAll('\n', '\n    ')

const relatedLines = (diagnostic: Diagnostic, paint: Paint): readonly string[] =>
  diagnostic.related.flatMap(({ message, at }) => [
    `  ${indent(message)}: ${paint.cyan(placeName(at))}`,
    ...codeFrame(at, paint, paint.cyan),
  ])

/** A diagnostic as people read it: what and where, the line with the text underlined, other places, help. */
export const printDiagnostic = (diagnostic: Diagnostic, paint: Paint): string => {
  const colour = diagnostic.severity === 'error' ? paint.red : paint.yellow
  const { at, code, help, message, severity } = diagnostic
  const place = at === null ? '' : `${paint.cyan(placeName(at))}: `
  const lines = [
    `${place}${colour(severity)} ${paint.bold(code)}: ${indent(message)}`,
    ...(at === null ? [] : codeFrame(at, paint, colour)),
    ...relatedLines(diagnostic, paint),
    ...(help === null ? [] : [`  ${paint.green('help:')} ${indent(help)}`]),
  ]
  return `${lines.join('\n')}\n`
}

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`

/** `2 errors, 1 warning`; null when there is neither. */
export const countFindings = (diagnostics: readonly Diagnostic[]): string | null => {
  const of = (severity: Diagnostic['severity']): number =>
    diagnostics.filter((diagnostic) => diagnostic.severity === severity).length
  const counts = [
    ...(of('error') > 0 ? [count(of('error'), 'error')] : []),
    ...(of('warning') > 0 ? [count(of('warning'), 'warning')] : []),
  ]
  return counts.length === 0 ? null : counts.join(', ')
}

/** The whole report for people. */
export const printHuman = ({ diagnostics, sets, text }: Report, paint: Paint): string => {
  const findings = sets.length === 0 ? null : countFindings(diagnostics)
  const parts = [
    ...diagnostics.map((diagnostic) => printDiagnostic(diagnostic, paint)),
    text(paint),
    findings === null ? '' : `${findings}\n`,
  ]
  return parts.filter((part) => part !== '').join('\n')
}
