import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { nearest } from '../../kernel/nearest.js'
import { type HookUse, hooksIn } from '../../script/retention.js'
import type { RetainedSet } from './prepare.js'
import type { Hook, RunReport } from './report.js'

/** The hooks that a bot gave: functions by their names in code, and the file they are from. */
export interface GivenHooks {
  readonly path: string
  readonly functions: Readonly<Record<string, Hook>>
}

export const noHooks: GivenHooks = { path: '', functions: {} }

/** Functions that no step of any of the sets asks for. */
export const unknownHooks = (sets: readonly RetainedSet[], { path, functions }: GivenHooks): readonly Diagnostic[] => {
  const known = new Set(sets.flatMap(({ set, store }) => hooksIn(set, store).map(({ property }) => property)))
  return Object.keys(functions)
    .filter((name) => !known.has(name))
    .map((name) => report('unknown-hook', null, { path, name, nearest: nearest(name, known) }))
}

type WaitingAct = HookUse['acts'][number]

const rowsWaiting = ({ withoutHook }: RunReport, { entity, act }: WaitingAct): number =>
  withoutHook
    .filter((waiting) => waiting.entity === entity.name && waiting.step === act.step)
    .reduce((sum, { rows }) => sum + rows, 0)

/** The steps that were not run, since nobody gave their functions: told whether rows wait for them now or not. */
export const missingHooks = (
  { set, store }: RetainedSet,
  functions: GivenHooks['functions'],
  isWanted: (entity: string) => boolean,
  run: RunReport,
): readonly Diagnostic[] =>
  hooksIn(set, store)
    .filter(({ property }) => functions[property] === undefined)
    .flatMap(({ name, property, acts }) =>
      acts
        .filter(({ entity }) => isWanted(entity.name))
        .map((waiting) =>
          report('hook-missing', waiting.act.origin, {
            hook: name,
            property,
            entity: waiting.entity.name,
            rows: rowsWaiting(run, waiting),
          }),
        ),
    )
