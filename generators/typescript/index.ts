import { withDiagnostics } from '../kernel/result.js'
import { optionShapes } from '../model/options.js'
import type { Target } from '../model/target.js'
import { nameClashes } from '../script/name-clashes.js'
import { usedIds } from './ids-module.js'
import { supports } from './supports.js'
import { units } from './units.js'

/** Types of rows, inserts and updates, ids, enums, objects and a Kysely `Database`. */
export const typescript: Target<'typescript'> = {
  id: 'typescript',
  options: optionShapes.typescript,
  supports,
  losses: () => [],
  units: (set, options) => withDiagnostics(units(set, options), nameClashes(set, usedIds(set))),
}
