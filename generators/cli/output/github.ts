import { type DiagnosticJson, toJson } from '../../kernel/diagnostic.js'
import { positionOf } from '../../kernel/source.js'
import type { Notice, Report } from '../report.js'

/** Workflow commands escape data and properties each in their own way (GitHub's `@actions/core`, `command.ts`). */
const escapeData = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')

const escapeProperty = (text: string): string => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')

const command = (
  level: 'error' | 'warning' | 'notice',
  properties: Readonly<Record<string, string | number | null>>,
  message: string,
): string => {
  const given = Object.entries(properties).flatMap(([name, value]) =>
    value === null ? [] : [`${name}=${escapeProperty(String(value))}`],
  )
  return `::${level} ${given.join(',')}::${escapeData(message)}\n`
}

const printFinding = ({ severity, code, message, help, ...place }: DiagnosticJson): string =>
  command(
    severity,
    {
      file: place.file,
      line: place.line,
      endLine: place.endLine,
      // Columns mean something to GitHub only within one line.
      col: place.line === place.endLine ? place.column : null,
      endColumn: place.line === place.endLine ? place.endColumn : null,
      title: code,
    },
    help === null ? message : `${message}\n${help}`,
  )

const printNotice = ({ code, message, at }: Notice): string =>
  command('notice', { file: at.source.path, line: positionOf(at.source, at.start).line, title: code }, message)

/** Annotations of GitHub Actions, one a line. */
export const printGithub = ({ diagnostics, notices }: Report): string =>
  [...diagnostics.map((diagnostic) => printFinding(toJson(diagnostic))), ...notices.map(printNotice)].join('')
