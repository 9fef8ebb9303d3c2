/** A stretch of code points, both ends inside. */
export interface CodeRange {
  readonly from: number
  readonly to: number
}

export const single = (codePoint: number): CodeRange => ({ from: codePoint, to: codePoint })

const digits: readonly CodeRange[] = [{ from: 0x30, to: 0x39 }]

/** ECMAScript's `\w` without the `i` flag: ASCII only. */
const wordCharacters: readonly CodeRange[] = [
  ...digits,
  { from: 0x41, to: 0x5a },
  single(0x5f),
  { from: 0x61, to: 0x7a },
]

/** ECMAScript's WhiteSpace and LineTerminator, which `\s` is. */
const whiteSpace: readonly CodeRange[] = [
  { from: 0x09, to: 0x0d },
  single(0x20),
  single(0xa0),
  single(0x1680),
  { from: 0x2000, to: 0x200a },
  { from: 0x2028, to: 0x2029 },
  single(0x202f),
  single(0x205f),
  single(0x3000),
  single(0xfeff),
]

/** What ECMAScript's `.` does not match without the `s` flag. */
export const lineTerminators: readonly CodeRange[] = [single(0x0a), single(0x0d), { from: 0x2028, to: 0x2029 }]

/** What text of a set may hold: no NUL and no surrogates. */
const textStretches: readonly CodeRange[] = [
  { from: 0x01, to: 0xd7ff },
  { from: 0xe000, to: 0x10ffff },
]

/** The parts of a range that text may hold. */
export const clipped = ({ from, to }: CodeRange): readonly CodeRange[] =>
  textStretches
    .map((stretch) => ({ from: Math.max(from, stretch.from), to: Math.min(to, stretch.to) }))
    .filter((range) => range.from <= range.to)

/** What text may hold beside these ranges, which are ascending and apart. */
export const complement = (ranges: readonly CodeRange[]): readonly CodeRange[] => {
  const starts = [0, ...ranges.map(({ to }) => to + 1)]
  const ends = [...ranges.map(({ from }) => from - 1), 0x10ffff]
  return starts.flatMap((from, index) => clipped({ from, to: ends[index] ?? from - 1 }))
}

/** The code points of `\d`, `\w` or `\s`, or of their negations, as ECMAScript defines them. */
export const escapeSet = (kind: 'digit' | 'word' | 'space', negate: boolean): readonly CodeRange[] => {
  const ranges = kind === 'digit' ? digits : kind === 'word' ? wordCharacters : whiteSpace
  return negate ? complement(ranges) : ranges
}

/** The same code points as ranges that ascend and stand apart. */
export const united = (ranges: readonly CodeRange[]): readonly CodeRange[] => {
  const apart: CodeRange[] = []
  for (const range of [...ranges].sort((a, b) => a.from - b.from)) {
    const last = apart.at(-1)
    if (last === undefined || range.from > last.to + 1) apart.push(range)
    else if (range.to > last.to) apart[apart.length - 1] = { from: last.from, to: range.to }
  }
  return apart
}

/** Whether two sets, each of ranges that ascend and stand apart, have a code point in common. */
export const overlap = (one: readonly CodeRange[], other: readonly CodeRange[]): boolean => {
  let [i, j] = [0, 0]
  for (;;) {
    const [a, b] = [one[i], other[j]]
    if (a === undefined || b === undefined) return false
    if (a.from <= b.to && b.from <= a.to) return true
    if (a.to < b.to) i++
    else j++
  }
}
