import { ok } from '../kernel/result.js'
import { optionShapes } from '../model/options.js'
import type { Target } from '../model/target.js'
import { losses } from './losses.js'
import { supports } from './supports.js'
import { units } from './units.js'

/** Validators and codecs for Zod 4: `zod/<entity>.ts`, and what they share. */
export const zod: Target<'zod'> = {
  id: 'zod',
  options: optionShapes.zod,
  supports,
  losses: (set) => losses(set),
  units: (set) => ok(units(set)),
}
