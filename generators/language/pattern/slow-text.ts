import type { AST } from '@eslint-community/regexpp'
import { Alphabet } from './alphabet.js'
import { Automaton } from './automaton.js'
import { stepsToFail } from './backtracking.js'
import { parsePattern } from './parse.js'
import { type Program, programFor } from './program.js'
import { type Pump, pumpsOf } from './pumps.js'

/** A text that a pattern takes long to refuse, and the loop of it that makes it so. */
export interface SlowText {
  readonly before: string
  readonly repeated: string
  readonly times: number
  readonly after: string
  /** The power of a text's length that its time grows with, at least 2. */
  readonly power: number
  readonly loop: AST.Quantifier
}

/** Characters that an engine looks at in some tenths of a second. */
const mostSteps = 100_000_000

/** What growth is told from: texts of so many characters, as long as no more are looked at. */
const tried = { length: 2048, steps: 1_000_000 } as const

/** How many texts are compared for which is slow, and how long each is: none of them takes a millisecond. */
const compared = { pumps: 20, endings: 12, length: 64, steps: 20_000 } as const

/** A pump with an ending that makes its text fail. */
interface Candidate {
  readonly pump: Pump
  readonly after: string
  readonly loop: AST.Quantifier
}

/** The text of about so many characters. */
const pumped = ({ pump: { before, repeated }, after }: Candidate, length: number): string =>
  before + repeated.repeat(Math.max(1, Math.floor((length - before.length - after.length) / repeated.length))) + after

/** The innermost loop that a character is in. */
const loopAround = (node: AST.Node | null): AST.Quantifier | null => {
  if (node === null || (node.type === 'Quantifier' && node.max > 1)) return node
  return loopAround(node.parent)
}

interface Compared {
  readonly candidate: Candidate
  readonly steps: number
}

/** Those whose text fails. */
const compare = (program: Program, candidates: readonly Candidate[]): readonly Compared[] =>
  candidates.flatMap((candidate) => {
    const steps = stepsToFail(program, pumped(candidate, compared.length), compared.steps)
    return steps === null ? [] : [{ candidate, steps }]
  })

/** What may be slow, the slowest first; what one character more cannot make fail, two may. */
const candidatesOf = (tree: AST.Pattern, program: Program): readonly Candidate[] => {
  const automaton = Automaton.ofSearch(tree)
  if (automaton.isCut) return []
  const alphabet = new Alphabet(automaton.characters)
  const endings = ['', ...alphabet.samples].slice(0, compared.endings)
  return pumpsOf(automaton, alphabet)
    .slice(0, compared.pumps)
    .flatMap((pump) => {
      const loop = loopAround(automaton.spelt[pump.second] ?? null)
      if (loop === null) return []
      const failing = (all: readonly string[]) =>
        compare(
          program,
          all.map((after) => ({ pump, after, loop })),
        )
      const found = failing(endings)
      return found.length > 0 ? found : failing(endings.flatMap((one) => endings.map((other) => one + other)))
    })
    .toSorted((a, b) => b.steps - a.steps)
    .map(({ candidate }) => candidate)
}

/** How the characters that are looked at grow with the text's. */
interface Growth {
  readonly length: number
  readonly steps: number
  readonly power: number
}

/** How they grow as the text is doubled, the last time that this was tried; null where a text matches. */
const growthOf = (program: Program, candidate: Candidate, longest: number): Growth | null => {
  let growth: Growth | null = null
  for (let length = 8; length <= Math.min(tried.length, longest); length *= 2) {
    const steps = stepsToFail(program, pumped(candidate, length), tried.steps)
    if (steps === null || steps === tried.steps) return steps === null ? null : growth
    growth = { length, steps, power: growth === null ? 1 : Math.log2(steps / growth.steps) }
  }
  return growth
}

const isSlow = ({ steps, length, power }: Growth, longest: number): boolean =>
  power > 1.5 && steps * (longest / length) ** power > mostSteps

/** How often a text is repeated for some tenths of a second, in one digit and zeros. */
const timesOf = ({ steps, length, power }: Growth, { repeated }: Pump, longest: number): number => {
  const enough = Math.min(longest, length * ((2 * mostSteps) / steps) ** (1 / power))
  const times = Math.max(1, Math.floor(enough / repeated.length))
  const unit = 10 ** Math.floor(Math.log10(times))
  return Math.floor(times / unit) * unit
}

/**
 * The text within a length that a pattern takes longest to refuse, where that is long: found in the pattern, and tried on
 * an engine that counts its steps. Where time doubles with each character is no matter of this (`exponentialLoops`).
 */
export const slowText = (source: string, longest: number): SlowText | null => {
  const tree = parsePattern(source)
  const program = programFor(tree)
  if (program === null) return null
  for (const candidate of candidatesOf(tree, program).slice(0, 5)) {
    const growth = growthOf(program, candidate, longest)
    if (growth === null || !isSlow(growth, longest)) continue
    const { pump, after, loop } = candidate
    const { before, repeated } = pump
    return { before, repeated, times: timesOf(growth, pump, longest), after, power: Math.round(growth.power), loop }
  }
  return null
}
