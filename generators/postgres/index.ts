import { optionShapes } from '../model/options.js'
import type { Target } from '../model/target.js'
import { lossesOf } from './losses.js'
import { supports } from './supports.js'
import { unitsOf } from './units.js'

/** DDL for Postgres: `postgres/schema.sql`, and `postgres/seed.sql` where there are seed rows. */
export const postgres: Target<'postgres'> = {
  id: 'postgres',
  options: optionShapes.postgres,
  supports,
  losses: lossesOf,
  units: unitsOf,
}
