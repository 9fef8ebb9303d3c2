import type { Diagnostic } from '../../kernel/diagnostic.js'
import type { Store } from '../../model/store.js'
import type { Report } from '../report.js'
import type { Worked } from './in-database.js'
import type { Sets } from './sets.js'
import { idleText } from './text.js'

/** The report of a command that came to nothing. */
export const nothingDone = (diagnostics: readonly Diagnostic[]): Report => ({
  diagnostics,
  notices: [],
  sets: [],
  data: { sets: [] },
  text: () => '',
})

/** What was found and done in all sets, as one report. */
export const reportOn = <Done extends { readonly folder: string }>(
  sets: Pick<Sets, 'folders' | 'idle'>,
  store: Store,
  { diagnostics, done }: Worked<Done>,
  print: (done: Done, paint: Parameters<Report['text']>[0]) => string,
): Report => ({
  diagnostics,
  notices: [],
  sets: sets.folders,
  data: { sets: done },
  text: (paint) =>
    sets.folders
      .map((folder) => {
        const own = done.find((one) => one.folder === folder)
        const idle = sets.idle.find((one) => one.folder === folder)
        if (own !== undefined) return print(own, paint)
        return idleText(folder, idle?.hasErrors !== false, store, paint)
      })
      .join(''),
})
