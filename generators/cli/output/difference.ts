import { visible } from '../../kernel/safe/visible.js'
import type { Difference } from '../../pipeline/difference.js'
import type { Paint } from './paint.js'

/** Lines of differences that are shown where nobody asked for all. */
const excerptLines = 24

const paintLine = (line: string, paint: Paint): string => {
  if (line.startsWith('---') || line.startsWith('+++')) return paint.bold(line)
  if (line.startsWith('@@')) return paint.cyan(line)
  if (line.startsWith('-')) return paint.red(line)
  return line.startsWith('+') ? paint.green(line) : line
}

const linesOf = ({ diff }: Difference): readonly string[] => visible(diff).trimEnd().split('\n')

const printLines = (lines: readonly string[], paint: Paint): string =>
  lines.map((line) => `${paintLine(line, paint)}\n`).join('')

/** The first differences, up to a number of lines; the rest is counted. */
const printExcerpt = (differences: readonly Difference[], paint: Paint): string => {
  const [first, ...others] = differences
  if (first === undefined) return ''
  const lines = linesOf(first)
  const hidden = lines.length - excerptLines
  const rest = [
    ...(hidden > 0 ? [`${hidden} more ${hidden === 1 ? 'line' : 'lines'}`] : []),
    ...(others.length > 0 ? [`${others.length} more ${others.length === 1 ? 'file' : 'files'}`] : []),
  ]
  const more = rest.length === 0 ? '' : `… ${rest.join(' and ')}; \`--verbose\` shows all\n`
  return printLines(lines.slice(0, excerptLines), paint) + more
}

/** Unified diffs for people: all of them, or an excerpt that fits a screen. `--json` always has all. */
export const printDifferences = (differences: readonly Difference[], paint: Paint, isWhole: boolean): string =>
  isWhole
    ? differences.map((difference) => printLines(linesOf(difference), paint)).join('\n')
    : printExcerpt(differences, paint)
