import { comment, type Sql } from '../../kernel/safe/sql.js'
import { type Act, dueWords } from '../../model/lifecycle.js'

const actionWords = ({ action, summarise }: Act): string => {
  switch (action.kind) {
    case 'set':
      return `set ${action.values.map(({ field }) => field).join(', ')}`
    case 'archive':
      return `to ${action.into}`
    case 'delete':
      return summarise === null ? 'delete' : `delete, counted in ${summarise.into}`
  }
}

/** What an act is, in one line: `Step 3: after 365 days of created_at, to warnings_archive`. */
export const actWords = (act: Act): string => {
  const where = act.where === null ? '' : ' where its condition holds'
  const from = act.place.kind === 'archive' ? ` from ${act.place.into}` : ''
  const hook = act.before === null ? '' : ` once ${act.before} has had it`
  const kept =
    act.keptNewest !== null && act.due.kind !== 'surplus' ? ` but for the newest ${act.keptNewest.count}` : ''
  return `Step ${act.step}: ${dueWords(act)}${where}, ${actionWords(act)}${from}${kept}${hook}`
}

/** Text on the line of a comment that stands there already. */
export const inComment = (text: string): Sql => comment(text.replace(/\s+/g, ' ')).slice('-- '.length) as Sql
