import type { AST } from '@eslint-community/regexpp'
import { unreachable } from '../../kernel/bug.js'
import { rangesOf, refused } from './characters.js'
import { isLoop } from './loops.js'
import { type CodeRange, complement } from './ranges.js'

/** Positions of a pattern, each with the number of ways to come there; more than two ways count as two. */
type Ways = ReadonlyMap<number, number>

/** What can begin and end a match of a part, and the number of ways to match nothing. */
interface Part {
  readonly first: Ways
  readonly last: Ways
  readonly empty: number
}

/** Characters of a part, counts written out: far above any that a person reads, and compared two by two in no time. */
const mostCharacters = 1000

const few = (ways: number): number => Math.min(ways, 2)

const sum = (one: Ways, other: Ways, times = 1): Ways => {
  const ways = new Map(one)
  if (times > 0) for (const [at, count] of other) ways.set(at, few((ways.get(at) ?? 0) + count * times))
  return ways
}

const nothing: Part = { first: new Map(), last: new Map(), empty: 1 }

const impossible: Part = { ...nothing, empty: 0 }

/** Neither engines nor this try an iteration of nothing: what repeats or may be left out is left out in one way. */
const optional = (part: Part): Part => ({ ...part, empty: 1 })

const either = (one: Part, other: Part): Part => ({
  first: sum(one.first, other.first),
  last: sum(one.last, other.last),
  empty: few(one.empty + other.empty),
})

/** What spells one character; null is the one that a search passes over before it finds a place to begin. */
export type Spelt = AST.Character | AST.CharacterSet | AST.CharacterClass | null

/** What assertions come to: `^` may hold or not; a lookahead is passed, or also gone into, with no way on from its end. */
interface Asserted {
  readonly start: Part
  readonly entersLookaheads: boolean
}

/**
 * The automaton of Glushkov of a part of a pattern: a state for each character that the part spells, with the ways in
 * which an engine that backtracks comes from each to the next. Anchors are taken as passed.
 */
export class Automaton {
  readonly characters: (readonly CodeRange[])[] = []
  readonly spelt: Spelt[] = []
  /** The positions that a match may begin with. */
  first: Ways = nothing.first
  /** Whether iterations of nothing, which a least count allows, can stand anywhere among the others. */
  isPadded = false
  #asserted: Asserted = { start: nothing, entersLookaheads: false }
  readonly #next: Map<number, number>[] = []

  private constructor() {}

  /** A loop by itself. Lookaheads within it are taken as passed. */
  static ofLoop(loop: AST.Quantifier): Automaton {
    const automaton = new Automaton()
    automaton.first = automaton.#element(loop).first
    return automaton
  }

  /** A pattern as it is looked for in a text, from its start and, where `^` does not stand in the way, from any place after it. */
  static ofSearch({ alternatives }: AST.Pattern): Automaton {
    const automaton = new Automaton()
    automaton.#asserted = { start: nothing, entersLookaheads: true }
    const atStart = automaton.#alternatives(alternatives)
    const before = automaton.#character(null)
    automaton.#connect(before.last, before.first)
    automaton.#asserted = { start: impossible, entersLookaheads: true }
    const behind = automaton.#then(before, automaton.#alternatives(alternatives))
    automaton.first = either(atStart, behind).first
    return automaton
  }

  /** Whether counts within the loop come to more characters than are looked at: then this is a part of the automaton. */
  get isCut(): boolean {
    return this.characters.length > mostCharacters
  }

  /** What follows a position, with the number of ways. */
  next(position: number): Ways {
    return this.#next[position] ?? nothing.first
  }

  #connect(last: Ways, first: Ways): void {
    for (const [from, before] of last) {
      const next = this.#next[from]
      for (const [to, after] of first) next?.set(to, few((next.get(to) ?? 0) + before * after))
    }
  }

  #character(spelt: Spelt): Part {
    const position = this.characters.push(spelt === null ? complement([]) : rangesOf(spelt)) - 1
    this.spelt.push(spelt)
    this.#next.push(new Map())
    const alone: Ways = new Map([[position, 1]])
    return { first: alone, last: alone, empty: 0 }
  }

  #then(one: Part, other: Part): Part {
    this.#connect(one.last, other.first)
    return {
      first: sum(one.first, other.first, one.empty),
      last: sum(other.last, one.last, other.empty),
      empty: few(one.empty * other.empty),
    }
  }

  #alternatives(alternatives: readonly AST.Alternative[]): Part {
    return alternatives
      .map(({ elements }) => elements.map((one) => this.#element(one)).reduce((a, b) => this.#then(a, b), nothing))
      .reduce(either)
  }

  #repeated(node: AST.Quantifier): Part {
    if (isLoop(node)) {
      const body = this.#element(node.element)
      this.#connect(body.last, body.first)
      if (body.empty > 0 && node.min > 1) this.isPadded = true
      return node.min === 0 || body.empty > 0 ? optional(body) : body
    }
    let part = nothing
    for (let count = node.max; count > 0 && !this.isCut; count--) {
      const longer = this.#then(this.#element(node.element), part)
      part = count > node.min ? optional(longer) : longer
    }
    return part
  }

  #assertion(node: AST.Assertion): Part {
    if (node.kind === 'start') return this.#asserted.start
    if (node.kind !== 'lookahead' || !this.#asserted.entersLookaheads) return nothing
    return { ...nothing, first: this.#alternatives(node.alternatives).first }
  }

  #element(node: AST.Element): Part {
    switch (node.type) {
      case 'Character':
      case 'CharacterSet':
      case 'CharacterClass':
        return this.#character(node)
      case 'Group':
      case 'CapturingGroup':
        return this.#alternatives(node.alternatives)
      case 'Quantifier':
        return this.#repeated(node)
      case 'Assertion':
        return this.#assertion(node)
      case 'Backreference':
      case 'ExpressionCharacterClass':
        return refused(node)
      default:
        return unreachable(node)
    }
  }
}
