import type { Diagnostic } from '../../kernel/diagnostic.js'
import { visible } from '../../kernel/safe/visible.js'
import { codeFrame, placeName } from './frame.js'
import type { Paint } from './paint.js'

const indent = (text: string): string => visible(text).replaceAll('\n', '\n    ')

const relatedLines = (diagnostic: Diagnostic, paint: Paint): readonly string[] =>
  diagnostic.related.flatMap(({ message, at }) => [
    `  ${indent(message)}: ${paint.cyan(placeName(at))}`,
    ...codeFrame(at, paint, paint.cyan),
  ])

const helpLines = (help: string | null, paint: Paint): readonly string[] =>
  help === null ? [] : [`  ${paint.green('help:')} ${indent(help)}`]

const colourOf = ({ severity }: Diagnostic, paint: Paint): ((text: string) => string) =>
  severity === 'error' ? paint.red : paint.yellow

/** A diagnostic as people read it: what and where, the line with the text underlined, other places, help. */
export const printDiagnostic = (diagnostic: Diagnostic, paint: Paint): string => {
  const colour = colourOf(diagnostic, paint)
  const { at, code, help, message, severity } = diagnostic
  const place = at === null ? '' : `${paint.cyan(placeName(at))}: `
  const lines = [
    `${place}${colour(severity)} ${paint.bold(code)}: ${indent(message)}`,
    ...(at === null ? [] : codeFrame(at, paint, colour)),
    ...relatedLines(diagnostic, paint),
    ...helpLines(help, paint),
  ]
  return `${lines.join('\n')}\n`
}

export const countOf = (number: number, noun: string, plural = `${noun}s`): string =>
  `${number} ${number === 1 ? noun : plural}`

/** `2 errors, 1 warning`; null when there is neither. */
export const countFindings = (diagnostics: readonly Diagnostic[]): string | null => {
  const of = (severity: Diagnostic['severity']): number =>
    diagnostics.filter((diagnostic) => diagnostic.severity === severity).length
  const counts = [
    ...(of('error') > 0 ? [countOf(of('error'), 'error')] : []),
    ...(of('warning') > 0 ? [countOf(of('warning'), 'warning')] : []),
  ]
  return counts.length === 0 ? null : counts.join(', ')
}

/** Errors first, each in the order it came in. */
const errorsFirst = (diagnostics: readonly Diagnostic[]): readonly Diagnostic[] => [
  ...diagnostics.filter(({ severity }) => severity === 'error'),
  ...diagnostics.filter(({ severity }) => severity !== 'error'),
]

/** Findings about whole files that say the same are one group; every other finding is a group of its own. */
const groupFindings = (diagnostics: readonly Diagnostic[]): readonly (readonly Diagnostic[])[] => {
  const groups = new Map<string, Diagnostic[]>()
  for (const [index, diagnostic] of diagnostics.entries()) {
    const { at, code, help, message, related } = diagnostic
    const isOfFile = at !== null && at.end === 0 && related.length === 0
    const key = isOfFile ? JSON.stringify([code, message, help]) : String(index)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [diagnostic])
    else group.push(diagnostic)
  }
  return [...groups.values()]
}

/** Files of a group that are named. */
const filesNamed = 5

const printGroup = (group: readonly Diagnostic[], paint: Paint): string => {
  const [first, ...others] = group
  if (first === undefined) return ''
  if (others.length === 0) return printDiagnostic(first, paint)
  const rest = group.length - filesNamed
  const lines = [
    `${colourOf(first, paint)(first.severity)} ${paint.bold(first.code)}: ${indent(first.message)} (${group.length} files)`,
    ...group.slice(0, filesNamed).flatMap(({ at }) => (at === null ? [] : [`    ${paint.cyan(placeName(at))}`])),
    ...(rest > 0 ? [`    and ${rest} more`] : []),
    ...helpLines(first.help, paint),
  ]
  return `${lines.join('\n')}\n`
}

/** Lines that findings may fill where nobody asked for all of them: about what a screen shows. */
const screenful = 40

const lineCount = (text: string): number => text.split('\n').length

/** `repeated-index (13), unused-type (1)`. */
const countsByCode = (diagnostics: readonly Diagnostic[]): string => {
  const counts = new Map<string, number>()
  for (const { code } of diagnostics) counts.set(code, (counts.get(code) ?? 0) + 1)
  return [...counts].map(([code, count]) => `${code} (${count})`).join(', ')
}

/** The findings, errors first. Not whole: as many as a screen shows, the rest counted. */
export const printFindings = (
  diagnostics: readonly Diagnostic[],
  paint: Paint,
  isWhole: boolean,
): readonly string[] => {
  const ordered = errorsFirst(diagnostics)
  if (isWhole) return ordered.map((diagnostic) => printDiagnostic(diagnostic, paint))
  const printed: string[] = []
  const left: Diagnostic[] = []
  let lines = 0
  for (const group of groupFindings(ordered)) {
    const text = printGroup(group, paint)
    lines += lineCount(text)
    if (left.length === 0 && (printed.length === 0 || lines <= screenful)) printed.push(text)
    else left.push(...group)
  }
  const more = left.length === 0 ? [] : [`and ${countsByCode(left)}; \`--verbose\` shows all\n`]
  return [...printed, ...more]
}
