import { catalogue } from '../../kernel/catalogue/index.js'
import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { nearest } from '../../kernel/nearest.js'
import { visibleLine } from '../../kernel/safe/visible.js'
import { eachSet } from '../../pipeline/each-set.js'
import { type ExplainedEntity, explainEntity, type OtherEntities } from '../../pipeline/explain/index.js'
import type { Paint } from '../output/paint.js'
import type { Report } from '../report.js'
import type { Session } from '../session.js'

const storeNames = { postgres: 'Postgres', mongo: 'MongoDB' } as const

const indented = (text: string): string => text.replace(/^(?=.)/gm, '    ')

const entityText = (folder: string, { entity, stores }: ExplainedEntity, paint: Paint): string =>
  stores
    .map(({ store, calls }) => {
      const head = `${paint.bold(visibleLine(`${entity} in ${storeNames[store]}`))} (${visibleLine(folder)})\n`
      const told = calls.map(
        ({ call, sends }) => `  ${paint.bold(visibleLine(call))}\n${sends.map(indented).join('\n\n')}\n`,
      )
      return `${head}\n${told.join('\n')}\n`
    })
    .join('')

const isExplained = (outcome: ExplainedEntity | OtherEntities): outcome is ExplainedEntity => 'stores' in outcome

/** Neither a code nor, in the sets that were asked, an entity. */
const unknown = (name: string, entities: readonly string[]): Diagnostic =>
  entities.length === 0
    ? report('unknown-code', null, { name, nearest: nearest(name, Object.keys(catalogue)) })
    : report('unknown-subject', null, { name, nearest: nearest(name, [...Object.keys(catalogue), ...entities]) })

/** What the calls on an entity send, in every set that has it. */
export const explainEntities = async (session: Session, name: string, given: readonly string[]): Promise<Report> => {
  const { host, paths } = session
  const { diagnostics, sets } = await eachSet(host, paths(given), (folder, claims) =>
    explainEntity(host, folder, claims, name),
  )
  const explained = sets.flatMap(({ folder, result: { outcome } }) =>
    outcome !== null && isExplained(outcome) ? [{ folder, outcome }] : [],
  )
  const others = sets.flatMap(({ result: { outcome } }) =>
    outcome === null || isExplained(outcome) ? [] : outcome.entities,
  )
  const isWhole = explained.length > 0 || (given.length > 0 && diagnostics.length > 0)
  return {
    diagnostics:
      isWhole || sets.some(({ result }) => result.diagnostics.length > 0) ? diagnostics : [unknown(name, others)],
    notices: [],
    sets: explained.map(({ folder }) => folder),
    data: {
      sets: explained.map(({ folder, outcome: { set, entity, stores } }) => ({ folder, set, entity, stores })),
    },
    text: (paint) => explained.map(({ folder, outcome }) => entityText(folder, outcome, paint)).join(''),
  }
}
