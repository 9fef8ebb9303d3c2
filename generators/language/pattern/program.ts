import type { AST } from '@eslint-community/regexpp'
import { unreachable } from '../../kernel/bug.js'
import { rangesOf, refused } from './characters.js'
import type { CodeRange } from './ranges.js'

/** What an engine that backtracks does next. Numbers are places in the program. */
export type Instruction =
  | { readonly kind: 'character'; readonly ranges: readonly CodeRange[] }
  /** Goes on at one place, and at the other once that has failed. */
  | { readonly kind: 'try'; readonly first: number; readonly second: number }
  | { readonly kind: 'go'; readonly to: number }
  | { readonly kind: 'begin'; readonly loop: number }
  /** Fails where the iteration that began has matched nothing, since it would without end. */
  | { readonly kind: 'moved'; readonly loop: number }
  | { readonly kind: 'start' }
  | { readonly kind: 'end' }
  | { readonly kind: 'look'; readonly program: Program; readonly negate: boolean }
  | { readonly kind: 'match' }

export interface Program {
  readonly instructions: readonly Instruction[]
  readonly loops: number
}

/** Instructions, counts written out: far above any that a person reads. */
const mostInstructions = 5000

class Compiler {
  readonly instructions: Instruction[] = []
  loops = 0
  #isLookaheadCut = false

  get #here(): number {
    return this.instructions.length
  }

  get isCut(): boolean {
    return this.#isLookaheadCut || this.#here > mostInstructions
  }

  /** Leaves room for an instruction that is known once what comes after it is written. */
  #later(): (instruction: Instruction) => void {
    const at = this.instructions.push({ kind: 'match' }) - 1
    return (instruction) => {
      this.instructions[at] = instruction
    }
  }

  alternatives([first, ...others]: readonly AST.Alternative[]): void {
    if (first === undefined) return
    if (others.length === 0) {
      this.#sequence(first)
      return
    }
    const choice = this.#later()
    const begin = this.#here
    this.#sequence(first)
    const leave = this.#later()
    choice({ kind: 'try', first: begin, second: this.#here })
    this.alternatives(others)
    leave({ kind: 'go', to: this.#here })
  }

  #sequence({ elements }: AST.Alternative): void {
    for (const element of elements) this.#element(element)
  }

  #optional(body: AST.Element, times: number): void {
    if (times === 0 || this.isCut) return
    const choice = this.#later()
    const first = this.#here
    this.#element(body)
    this.#optional(body, times - 1)
    choice({ kind: 'try', first, second: this.#here })
  }

  #endless(body: AST.Element): void {
    const again = this.#here
    const choice = this.#later()
    const loop = this.loops++
    const first = this.instructions.push({ kind: 'begin', loop }) - 1
    this.#element(body)
    this.instructions.push({ kind: 'moved', loop }, { kind: 'go', to: again })
    choice({ kind: 'try', first, second: this.#here })
  }

  #repeated({ element, min, max }: AST.Quantifier): void {
    for (let count = 0; count < min && !this.isCut; count++) this.#element(element)
    if (max === Number.POSITIVE_INFINITY) this.#endless(element)
    else this.#optional(element, max - min)
  }

  #assertion(node: AST.Assertion): void {
    switch (node.kind) {
      case 'start':
      case 'end':
        this.instructions.push({ kind: node.kind })
        return
      case 'lookahead':
        this.#look(node.alternatives, node.negate)
        return
      case 'word':
      case 'lookbehind':
        refused(node)
        return
      default:
        unreachable(node)
    }
  }

  #look(alternatives: readonly AST.Alternative[], negate: boolean): void {
    const program = programOf(alternatives)
    if (program === null) this.#isLookaheadCut = true
    else this.instructions.push({ kind: 'look', program, negate })
  }

  #element(node: AST.Element): void {
    switch (node.type) {
      case 'Character':
      case 'CharacterSet':
      case 'CharacterClass':
        this.instructions.push({ kind: 'character', ranges: rangesOf(node) })
        return
      case 'Group':
      case 'CapturingGroup':
        this.alternatives(node.alternatives)
        return
      case 'Quantifier':
        this.#repeated(node)
        return
      case 'Assertion':
        this.#assertion(node)
        return
      case 'Backreference':
      case 'ExpressionCharacterClass':
        refused(node)
        return
      default:
        unreachable(node)
    }
  }
}

const programOf = (alternatives: readonly AST.Alternative[]): Program | null => {
  const compiler = new Compiler()
  compiler.alternatives(alternatives)
  if (compiler.isCut) return null
  return { instructions: [...compiler.instructions, { kind: 'match' }], loops: compiler.loops }
}

/** A pattern as the steps of an engine that backtracks, as those of JavaScript and PCRE do; null when they are too many to write out. */
export const programFor = ({ alternatives }: AST.Pattern): Program | null => programOf(alternatives)
