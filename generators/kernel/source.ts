/** A text that a person wrote, as it was read. `path` is relative to the folder botschema was started in, with `/`. */
export interface Source {
  readonly path: string
  readonly text: string
  /** What is shown nowhere, neither in a line of code nor in a message: plain values of encrypted fields, in order. */
  readonly secrets?: readonly Stretch[]
}

/** From `start`, up to `end`, in UTF-16 code units. */
export interface Stretch {
  readonly start: number
  readonly end: number
}

/** Sources whose paths begin so are of the library that comes with botschema: `botschema:guilds/guild.yaml`. */
export const libraryPrefix = 'botschema:'

/** A stretch of a source, in UTF-16 code units: `start` is inside, `end` is not. */
export interface Span {
  readonly source: Source
  readonly start: number
  readonly end: number
}

/** A place as people and editors count it: lines and columns from 1, columns in UTF-16 code units. */
export interface Position {
  readonly line: number
  readonly column: number
}

export const span = (source: Source, start: number, end: number): Span => ({ source, start, end })

/** The whole of a source: for findings that are about a file rather than about a place in it. */
export const wholeOf = (source: Source): Span => span(source, 0, 0)

/** Whether a place lies in a stretch of the same source; a finding without a place lies nowhere. */
export const isInside = (inner: Span | null, outer: Span): boolean =>
  inner !== null && inner.source === outer.source && inner.start >= outer.start && inner.end <= outer.end

/** The part of `outer` that starts `from` units into it and is `length` units long. */
export const within = (outer: Span, from: number, length: number): Span => {
  const start = Math.min(outer.start + from, outer.end)
  return span(outer.source, start, Math.min(start + length, Math.max(outer.end, start)))
}

const lineStartsOf = new WeakMap<Source, readonly number[]>()

const lineStarts = (source: Source): readonly number[] => {
  const known = lineStartsOf.get(source)
  if (known !== undefined) return known
  const starts = [0]
  for (let at = source.text.indexOf('\n'); at !== -1; at = source.text.indexOf('\n', at + 1)) starts.push(at + 1)
  lineStartsOf.set(source, starts)
  return starts
}

/** Where an offset of a source is. Offsets past the end are the end. */
export const positionOf = (source: Source, at: number): Position => {
  const starts = lineStarts(source)
  const offset = Math.min(at, source.text.length)
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 }
}

/** A line of a source without its line end; line 1 is the first. */
export const lineOf = (source: Source, line: number): string => {
  const starts = lineStarts(source)
  const start = starts[line - 1]
  if (start === undefined) return ''
  const end = starts[line] ?? source.text.length + 1
  return source.text.slice(start, end - 1).replace(/\r$/, '')
}
