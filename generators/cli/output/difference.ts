import { visible } from '../../kernel/safe/visible.js'
import type { Difference } from '../../pipeline/difference.js'
import type { Paint } from './paint.js'

/** Diffs beyond this many are counted, not printed: nobody reads a thousand, and `--json` has them all. */
const most = 20

const paintLine = (line: string, paint: Paint): string => {
  if (line.startsWith('---') || line.startsWith('+++')) return paint.bold(line)
  if (line.startsWith('@@')) return paint.cyan(line)
  if (line.startsWith('-')) return paint.red(line)
  return line.startsWith('+') ? paint.green(line) : line
}

const printDifference = ({ diff }: Difference, paint: Paint): string =>
  visible(diff)
    .trimEnd()
    .split('\n')
    .map((line) => `${paintLine(line, paint)}\n`)
    .join('')

/** Unified diffs for people. */
export const printDifferences = (differences: readonly Difference[], paint: Paint): string => {
  const rest = differences.length - most
  return [
    ...differences.slice(0, most).map((difference) => printDifference(difference, paint)),
    ...(rest > 0 ? [`and ${rest} more files; \`--json\` has all diffs\n`] : []),
  ].join('\n')
}
