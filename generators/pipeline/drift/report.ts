import {
  alongsideText,
  changesText,
  type Difference,
  type Effect,
  effectOf,
  type Facts,
  type Kind,
  mendOf,
  objectName,
  type PlaceOf,
  stateText,
  valueText,
} from '../../evolution/index.js'
import { unreachable } from '../../kernel/bug.js'
import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { positionOf, type Span } from '../../kernel/source.js'

/** One difference as `--json` has it. */
export interface DriftFinding {
  /** What a baseline accepts it by: `missing index users.users_last_seen_at_idx`. */
  readonly id: string
  readonly kind: 'missing' | 'different' | 'extra' | 'not in force'
  readonly object: { readonly kind: Kind; readonly name: string }
  readonly effect: Effect
  /** What is missing with it. */
  readonly alongside: readonly string[]
  readonly changes: readonly { readonly property: string; readonly wanted: string; readonly found: string }[]
  /** What is not so, of what is not in force: `validated`, `valid`, `enabled`, `enforced`, `closed`. */
  readonly state: string | null
  /** The statements that mend it. */
  readonly statement: string | null
  readonly file: string
  readonly line: number
}

/** A difference with all that is told of it. */
export interface Told {
  readonly diagnostic: Diagnostic
  readonly finding: DriftFinding
}

const nameOf = ({ object }: Difference): string => object.id.slice(object.kind.length + 1)

/** The same finding has the same id in every run; another change to the same object has another. */
const idOf = (difference: Difference): string => {
  const { id } = difference.object
  switch (difference.kind) {
    case 'different':
      return `different ${id} (${difference.changes.map(({ property }) => property).join(', ')})`
    case 'unfit':
      return `not in force ${id} (${difference.state})`
    default:
      return `${difference.kind} ${id}`
  }
}

const cosmeticProblem = (difference: Difference): string =>
  difference.kind === 'different'
    ? `differs: ${changesText(difference.changes)}`
    : 'is in the database, and the set does not describe it'

const diagnosticOf = (difference: Difference, effect: Effect, mend: string | null, at: Span): Diagnostic => {
  const what = objectName(difference.object)
  if (effect === 'is cosmetic') {
    return report('drift-cosmetic', at, { what, problem: cosmeticProblem(difference), mend })
  }
  switch (difference.kind) {
    case 'missing':
      return report('drift-missing', at, { what, alongside: alongsideText(difference), effect, mend })
    case 'different':
      return report('drift-different', at, { what, changes: changesText(difference.changes), effect, mend })
    case 'extra':
      return report('drift-extra', at, { what, effect })
    case 'unfit':
      return report('drift-not-in-force', at, { what, state: stateText(difference.state), effect, mend })
    default:
      return unreachable(difference)
  }
}

/** Says what a difference is, where it was described, what it means and what mends it. */
export const tell = (wanted: Facts, found: Facts, placeOf: PlaceOf, difference: Difference): Told => {
  const effect = effectOf(difference)
  const statement = mendOf(wanted, found, difference)
  const at = placeOf(difference.object)
  return {
    diagnostic: diagnosticOf(difference, effect, statement, at),
    finding: {
      id: idOf(difference),
      kind: difference.kind === 'unfit' ? 'not in force' : difference.kind,
      object: { kind: difference.object.kind, name: nameOf(difference) },
      effect,
      alongside: difference.kind === 'missing' ? difference.alongside.map(({ id }) => id) : [],
      changes:
        difference.kind === 'different'
          ? difference.changes.map(({ found: is, property, wanted: should }) => ({
              property,
              wanted: valueText(should),
              found: valueText(is),
            }))
          : [],
      state: difference.kind === 'unfit' ? difference.state : null,
      statement,
      file: at.source.path,
      line: positionOf(at.source, at.start).line,
    },
  }
}
