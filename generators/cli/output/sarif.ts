import { catalogue, isCode } from '../../kernel/catalogue/index.js'
import type { Diagnostic } from '../../kernel/diagnostic.js'
import { positionOf, type Span } from '../../kernel/source.js'
import type { Notice, Report } from '../report.js'

const schema = 'https://json.schemastore.org/sarif-2.1.0.json'

const location = ({ source, start, end }: Span) => {
  const [from, to] = [positionOf(source, start), positionOf(source, end)]
  return {
    physicalLocation: {
      artifactLocation: { uri: encodeURI(source.path) },
      region: { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column },
    },
  }
}

const withHelp = (message: string, help: string | null): string => (help === null ? message : `${message}. ${help}`)

const resultOf = ({ at, code, help, message, related, severity }: Diagnostic) => ({
  ruleId: code,
  level: severity,
  message: { text: withHelp(message, help) },
  ...(at === null ? {} : { locations: [location(at)] }),
  ...(related.length === 0
    ? {}
    : { relatedLocations: related.map((other) => ({ ...location(other.at), message: { text: other.message } })) }),
})

const noticeOf = ({ at, code, message }: Notice) => ({
  ruleId: code,
  level: 'note',
  message: { text: message },
  locations: [location(at)],
})

const ruleOf = (code: string) =>
  isCode(code) ? { id: code, fullDescription: { text: catalogue[code].explanation } } : { id: code }

/** SARIF 2.1.0 (OASIS), as code scanning services read it. */
export const printSarif = ({ diagnostics, notices }: Report, version: string): string => {
  const codes = [...new Set([...diagnostics, ...notices].map(({ code }): string => code))].sort()
  const log = {
    $schema: schema,
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'botschema', version, rules: codes.map(ruleOf) } },
        columnKind: 'utf16CodeUnits',
        results: [...diagnostics.map(resultOf), ...notices.map(noticeOf)],
      },
    ],
  }
  return `${JSON.stringify(log, null, 2)}\n`
}
