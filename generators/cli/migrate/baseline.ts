import { visibleLine } from '../../kernel/safe/visible.js'
import { adoptDatabase } from '../../pipeline/migrate/baseline.js'
import type { Report } from '../report.js'
import type { Session } from '../session.js'
import { clock, type DatabaseOptions, inDatabase, usualWait } from './in-database.js'

/** `botschema migrate baseline` */
export const baseline = (session: Session, given: readonly string[], options: DatabaseOptions): Promise<Report> =>
  inDatabase<{ readonly folder: string; readonly plan: string }>(session, given, options, {
    idle: 'not adopted',
    work: async (set, database) => {
      const patience = { clock, wait: options.wait ?? usualWait }
      const { diagnostics, plan } = await adoptDatabase(session.host, set, database, patience)
      return { diagnostics, done: plan === null ? null : { folder: set.folder, plan } }
    },
    print: ({ folder, plan }, paint) => `${paint.bold(visibleLine(folder))}: the database is at ${visibleLine(plan)}\n`,
  })
