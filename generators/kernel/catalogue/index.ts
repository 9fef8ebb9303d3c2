import { changesCatalogue } from './changes.js'
import { driftCatalogue } from './drift.js'
import type { Entry } from './entry.js'
import { erasureCatalogue } from './erasure.js'
import { initCatalogue } from './init.js'
import { listsCatalogue } from './lists.js'
import { migrateCatalogue } from './migrate.js'
import { namesCatalogue } from './names.js'
import { outputCatalogue } from './output.js'
import { predicatesCatalogue } from './predicates.js'
import { queriesCatalogue } from './queries.js'
import { referencesCatalogue } from './references.js'
import { retainCatalogue } from './retain.js'
import { retentionCatalogue } from './retention.js'
import { rulesCatalogue } from './rules.js'
import { shapeCatalogue } from './shape.js'
import { typesCatalogue } from './types.js'
import { usageCatalogue } from './usage.js'
import { useCatalogue } from './use.js'
import { valuesCatalogue } from './values.js'
import { verifyCatalogue } from './verify.js'
import { viewsCatalogue } from './views.js'
import { yamlCatalogue } from './yaml.js'

/** Every diagnostic that botschema can give, by its code. Each has a case in `test/cases` that triggers it. */
export const catalogue = {
  ...yamlCatalogue,
  ...shapeCatalogue,
  ...namesCatalogue,
  ...typesCatalogue,
  ...predicatesCatalogue,
  ...referencesCatalogue,
  ...valuesCatalogue,
  ...rulesCatalogue,
  ...queriesCatalogue,
  ...listsCatalogue,
  ...retentionCatalogue,
  ...erasureCatalogue,
  ...retainCatalogue,
  ...driftCatalogue,
  ...changesCatalogue,
  ...migrateCatalogue,
  ...viewsCatalogue,
  ...outputCatalogue,
  ...verifyCatalogue,
  ...usageCatalogue,
  ...useCatalogue,
  ...initCatalogue,
}

export type Code = keyof typeof catalogue

export type ParametersOf<C extends Code> = (typeof catalogue)[C] extends Entry<infer Parameters> ? Parameters : never

export const isCode = (text: string): text is Code => Object.hasOwn(catalogue, text)
