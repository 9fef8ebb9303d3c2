import type { CodeRange } from './ranges.js'

/** Characters that a person would write into an example, the plainest first. */
const plainest = [...'a0 A-_.!']

const inRange = ({ from, to }: CodeRange, codePoint: number): boolean => from <= codePoint && codePoint <= to

const isPrintable = (codePoint: number): boolean => codePoint > 0x20 && codePoint < 0x7f

/** One character of a stretch, a plain one where it has any. */
const sampleOf = (range: CodeRange): string => {
  const plain = plainest.find((character) => inRange(range, character.charCodeAt(0)))
  if (plain !== undefined) return plain
  return String.fromCodePoint(isPrintable(range.to) && !isPrintable(range.from) ? 0x21 : range.from)
}

const rank = (sample: string): number => {
  const at = plainest.indexOf(sample)
  if (at !== -1) return at
  return isPrintable(sample.charCodeAt(0)) && sample.length === 1 ? plainest.length : plainest.length + 1
}

/** Stretches of text that some sets of characters hold wholly or not at all. */
const stretchesOf = (sets: readonly (readonly CodeRange[])[]): readonly CodeRange[] => {
  const bounds = new Set([0x01, 0xe000])
  for (const { from, to } of sets.flat()) bounds.add(from).add(to + 1)
  const starts = [...bounds].sort((a, b) => a - b)
  return starts
    .map((from, index) => ({ from, to: (starts[index + 1] ?? 0x110000) - 1 }))
    .filter(({ from, to }) => from <= to && to <= 0x10ffff && !(from >= 0xd800 && from < 0xe000))
}

/** The characters of text, told apart only where sets of characters tell them apart. */
export class Alphabet {
  /** A character for each kind, the plainest first. */
  readonly samples: readonly string[]
  /** For each set, its kinds as bits. */
  readonly #kinds: readonly bigint[]

  constructor(sets: readonly (readonly CodeRange[])[]) {
    this.samples = stretchesOf(sets)
      .map(sampleOf)
      .sort((a, b) => rank(a) - rank(b))
    this.#kinds = sets.map((ranges) =>
      this.samples.reduce((bits, sample, kind) => {
        const codePoint = sample.codePointAt(0) ?? 0
        return ranges.some((range) => inRange(range, codePoint)) ? bits | (1n << BigInt(kind)) : bits
      }, 0n),
    )
  }

  /** The plainest character that is in each of these sets; null when none is. */
  common(sets: readonly number[]): string | null {
    let bits = -1n
    for (const set of sets) bits &= this.#kinds[set] ?? 0n
    if (bits === 0n) return null
    return this.samples.find((_, kind) => (bits >> BigInt(kind)) % 2n === 1n) ?? null
  }
}
