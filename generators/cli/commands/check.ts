import type { Checked } from '../../pipeline/check.js'
import type { Difference } from '../../pipeline/difference.js'
import { type AddCommand, type Context, type FormatOptions, formatOf } from '../command.js'
import { setsArgument, withFormats } from '../options.js'
import { printDifferences } from '../output/difference.js'
import type { Paint } from '../output/paint.js'
import type { Report } from '../report.js'

const setLine = (folder: string, { outcome, diagnostics }: Checked, paint: Paint): string => {
  if (outcome === null) return `${paint.bold(folder)}: ${paint.red('not checked')}`
  const isClean = diagnostics.every(({ severity }) => severity !== 'error')
  const verdict = isClean ? 'up to date' : paint.red('not as the set makes it')
  return `${paint.bold(folder)} → ${outcome.output}: ${outcome.files} files, ${verdict}`
}

const check = async (context: Context, given: readonly string[]): Promise<Report> => {
  const { eachSet } = await import('../../pipeline/each-set.js')
  const { checkSet } = await import('../../pipeline/check.js')
  const { host } = context
  const { diagnostics, sets } = await eachSet(host, context.paths(given), (folder, claims) =>
    checkSet(host, folder, claims),
  )
  const differences: readonly Difference[] = sets.flatMap(({ result }) => result.differences)
  return {
    diagnostics,
    notices: [],
    sets: sets.map(({ folder }) => folder),
    data: { sets: sets.flatMap(({ result }) => result.outcome ?? []), differences },
    text: (paint) =>
      [
        printDifferences(differences, paint),
        sets.map(({ folder, result }) => `${setLine(folder, result, paint)}\n`).join(''),
      ]
        .filter((part) => part !== '')
        .join('\n'),
  }
}

export const addCheck: AddCommand = (program, act) => {
  withFormats(program.command('check'))
    .description('find outputs that are missing, stale, changed by hand or no longer made')
    .argument(...setsArgument)
    .action((sets: readonly string[], options: FormatOptions) =>
      act(formatOf(options), (context) => check(context, sets)),
    )
}
