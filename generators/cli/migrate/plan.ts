import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { hasErrors } from '../../kernel/result.js'
import { visibleLine } from '../../kernel/safe/visible.js'
import { eachSet } from '../../pipeline/each-set.js'
import { guarded } from '../../pipeline/guard.js'
import type { Host } from '../../pipeline/host.js'
import { isPlanName, type PlannedSet, type PlanResult, planSet } from '../../pipeline/migrate/plan.js'
import { type MigratedSet, prepareMigration } from '../../pipeline/migrate/prepare.js'
import { squashSet } from '../../pipeline/migrate/squash.js'
import { countOf } from '../output/findings.js'
import type { Paint } from '../output/paint.js'
import type { Report } from '../report.js'
import { nothingDone } from '../retention/reports.js'
import type { Session } from '../session.js'

export interface PlanOptions {
  readonly quick?: true
}

const planText = (planned: PlannedSet, paint: Paint): string => {
  const { folder, hazards, plan, steps, tables, unproved } = planned
  const name = paint.bold(visibleLine(folder))
  if (plan === null) return `${name}: ${paint.green('nothing to plan')}\n`
  const rows = tables.reduce((sum, table) => sum + table.rows, 0)
  const open = hazards.map(({ hazard, step }) => `  ${paint.red(hazard)}: ${step}`)
  return [
    `${name}: ${plan}: ${countOf(steps.length, 'step')}, proved over ${countOf(rows, 'row')}`,
    ...steps.map(({ id, phase }) => `  ${phase.padEnd(8)} ${visibleLine(id)}`),
    ...(open.length === 0 ? [] : ['to be accepted in plan.yaml, each with a reason:', ...open]),
    ...(unproved.length === 0 ? [] : ['not proved:', ...unproved.map((line) => `  ${visibleLine(line)}`)]),
  ]
    .map((line) => `${line}\n`)
    .join('')
}

type Plan = (host: Host, set: MigratedSet) => Promise<PlanResult>

const planning = async (session: Session, name: string, given: readonly string[], planOne: Plan): Promise<Report> => {
  if (!isPlanName(name)) return nothingDone([report('plan-name', null, { name })])
  const { host, paths } = session
  const prepared = await eachSet(host, paths(given), async (folder) =>
    guarded(
      async () => prepareMigration(host, folder),
      (diagnostic) => ({ diagnostics: [diagnostic], outcome: null }),
    ),
  )
  const results = new Map<string, PlanResult>()
  for (const { folder, result } of prepared.sets) {
    const { outcome } = result
    if (outcome === null) continue
    const refused = (diagnostic: Diagnostic): PlanResult => ({ diagnostics: [diagnostic], planned: null })
    results.set(folder, await guarded(() => host.withLock(folder, () => planOne(host, outcome)), refused))
  }
  const all = [...results.values()]
  return {
    diagnostics: [...prepared.diagnostics, ...all.flatMap(({ diagnostics }) => diagnostics)],
    notices: [],
    sets: prepared.sets.map(({ folder }) => folder),
    data: { sets: all.flatMap(({ planned }) => planned ?? []) },
    text: (paint) =>
      prepared.sets
        .map(({ folder, result }) => {
          const planned = results.get(folder)?.planned
          if (planned != null) return planText(planned, paint)
          const isRefused = result.outcome !== null || hasErrors(result.diagnostics)
          return `${paint.bold(visibleLine(folder))}: ${isRefused ? paint.red('not planned') : 'nothing of it is kept in Postgres'}\n`
        })
        .join(''),
  }
}

/** `botschema migrate plan` */
export const plan = (
  session: Session,
  name: string,
  given: readonly string[],
  { quick }: PlanOptions,
): Promise<Report> =>
  planning(session, name, given, (host, set) => planSet(host, set, { name, isQuick: quick === true }))

/** `botschema migrate squash` */
export const squash = (session: Session, name: string, given: readonly string[]): Promise<Report> =>
  planning(session, name, given, (host, set) => squashSet(host, set, name))
