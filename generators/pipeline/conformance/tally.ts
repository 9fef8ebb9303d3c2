import { excuses } from './excuses.js'
import { type JudgeId, judgeIds, type Probe, type Verdict } from './judges/judge.js'
import type { KnownDifference } from './known-differences.js'

interface Count {
  readonly accepted: number
  readonly refused: number
}

/** What judges said of changes of one type, or of a member of a union; of those only who said anything. */
export interface TypeCounts {
  readonly type: string
  readonly judges: readonly (Count & { readonly judge: JudgeId })[]
}

/** A rule, or a known difference, by which judges differed, and how often. */
export interface Excused {
  readonly rule: string
  readonly reason: string
  readonly count: number
}

const once = <Key>(counts: Map<Key, number>, key: Key): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1)
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
    once(this.#excused, id)
  }

  met(known: KnownDifference): void {
    once(this.#excused, known.id)
    this.#met.add(known)
  }

  hasMet(known: KnownDifference): boolean {
    return this.#met.has(known)
  }

  get rows(): number {
    return this.#rows
  }

  /** Every rule that was used, then the known differences that were met. */
  get excused(): readonly Excused[] {
    const reasons = new Map([...excuses, ...this.#met].map(({ id, reason }) => [id, reason]))
    return [...reasons].flatMap(([rule, reason]) => {
      const count = this.#excused.get(rule)
      return count === undefined ? [] : [{ rule, reason, count }]
    })
  }

  /** How often a judge accepted and refused changes of what a label names: a type, or a member of a union. */
  of(label: string, judge: JudgeId): Count {
    return this.#counts.get(`${label} / ${judge}`) ?? { accepted: 0, refused: 0 }
  }

  /** What was said of each type, by its name. */
  get types(): readonly TypeCounts[] {
    const labels = [...new Set([...this.#counts.keys()].map((key) => key.split(' / ')[0] ?? ''))].sort()
    return labels.map((type) => ({
      type,
      judges: judgeIds
        .map((judge) => ({ judge, ...this.of(type, judge) }))
        .filter(({ accepted, refused }) => accepted + refused > 0),
    }))
  }

  /** How many rows were judged and which excuses were used, and a line for each type: what each judge accepted and refused. */
  table(): string {
    const line = ({ judges }: TypeCounts): string =>
      judges.map(({ judge, accepted, refused }) => `${judge} ${accepted}/${refused}`).join(', ')
    const excused = this.excused.map(({ rule, count }) => `${rule} ${count}`).join(', ')
    return [
      `${this.#rows} rows judged; excused: ${excused || 'none'}`,
      ...this.types.map((counts) => `  ${counts.type}: ${line(counts)}`),
    ].join('\n')
  }
}
