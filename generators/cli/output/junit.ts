import { type Diagnostic, toJson } from '../../kernel/diagnostic.js'
import type { Report } from '../report.js'

/** What XML 1.0 cannot hold even escaped (section 2.2, Char). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these very characters are meant.
const forbidden = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Cs}/gu

const escapeXml = (text: string): string =>
  text
    .replace(forbidden, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;')
    .replaceAll('\r', '&#13;')
    .replaceAll('\t', '&#9;')

const placeOf = (diagnostic: Diagnostic): string => {
  const { file, line, column } = toJson(diagnostic)
  return file === null ? 'botschema' : `${file}:${line}:${column}`
}

const printCase = (diagnostic: Diagnostic): string => {
  const { code, help, message, severity } = diagnostic
  const name = escapeXml(`${code}: ${message}`)
  const place = escapeXml(placeOf(diagnostic))
  const body =
    severity === 'error'
      ? `<failure type="${escapeXml(code)}" message="${escapeXml(message)}">${escapeXml(help ?? message)}</failure>`
      : `<system-out>${escapeXml(help ?? message)}</system-out>`
  return `    <testcase classname="${place}" name="${name}">\n      ${body}\n    </testcase>\n`
}

/** JUnit XML: a test case a finding, failing for an error, and one that passes for each set there is nothing to say of. */
export const printJunit = ({ diagnostics, sets }: Report): string => {
  const failures = diagnostics.filter(({ severity }) => severity === 'error').length
  const quiet = diagnostics.length === 0 ? sets : []
  const cases = [
    ...diagnostics.map(printCase),
    ...quiet.map((folder) => `    <testcase classname="${escapeXml(folder)}" name="no findings"/>\n`),
  ]
  const counts = `tests="${cases.length}" failures="${failures}" errors="0"`
  return [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    `<testsuites name="botschema" ${counts}>\n  <testsuite name="botschema" ${counts}>\n`,
    ...cases,
    '  </testsuite>\n</testsuites>\n',
  ].join('')
}
