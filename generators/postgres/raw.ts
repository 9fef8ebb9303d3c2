import type { Sql } from '../kernel/safe/sql.js'

/** What sql-formatter could change the meaning of by indenting: a line end inside quotes. */
const mayQuoteLines = (text: string): boolean => text.includes('\n') && quotes.test(text)

const quotes = /['"$]/

const shortLine = 90

/** Each AND and OR gets a line of its own from sql-formatter; what is short enough reads better on one. */
const onOneLine = (formatted: string): string => {
  const line = formatted.replace(/\s+/g, ' ').replaceAll('( ', '(').replaceAll(' )', ')')
  return line.length <= shortLine ? line : formatted
}

const formatter = () => import('sql-formatter')

/**
 * SQL of the user's own, set in the style of the file. sql-formatter breaks the lines of what we do not print
 * ourselves; what it cannot parse stays as it was written.
 */
export const formatRaw = async (text: Sql): Promise<Sql> => {
  if (mayQuoteLines(text)) return text
  const { formatDialect, postgresql } = await formatter()
  try {
    const formatted = formatDialect(text, { dialect: postgresql, keywordCase: 'upper', expressionWidth: 90 })
    return (quotes.test(formatted) ? formatted : onOneLine(formatted)) as Sql
  } catch {
    return text
  }
}
