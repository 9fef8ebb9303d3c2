import { visibleLine } from '../../kernel/safe/visible.js'
import { type SetStatus, statusOf } from '../../pipeline/migrate/status.js'
import { countOf } from '../output/findings.js'
import type { Paint } from '../output/paint.js'
import type { Report } from '../report.js'
import type { Session } from '../session.js'
import { type DatabaseOptions, inDatabase } from './in-database.js'

const statusText = ({ applied, folder, pending }: SetStatus, paint: Paint): string =>
  [
    `${paint.bold(visibleLine(folder))}: ${countOf(applied.length, 'plan')} applied, ${pending.length === 0 ? paint.green('none to apply') : `${pending.length} to apply`}`,
    ...applied.map((plan) => `  applied  ${plan}`),
    ...pending.map(({ done, plan, steps }) =>
      done === 0 ? `  to apply ${plan}` : `  begun    ${plan}: ${done} of ${countOf(steps, 'step')} done`,
    ),
  ]
    .map((line) => `${line}\n`)
    .join('')

/** `botschema migrate status` */
export const status = (session: Session, given: readonly string[], options: DatabaseOptions): Promise<Report> =>
  inDatabase<SetStatus>(session, given, options, {
    idle: 'not known',
    work: async (set, database) => {
      const { diagnostics, status: done } = await statusOf(set, database)
      return { diagnostics, done }
    },
    print: statusText,
  })
