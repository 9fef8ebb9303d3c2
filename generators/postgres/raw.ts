import type { Sql } from '../kernel/safe/sql.js'

/** What sql-formatter could change the meaning of by indenting: a line end inside quotes. */
const mayQuoteLines = (text: string): boolean => text.includes('\n') && /['"$]/.test(text)

const formatter = () => import('sql-formatter')

/**
 * SQL of the user's own, set in the style of the file. sql-formatter breaks the lines of what we do not print
 * ourselves; what it cannot parse stays as it was written.
 */
export const formatRaw = async (text: Sql): Promise<Sql> => {
  if (mayQuoteLines(text)) return text
  const { formatDialect, postgresql } = await formatter()
  try {
    return formatDialect(text, { dialect: postgresql, keywordCase: 'upper', expressionWidth: 90 }) as Sql
  } catch {
    return text
  }
}
