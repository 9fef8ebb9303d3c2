import type { AST } from '@eslint-community/regexpp'
import { unreachable } from '../../kernel/bug.js'
import { rangesOf, refused } from './characters.js'
import { isLoop } from './loops.js'
import type { CodeRange } from './ranges.js'

/** Positions of a pattern, each with the number of ways to come there; more than two ways count as two. */
type Ways = ReadonlyMap<number, number>

/** What can begin and end a match of a part, and the number of ways to match nothing. */
interface Part {
  readonly first: Ways
  readonly last: Ways
  readonly empty: number
}

/** Characters of a loop, counts written out: far above any that a person reads, and compared two by two in no time. */
const mostCharacters = 1000

const few = (ways: number): number => Math.min(ways, 2)

const sum = (one: Ways, other: Ways, times = 1): Ways => {
  const ways = new Map(one)
  if (times > 0) for (const [at, count] of other) ways.set(at, few((ways.get(at) ?? 0) + count * times))
  return ways
}

const nothing: Part = { first: new Map(), last: new Map(), empty: 1 }

/** Neither engines nor this try an iteration of nothing: what repeats or may be left out is left out in one way. */
const optional = (part: Part): Part => ({ ...part, empty: 1 })

const either = (one: Part, other: Part): Part => ({
  first: sum(one.first, other.first),
  last: sum(one.last, other.last),
  empty: few(one.empty + other.empty),
})

/**
 * The automaton of Glushkov of a part of a pattern: a state for each character that the part spells, with the ways in
 * which an engine that backtracks comes from each to the next. Lookaheads and anchors are taken as passed.
 */
export class Automaton {
  readonly characters: (readonly CodeRange[])[] = []
  /** Whether iterations of nothing, which a least count allows, can stand anywhere among the others. */
  isPadded = false
  readonly #next: Map<number, number>[] = []

  constructor(loop: AST.Quantifier) {
    this.#element(loop)
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

  #character(ranges: readonly CodeRange[]): Part {
    const position = this.characters.push(ranges) - 1
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

  #element(node: AST.Element): Part {
    switch (node.type) {
      case 'Character':
      case 'CharacterSet':
      case 'CharacterClass':
        return this.#character(rangesOf(node))
      case 'Group':
      case 'CapturingGroup':
        return this.#alternatives(node.alternatives)
      case 'Quantifier':
        return this.#repeated(node)
      case 'Assertion':
        return nothing
      case 'Backreference':
      case 'ExpressionCharacterClass':
        return refused(node)
      default:
        return unreachable(node)
    }
  }
}
