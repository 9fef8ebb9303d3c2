import { visibleLine } from '../../kernel/safe/visible.js'
import type { SetOutcome } from '../../pipeline/outcome.js'
import type { Paint } from './paint.js'

/** What is said of a set whose outputs were looked at: `schemas/discord → output/discord: 38 files, up to date`. */
export const setLine = ({ files, folder, output }: SetOutcome, verdict: string, paint: Paint): string =>
  `${paint.bold(visibleLine(folder))} → ${visibleLine(output)}: ${files} files, ${verdict}\n`

export const upToDate = 'up to date'
