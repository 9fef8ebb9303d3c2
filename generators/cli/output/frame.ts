import { visibleLine } from '../../kernel/safe/visible.js'
import { textShown } from '../../kernel/secrets.js'
import { lineOf, positionOf, type Span } from '../../kernel/source.js'
import type { Paint } from './paint.js'

/** Code units of a line that are shown around a place; a longer line is cut. */
const widest = 120

/** A place as `file:line:column`; as the file alone where it is about the whole file. */
export const placeName = (at: Span): string => {
  if (at.start === 0 && at.end === 0) return visibleLine(at.source.path)
  const { line, column } = positionOf(at.source, at.start)
  return `${visibleLine(at.source.path)}:${line}:${column}`
}

const widthOf = (text: string): number => [...text].length

interface Excerpt {
  readonly line: number
  readonly before: string
  readonly marked: string
  readonly after: string
}

/** The line a place starts in, cut in three; a place of several lines is marked to the end of its first. */
const excerptOf = (at: Span): Excerpt => {
  const { line, column } = positionOf(at.source, at.start)
  const start = column - 1
  const lineStart = at.start - start
  const text = textShown(at.source, lineStart, lineStart + lineOf(at.source, line).length)
  const end = Math.min(text.length, Math.max(start + 1, start + (at.end - at.start)))
  const from = start > widest / 2 && text.length > widest ? start - widest / 4 : 0
  const to = Math.max(end, from + widest)
  return {
    line,
    before: (from > 0 ? '…' : '') + visibleLine(text.slice(from, start)),
    marked: visibleLine(text.slice(start, end)),
    after: visibleLine(text.slice(end, to)) + (to < text.length ? '…' : ''),
  }
}

/** The line of a place with what is meant underlined; nothing for a place that is a whole file. */
export const codeFrame = (at: Span, paint: Paint, colour: (text: string) => string): readonly string[] => {
  if (at.source.text === '' || (at.start === 0 && at.end === 0)) return []
  const { line, before, marked, after } = excerptOf(at)
  const gutter = ' '.repeat(String(line).length)
  const underline = ' '.repeat(widthOf(before)) + colour('~'.repeat(Math.max(1, widthOf(marked))))
  return [
    `  ${paint.dim(`${gutter} |`)}`,
    `  ${paint.dim(`${line} |`)} ${before}${marked}${after}`.trimEnd(),
    `  ${paint.dim(`${gutter} |`)} ${underline}`,
  ]
}
