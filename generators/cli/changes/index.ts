import { visibleLine } from '../../kernel/safe/visible.js'
import { changesOfSet } from '../../pipeline/changes/index.js'
import { eachSet } from '../../pipeline/each-set.js'
import type { Report } from '../report.js'
import { nothingDone } from '../retention/reports.js'
import type { Session } from '../session.js'
import { isFolder, openFolder } from './at-folder.js'
import { openRef } from './at-ref.js'
import { changesText } from './text.js'

export interface ChangesOptions {
  readonly from?: string
  readonly failOn?: 'breaking'
}

/** `botschema changes` */
export const changes = async (session: Session, given: readonly string[], options: ChangesOptions): Promise<Report> => {
  const { host, paths } = session
  const from = options.from ?? 'HEAD'
  const earlier = isFolder(from) ? openFolder(session, from) : await openRef(session, from)
  if ('code' in earlier) return nothingDone([earlier])
  const isFailing = options.failOn === 'breaking'
  const { diagnostics, sets } = await eachSet(host, paths(given), (folder) => changesOfSet(host, folder, earlier))
  const breaking = sets.flatMap(({ result }) => result.breaking)
  return {
    diagnostics: isFailing ? [...diagnostics, ...breaking] : diagnostics,
    notices: isFailing ? [] : breaking.flatMap(({ at, code, message }) => (at === null ? [] : [{ code, message, at }])),
    sets: sets.map(({ folder }) => folder),
    data: { sets: sets.flatMap(({ result }) => result.outcome ?? []) },
    text: (paint, isWhole) =>
      sets
        .map(({ folder, result }) =>
          result.outcome === null
            ? `${paint.bold(visibleLine(folder))}: ${paint.red('not compared')}\n`
            : changesText(result.outcome, { isFailing, isWhole }, paint),
        )
        .join(''),
  }
}
