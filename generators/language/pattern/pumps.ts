import type { Alphabet } from './alphabet.js'
import type { Automaton } from './automaton.js'
import { circlesIn } from './circles.js'

/**
 * A text that can be repeated before one place in two ways: in a first loop, or in a second one behind it. Repeated n
 * times it can be divided between them in n ways (infinite ambiguity, Weber and Seidl 1991).
 */
export interface Pump {
  /** What leads to the first loop. */
  readonly before: string
  readonly repeated: string
  /** A position within the second loop. */
  readonly second: number
}

/** Steps of all searches for one pattern: what people's patterns need is far below. */
const mostSteps = 200_000

/** Where three ways through an automaton are that read one text. */
type Places = readonly [first: number, between: number, second: number]

interface Visited {
  readonly places: Places
  readonly from: Visited | null
}

class PumpFinder {
  readonly #automaton: Automaton
  readonly #alphabet: Alphabet
  #steps = 0

  constructor(automaton: Automaton, alphabet: Alphabet) {
    this.#automaton = automaton
    this.#alphabet = alphabet
  }

  get #isSpent(): boolean {
    return this.#steps > mostSteps
  }

  /** The pump of a loop and one behind it; null where there is none, or where that takes too long to tell. */
  between(one: readonly number[], other: readonly number[]): Pump | null {
    for (const first of one) {
      for (const second of other) {
        if (this.#isSpent) return null
        const repeated = this.#repeated([first, first, second], new Set(one), new Set(other))
        if (repeated !== null) return { before: this.#textTo(first), repeated, second }
      }
    }
    return null
  }

  /** A text that leads from the first position to itself and to the second, and from the second to itself. */
  #repeated(start: Places, one: ReadonlySet<number>, other: ReadonlySet<number>): string | null {
    const goal = [start[0], start[2], start[2]].join()
    const seen = new Set<string>()
    const queue: Visited[] = [{ places: start, from: null }]
    for (const from of queue) {
      for (const places of this.#after(from.places)) {
        const id = places.join()
        if (id === goal) return this.#textOf({ places, from })
        if (!seen.has(id) && one.has(places[0]) && other.has(places[2])) queue.push({ places, from })
        seen.add(id)
      }
      if (this.#isSpent) return null
    }
    return null
  }

  *#after([first, between, second]: Places): Generator<Places> {
    for (const a of this.#automaton.next(first).keys()) {
      for (const c of this.#automaton.next(second).keys()) {
        if (this.#isSpent || !this.#isShared([a, c])) continue
        for (const b of this.#automaton.next(between).keys()) if (this.#isShared([a, b, c])) yield [a, b, c]
      }
    }
  }

  #isShared(positions: readonly number[]): boolean {
    this.#steps += 1
    return this.#alphabet.common(positions) !== null
  }

  #textOf({ places, from }: Visited): string {
    return from === null ? '' : this.#textOf(from) + (this.#alphabet.common(places) ?? '')
  }

  /** The shortest text that leads from the beginning to a position. */
  #textTo(target: number): string {
    const texts = new Map<number, string>()
    const reach = (before: string, positions: Iterable<number>): void => {
      for (const one of positions) if (!texts.has(one)) texts.set(one, before + (this.#alphabet.common([one]) ?? ''))
    }
    reach('', this.#automaton.first.keys())
    for (const [position, text] of texts) reach(text, this.#automaton.next(position).keys())
    return texts.get(target) ?? ''
  }
}

/** For each two loops of an automaton the pump that they have, if they have one. */
export const pumpsOf = (automaton: Automaton, alphabet: Alphabet): readonly Pump[] => {
  const loops = circlesIn(automaton.characters.map((_, position) => [...automaton.next(position).keys()]))
  const finder = new PumpFinder(automaton, alphabet)
  return loops.flatMap((one, index) => loops.slice(index + 1).flatMap((other) => finder.between(one, other) ?? []))
}
