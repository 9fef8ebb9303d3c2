import type { Phase } from '../../evolution/index.js'
import { hasErrors } from '../../kernel/result.js'
import { visibleLine } from '../../kernel/safe/visible.js'
import { type AppliedStep, applySet } from '../../pipeline/migrate/apply.js'
import { countOf } from '../output/findings.js'
import type { Paint } from '../output/paint.js'
import type { Report } from '../report.js'
import type { Session } from '../session.js'
import { clock, type DatabaseOptions, inDatabase, usualWait } from './in-database.js'

export interface ApplyOptions extends DatabaseOptions {
  readonly through?: Phase
  readonly dryRun?: true
}

/** What was done to one set, as `--json` has it. */
interface AppliedSet {
  readonly folder: string
  readonly name: string
  readonly isDry: boolean
  readonly isStopped: boolean
  readonly steps: readonly AppliedStep[]
}

const appliedText = ({ folder, isDry, isStopped, steps }: AppliedSet, paint: Paint): string => {
  const name = paint.bold(visibleLine(folder))
  if (isDry) {
    return [
      `${name}: ${countOf(steps.length, 'step')} to do`,
      ...steps.flatMap(({ statements, step }) => [`-- ${step}`, ...statements]),
    ]
      .map((line) => `${line}\n`)
      .join('')
  }
  const verdict = isStopped
    ? paint.red('stopped')
    : steps.length === 0
      ? paint.green('nothing to apply')
      : paint.green('applied')
  return [
    `${name}: ${verdict}${steps.length === 0 ? '' : `, ${countOf(steps.length, 'step')}`}`,
    ...steps.map(({ plan, step }) => `  ${plan}: ${visibleLine(step)}`),
  ]
    .map((line) => `${line}\n`)
    .join('')
}

/** `botschema migrate apply` */
export const apply = (session: Session, given: readonly string[], options: ApplyOptions): Promise<Report> => {
  const isDry = options.dryRun === true
  return inDatabase<AppliedSet>(session, given, options, {
    idle: 'not applied',
    work: async (set, database) => {
      const { diagnostics, steps } = await applySet(set, database, {
        clock,
        wait: options.wait ?? usualWait,
        through: options.through ?? 'contract',
        isDry,
        progress: (text) => session.progress.say(`${set.folder}: ${text}`),
      })
      const isStopped = hasErrors(diagnostics)
      const done = { folder: set.folder, name: set.state.set.name, isDry, isStopped, steps }
      return { diagnostics, done: isStopped && steps.length === 0 ? null : done }
    },
    print: appliedText,
  })
}
