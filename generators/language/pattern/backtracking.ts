import { unreachable } from '../../kernel/bug.js'
import type { Instruction, Program } from './program.js'
import type { CodeRange } from './ranges.js'

/**
 * What there is to go back to, two numbers each: a place in the program and one in the text; or a loop, as a negative
 * number, and where its iteration had begun before.
 */
type Choices = number[]

const holds = (ranges: readonly CodeRange[], codePoint: number): boolean => {
  for (const { from, to } of ranges) if (from <= codePoint && codePoint <= to) return true
  return false
}

/** An engine that backtracks, on one text; it counts the characters that it looks at, and gives up after the most. */
class Engine {
  steps = 0
  readonly #text: readonly number[]
  readonly #most: number

  constructor(text: string, most: number) {
    this.#text = Array.from(text, (character) => character.codePointAt(0) ?? 0)
    this.#most = most
  }

  get #isSpent(): boolean {
    return this.steps >= this.#most
  }

  /** Whether the program matches from some place on: each is tried, as engines do. */
  search(program: Program): boolean {
    for (let at = 0; at <= this.#text.length && !this.#isSpent; at++) if (this.#matchesAt(program, at)) return true
    return false
  }

  #takes(ranges: readonly CodeRange[], at: number): boolean {
    this.steps += 1
    const character = this.#text[at]
    return character !== undefined && holds(ranges, character)
  }

  /** Whether an instruction that only asks lets the match go on. */
  #passes(instruction: Exclude<Instruction, { kind: 'try' | 'go' | 'begin' | 'match' }>, at: number, begun: number[]) {
    switch (instruction.kind) {
      case 'character':
        return this.#takes(instruction.ranges, at)
      case 'moved':
        return begun[instruction.loop] !== at
      case 'start':
        return at === 0
      case 'end':
        return at === this.#text.length
      case 'look':
        return this.#matchesAt(instruction.program, at) !== instruction.negate
      default:
        return unreachable(instruction)
    }
  }

  #matchesAt({ instructions, loops }: Program, start: number): boolean {
    const begun = new Array<number>(loops).fill(-1)
    const choices: Choices = [0, start]
    while (!this.#isSpent) {
      const at = choices.pop()
      const place = choices.pop()
      if (at === undefined || place === undefined) return false
      if (place < 0) begun[-place - 1] = at
      else if (this.#goesOn(instructions, place, at, begun, choices)) return true
    }
    return false
  }

  /** Whether the match is found without going back; what there is to go back to is added to the choices. */
  #goesOn(program: readonly Instruction[], from: number, start: number, begun: number[], choices: Choices): boolean {
    let place = from
    let at = start
    for (;;) {
      const instruction = program[place]
      if (instruction === undefined || instruction.kind === 'match') return true
      switch (instruction.kind) {
        case 'try':
          choices.push(instruction.second, at)
          place = instruction.first
          break
        case 'go':
          place = instruction.to
          break
        case 'begin':
          choices.push(-instruction.loop - 1, begun[instruction.loop] ?? -1)
          begun[instruction.loop] = at
          place += 1
          break
        default:
          if (!this.#passes(instruction, at, begun)) return false
          at += instruction.kind === 'character' ? 1 : 0
          place += 1
      }
    }
  }
}

/**
 * How many characters an engine that backtracks looks at before it finds that a text does not match.
 *
 * @returns null when the text matches; `most` when it takes as many or more
 */
export const stepsToFail = (program: Program, text: string, most: number): number | null => {
  const engine = new Engine(text, most)
  const isFound = engine.search(program)
  if (engine.steps >= most) return most
  return isFound ? null : engine.steps
}
