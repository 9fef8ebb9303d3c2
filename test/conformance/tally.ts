import type { Type } from '../../generators/model/type.js'
import type { JudgeId, Probe, Verdict } from './judge.js'
import type { KnownDifference } from './known-differences.js'

interface Count {
  readonly accepted: number
  readonly refused: number
}

/** Counts what judges said of each type, which excuses were used, and which known differences were met. */
export class Tally {
  readonly #counts = new Map<string, Count>()
  readonly #excused = new Map<string, number>()
  readonly #met = new Set<KnownDifference>()
  #rows = 0

  count({ corner }: Probe, verdicts: ReadonlyMap<JudgeId, Verdict>): void {
    this.#rows += 1
    if (corner === null || corner.missing !== null) return
    for (const [judge, { kind }] of verdicts) {
      if (kind === 'abstains') continue
      const key = `${corner.type.kind} ${judge}`
      const { accepted, refused } = this.#counts.get(key) ?? { accepted: 0, refused: 0 }
      this.#counts.set(key, {
        accepted: accepted + Number(kind === 'accepted'),
        refused: refused + Number(kind === 'refused'),
      })
    }
  }

  excuse(id: string): void {
    this.#excused.set(id, (this.#excused.get(id) ?? 0) + 1)
  }

  met(known: KnownDifference): void {
    this.#met.add(known)
  }

  hasMet(known: KnownDifference): boolean {
    return this.#met.has(known)
  }

  get rows(): number {
    return this.#rows
  }

  get excused(): ReadonlyMap<string, number> {
    return this.#excused
  }

  /** How often a judge accepted and refused changes of a type. */
  of(kind: Type['kind'], judge: JudgeId): Count {
    return this.#counts.get(`${kind} ${judge}`) ?? { accepted: 0, refused: 0 }
  }

  /** A line for each type: what each judge accepted and refused. */
  table(): string {
    const lines = [...this.#counts]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, { accepted, refused }]) => `${key}: ${accepted}/${refused}`)
    const excused = [...this.#excused].map(([id, count]) => `${id} ${count}`).join(', ')
    return `${this.#rows} rows judged; excused: ${excused || 'none'}\n${lines.join('\n')}`
  }
}
