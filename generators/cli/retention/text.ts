import { unreachable } from '../../kernel/bug.js'
import { visibleLine } from '../../kernel/safe/visible.js'
import type { ToldAct } from '../../pipeline/retain/clocks/acts.js'
import type { SetPlan } from '../../pipeline/retain/plan.js'
import type { ReportedAct } from '../../pipeline/retain/report.js'
import type { SetRun } from '../../pipeline/retain/run.js'
import type { Paint } from '../output/paint.js'

const digits = new Intl.NumberFormat('en')

const verbs = {
  plan: { set: 'set', archive: 'archive to', delete: 'delete from' },
  run: { set: 'set', archive: 'archived to', delete: 'deleted from' },
} as const

/** `set active after 90 days of created_at`, `archive to warnings_archive …`, `delete from mutes at ends_at, after lift_mute` */
const actText = (act: ReportedAct & ToldAct, tense: keyof typeof verbs): string => {
  const verb = verbs[tense][act.action]
  const first = act.hook === null ? '' : `, after ${act.hook}`
  switch (act.action) {
    case 'set':
      return `${verb} ${act.fields.join(', ')} ${act.due}${first}`
    case 'archive':
      return `${verb} ${act.into} ${act.due}${first}`
    case 'delete':
      return `${verb} ${act.from} ${act.due}${first}`
    default:
      return unreachable(act.action)
  }
}

/** Columns as wide as what is in them, those of numbers to the right. */
const tableText = (rows: readonly (readonly string[])[], right: readonly number[]): string => {
  const shown = rows.map((row) => row.map(visibleLine))
  const widths = (shown[0] ?? []).map((_, column) => Math.max(...shown.map((row) => (row[column] ?? '').length)))
  const cell = (text: string, column: number): string =>
    right.includes(column) ? text.padStart(widths[column] ?? 0) : text.padEnd(widths[column] ?? 0)
  return shown.map((row) => `  ${row.map(cell).join('  ').trimEnd()}\n`).join('')
}

const head = (folder: string, at: Date, paint: Paint): string =>
  `${paint.bold(visibleLine(folder))}, as of ${at.toISOString()}\n`

const unproved = ({ due }: SetPlan, paint: Paint): string =>
  due.some(({ indexed }) => indexed === null)
    ? `  ${paint.yellow('?')} not proved: that indexes serve the clocks, since the server explains no queries\n`
    : ''

/** What is due, as a table of all acts. */
export const planText = (plan: SetPlan, paint: Paint): string => {
  const rows = plan.due.map((act) => [
    act.entity,
    String(act.step),
    actText(act, 'plan'),
    digits.format(act.rows),
    act.oldest?.toISOString() ?? '',
  ])
  const titles = ['entity', 'step', 'what', 'rows', 'oldest']
  return head(plan.folder, plan.at, paint) + tableText([titles, ...rows], [1, 3]) + unproved(plan, paint)
}

/** What was done. */
export const runText = (run: SetRun, paint: Paint): string => {
  const rows = run.retired.map((act) => [act.entity, actText(act, 'run'), digits.format(act.rows)])
  const done = rows.length === 0 ? '  nothing was due that could be done\n' : tableText(rows, [2])
  const end = run.finished ? '' : `  ${paint.yellow('stopped')} before all was done\n`
  return head(run.folder, run.at, paint) + done + end
}

/** A set of which nothing ages in this store, or that could not be read. */
export const idleText = (folder: string, hasErrors: boolean, store: string, paint: Paint): string =>
  `${paint.bold(visibleLine(folder))}: ${hasErrors ? paint.red('nothing done') : `nothing of it ages in ${store}`}\n`
