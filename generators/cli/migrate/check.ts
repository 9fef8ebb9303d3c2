import type { Diagnostic } from '../../kernel/diagnostic.js'
import { hasErrors } from '../../kernel/result.js'
import { visibleLine } from '../../kernel/safe/visible.js'
import { eachSet } from '../../pipeline/each-set.js'
import { guarded } from '../../pipeline/guard.js'
import type { Host } from '../../pipeline/host.js'
import { checkSet } from '../../pipeline/migrate/check.js'
import { proveSet } from '../../pipeline/migrate/plan.js'
import { type MigratedSet, type Prepared, prepareMigration } from '../../pipeline/migrate/prepare.js'
import { countOf } from '../output/findings.js'
import type { Report } from '../report.js'
import type { Session } from '../session.js'

const judged =
  (judge: (host: Host, set: MigratedSet) => Promise<readonly Diagnostic[]>, fine: string) =>
  async ({ host, paths }: Session, given: readonly string[]): Promise<Report> => {
    const judgeFolder = async (folder: string): Promise<Prepared> => {
      const prepared = prepareMigration(host, folder)
      if (prepared.outcome === null) return prepared
      return { ...prepared, diagnostics: [...prepared.diagnostics, ...(await judge(host, prepared.outcome))] }
    }
    const { diagnostics, sets } = await eachSet(host, paths(given), (folder) =>
      guarded(
        () => judgeFolder(folder),
        (diagnostic): Prepared => ({ diagnostics: [diagnostic], outcome: null }),
      ),
    )
    return {
      diagnostics,
      notices: [],
      sets: sets.map(({ folder }) => folder),
      data: {
        sets: sets.flatMap(({ result: { outcome } }) =>
          outcome === null
            ? []
            : [
                {
                  folder: outcome.folder,
                  name: outcome.state.set.name,
                  plans: outcome.chain.plans.map(({ folder, hash }) => ({ folder, hash })),
                },
              ],
        ),
      },
      text: (paint) =>
        sets
          .map(({ folder, result }) => {
            const plans = countOf(result.outcome?.chain.plans.length ?? 0, 'plan')
            const isFine = result.outcome !== null && !hasErrors(result.diagnostics)
            return `${paint.bold(visibleLine(folder))}: ${isFine ? `${plans}, ${paint.green(fine)}` : paint.red(`not ${fine}`)}\n`
          })
          .join(''),
    }
  }

/** `botschema migrate check` */
export const check = judged((_, set) => checkSet(set), 'up to date')

/** `botschema migrate prove` */
export const prove = judged(proveSet, 'proved')
