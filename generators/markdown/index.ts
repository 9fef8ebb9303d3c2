import { optionShapes } from '../model/options.js'
import type { Target } from '../model/target.js'
import type { StoreAnswers } from './losses.js'
import { supports } from './supports.js'
import { markdownUnits } from './units.js'

export type { StoreAnswers } from './losses.js'

/**
 * The docs: README.md, a page for each entity, one on retention and one on data protection. They tell what the stores
 * cannot enforce and what is only planned, so whoever lists the targets gives them the answers of the stores' own.
 */
export const createMarkdownTarget = (answers: readonly StoreAnswers[]): Target<'markdown'> => ({
  id: 'markdown',
  options: optionShapes.markdown,
  supports,
  losses: () => [],
  units: (set, options) => markdownUnits(set, options, answers),
})
