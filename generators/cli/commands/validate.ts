import { visibleLine } from '../../kernel/safe/visible.js'
import type { PlannedFeature } from '../../pipeline/planned.js'
import type { TargetLoss } from '../../pipeline/units.js'
import type { Validated, ValidatedSet } from '../../pipeline/validate.js'
import { type AddCommand, type FormatOptions, formatOf } from '../command.js'
import { type OutsideOptions, withFormats, withSets, withVerbose } from '../options.js'
import { countOf } from '../output/findings.js'
import type { Paint } from '../output/paint.js'
import type { Notice, Report } from '../report.js'
import { allowingOutside, type Session } from '../session.js'

/** The first few of what something is about: people are told that there are more, and `--json` names them all. */
const named = (subjects: readonly string[]): string => {
  const distinct = [...new Set(subjects)]
  const rest = distinct.length - 3
  return visibleLine(distinct.slice(0, 3).join(', ')) + (rest > 0 ? ` and ${rest} more` : '')
}

const byReason = (losses: readonly TargetLoss[]): readonly (readonly TargetLoss[])[] => {
  const groups = new Map<string, TargetLoss[]>()
  for (const loss of losses) {
    const reason = `${loss.target} ${loss.because}`
    const group = groups.get(reason)
    if (group === undefined) groups.set(reason, [loss])
    else group.push(loss)
  }
  return [...groups.values()]
}

const lossLines = (losses: readonly TargetLoss[], paint: Paint): readonly string[] =>
  byReason(losses).flatMap((group) => {
    const [first] = group
    if (first === undefined) return []
    return [
      `  ${paint.yellow('loss')} in ${first.target}: ${named(group.map(({ subject }) => subject))}`,
      `       ${visibleLine(first.message)} ${paint.dim(visibleLine(first.because))}`,
    ]
  })

const plannedLines = (planned: readonly PlannedFeature[], paint: Paint): readonly string[] =>
  planned.flatMap(({ feature, targets, uses }) => [
    `  ${paint.yellow('planned')}: ${feature}, of ${named(uses.map(({ subject }) => subject))}`,
    `       Kept and shown by ${targets.join(', ')}; a later version acts on it.`,
  ])

const setLines = (folder: string, { outcome }: Validated, paint: Paint, isWhole: boolean): readonly string[] =>
  outcome === null
    ? [`${paint.bold(visibleLine(folder))}: ${paint.red('not valid')}`]
    : [
        `${paint.bold(visibleLine(folder))}: valid; ${countsOf(outcome)}${isWhole ? '' : lossCount(outcome.losses)}`,
        ...(isWhole ? lossLines(outcome.losses, paint) : []),
        ...plannedLines(outcome.planned, paint),
      ]

/** How much the targets cannot hold, for those who did not ask for it; the docs of a set print it as well. */
const lossCount = (losses: readonly TargetLoss[]): string => {
  const count = byReason(losses).length
  return count === 0 ? '' : `; ${countOf(count, 'loss', 'losses')}, which \`--verbose\` lists`
}

const countsOf = ({ entities, objects, enums }: ValidatedSet): string =>
  [`entities ${entities}`, `objects ${objects}`, `enums ${enums}`].join(', ')

const lossData = ({ because, feature, message, origin, subject, target }: TargetLoss) => ({
  target,
  feature,
  subject,
  message,
  because,
  file: origin.source.path,
})

const setData = ({ losses, planned, ...set }: ValidatedSet) => ({
  ...set,
  losses: losses.map(lossData),
  planned: planned.map(({ feature, targets, uses }) => ({
    feature,
    targets,
    subjects: [...new Set(uses.map(({ subject }) => subject))],
  })),
})

const noticesOf = ({ losses }: ValidatedSet): readonly Notice[] =>
  losses.map(({ because, message, origin, subject, target }) => ({
    code: `loss-${target}`,
    message: `${subject}: ${message} ${because}`,
    at: origin,
  }))

const validate = async ({ host, paths }: Session, given: readonly string[]): Promise<Report> => {
  const { eachSet } = await import('../../pipeline/each-set.js')
  const { validateSet } = await import('../../pipeline/validate.js')
  const { diagnostics, sets } = await eachSet(host, paths(given), (folder, claims) => validateSet(host, folder, claims))
  const outcomes = sets.flatMap(({ result }) => result.outcome ?? [])
  return {
    diagnostics,
    notices: outcomes.flatMap(noticesOf),
    sets: sets.map(({ folder }) => folder),
    data: { sets: outcomes.map(setData) },
    text: (paint, isWhole) =>
      sets.map(({ folder, result }) => `${setLines(folder, result, paint, isWhole).join('\n')}\n`).join(''),
  }
}

export const addValidate: AddCommand = (program, act) => {
  withSets(withVerbose(withFormats(program.command('validate'))))
    .description('read and check the YAML of schema sets; report what their targets cannot hold')
    .action((sets: readonly string[], options: FormatOptions & OutsideOptions) =>
      act(formatOf(options), (session) => validate(allowingOutside(session, options), sets)),
    )
}
