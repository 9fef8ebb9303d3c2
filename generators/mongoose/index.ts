import { documentLosses, documentRefusals } from '../document/index.js'
import { withDiagnostics } from '../kernel/result.js'
import { optionShapes } from '../model/options.js'
import type { Target } from '../model/target.js'
import { moduleKindOf } from '../script/module.js'
import { reservedNames } from './reserved.js'
import { supports } from './supports.js'
import { units } from './units.js'

/** Schemas and models for Mongoose, and the validators and indexes of their collections. */
export const mongoose: Target<'mongoose'> = {
  id: 'mongoose',
  options: optionShapes.mongoose,
  supports,
  losses: documentLosses,
  units: (set) => {
    const diagnostics = [...documentRefusals(set), ...reservedNames(set)]
    return withDiagnostics(diagnostics.length > 0 ? [] : units(set, moduleKindOf(set)), diagnostics)
  },
}
