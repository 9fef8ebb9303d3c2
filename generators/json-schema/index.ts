import { ok } from '../kernel/result.js'
import { optionShapes } from '../model/options.js'
import type { Target } from '../model/target.js'
import { losses } from './losses.js'
import { supports } from './supports.js'
import { units } from './units.js'

/** JSON Schemas (draft 2020-12) of rows, inserts and updates. */
export const jsonSchema: Target<'json-schema'> = {
  id: 'json-schema',
  options: optionShapes['json-schema'],
  supports,
  losses,
  units: (set) => ok(units(set)),
}
