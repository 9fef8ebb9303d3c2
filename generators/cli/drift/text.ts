import { visibleLine } from '../../kernel/safe/visible.js'
import type { SetDrift } from '../../pipeline/drift/index.js'
import type { DriftFinding } from '../../pipeline/drift/report.js'
import { countOf } from '../output/findings.js'
import type { Paint } from '../output/paint.js'

/** A comparison without what a baseline accepts. */
export interface ShownDrift extends SetDrift {
  readonly findings: readonly DriftFinding[]
  readonly accepted: number
}

const verdict = ({ accepted, compared, findings }: ShownDrift, paint: Paint): string => {
  const checked = `${countOf(compared, 'object')} compared${accepted === 0 ? '' : `, ${countOf(accepted, 'accepted difference')}`}`
  const breaking = findings.filter(({ effect }) => effect !== 'is cosmetic')
  if (findings.length === 0) return `${paint.green('no drift')}; ${checked}`
  const count = countOf(findings.length, 'difference')
  return `${breaking.length === 0 ? count : paint.red(count)}; ${checked}`
}

const unmanagedLines = ({ unmanaged }: SetDrift, isAll: boolean): readonly string[] => {
  if (!isAll) return []
  if (unmanaged.length === 0) return ['  nothing else is there']
  return ['  not described by a set:', ...unmanaged.map(({ kind, name }) => `    ${kind} ${visibleLine(name)}`)]
}

/** What was compared in a set, and with `--all` what nobody described. */
export const driftText = (drift: ShownDrift, isAll: boolean, paint: Paint): string =>
  [`${paint.bold(visibleLine(drift.folder))}: ${verdict(drift, paint)}`, ...unmanagedLines(drift, isAll)]
    .map((line) => `${line}\n`)
    .join('')

/** A set that was not compared. */
export const idleText = (folder: string, hasErrors: boolean, paint: Paint): string =>
  `${paint.bold(visibleLine(folder))}: ${hasErrors ? paint.red('not compared') : 'nothing of it is kept in Postgres'}\n`
