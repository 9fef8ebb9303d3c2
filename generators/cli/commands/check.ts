import { visibleLine } from '../../kernel/safe/visible.js'
import type { Checked } from '../../pipeline/check.js'
import type { Difference } from '../../pipeline/difference.js'
import { type AddCommand, type FormatOptions, formatOf } from '../command.js'
import { type OutsideOptions, withFormats, withSets, withVerbose } from '../options.js'
import { printDifferences } from '../output/difference.js'
import type { Paint } from '../output/paint.js'
import { setLine, upToDate } from '../output/set-line.js'
import type { Report } from '../report.js'
import { allowingOutside, type Session } from '../session.js'

const setText = (folder: string, { outcome, diagnostics }: Checked, paint: Paint): string => {
  if (outcome === null) return `${paint.bold(visibleLine(folder))}: ${paint.red('not checked')}\n`
  const isClean = diagnostics.every(({ severity }) => severity !== 'error')
  return setLine(outcome, isClean ? upToDate : paint.red('not as the set makes it'), paint)
}

const check = async ({ host, paths }: Session, given: readonly string[]): Promise<Report> => {
  const { eachSet } = await import('../../pipeline/each-set.js')
  const { checkSet } = await import('../../pipeline/check.js')
  const { abandonedOutputs } = await import('../../pipeline/abandoned.js')
  const { diagnostics, sets } = await eachSet(host, paths(given), (folder, claims) => checkSet(host, folder, claims))
  const outcomes = sets.flatMap(({ result }) => result.outcome ?? [])
  // The outputs of a set that cannot be read are not known, so nobody can say what is left over.
  const outputs = outcomes.length === sets.length ? outcomes.map(({ output }) => output) : []
  const differences: readonly Difference[] = sets.flatMap(({ result }) => result.differences)
  return {
    diagnostics: [...diagnostics, ...abandonedOutputs(host, outputs)],
    notices: [],
    sets: sets.map(({ folder }) => folder),
    data: { sets: outcomes, differences },
    text: (paint, isWhole) =>
      [
        printDifferences(differences, paint, isWhole),
        sets.map(({ folder, result }) => setText(folder, result, paint)).join(''),
      ]
        .filter((part) => part !== '')
        .join('\n'),
  }
}

export const addCheck: AddCommand = (program, act) => {
  withSets(withVerbose(withFormats(program.command('check'))))
    .description('find outputs that are missing, stale, changed by hand or no longer made')
    .action((sets: readonly string[], options: FormatOptions & OutsideOptions) =>
      act(formatOf(options), (session) => check(allowingOutside(session, options), sets)),
    )
}
