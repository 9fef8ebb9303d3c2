import { type JudgeId, judgeIds, type Probe, type Verdict } from './judges/judge.js'
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
      for (const label of corner.labels) this.#add(label, judge, kind)
    }
  }

  #add(label: string, judge: JudgeId, kind: 'accepted' | 'refused'): void {
    const { accepted, refused } = this.of(label, judge)
    this.#counts.set(`${label} / ${judge}`, {
      accepted: accepted + Number(kind === 'accepted'),
      refused: refused + Number(kind === 'refused'),
    })
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

  /** How often a judge accepted and refused changes of what a label names: a type, or a member of a union. */
  of(label: string, judge: JudgeId): Count {
    return this.#counts.get(`${label} / ${judge}`) ?? { accepted: 0, refused: 0 }
  }

  /** How many rows were judged and which excuses were used, and a line for each type: what each judge accepted and refused. */
  table(): string {
    const labels = [...new Set([...this.#counts.keys()].map((key) => key.split(' / ')[0] ?? ''))].sort()
    const line = (label: string): string =>
      judgeIds
        .map((judge) => ({ judge, count: this.of(label, judge) }))
        .map(({ judge, count }) => `${judge} ${count.accepted}/${count.refused}`)
        .join(', ')
    const excused = [...this.#excused].map(([id, count]) => `${id} ${count}`).join(', ')
    return [
      `${this.#rows} rows judged; excused: ${excused || 'none'}`,
      ...labels.map((label) => `  ${label}: ${line(label)}`),
    ].join('\n')
  }
}
