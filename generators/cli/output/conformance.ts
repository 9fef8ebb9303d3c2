import type { Conformance } from '../../pipeline/conformance/index.js'
import type { Paint } from './paint.js'

type TypeCounts = Conformance['types'][number]

/** The targets, each with the judges that speak for it, by how their names begin. */
const targets = ['Zod', 'JSON Schema', 'Mongoose', 'Mongo validator', 'Postgres'] as const

const countsFor = (target: string, { judges }: TypeCounts): string => {
  const asked = judges.filter(({ judge }) => judge.startsWith(target))
  const sum = (of: 'accepted' | 'refused'): number => asked.reduce((total, counts) => total + counts[of], 0)
  return asked.length === 0 ? '-' : `${sum('accepted')}/${sum('refused')}`
}

/** Columns as wide as their widest cell, two spaces apart. */
const table = (rows: readonly (readonly string[])[]): readonly string[] => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

const countsOf = ({ types }: Conformance): readonly string[] => {
  const asked = targets.filter((target) => types.some((counts) => countsFor(target, counts) !== '-'))
  const lines = types.map((counts) => [counts.type, ...asked.map((target) => countsFor(target, counts))])
  return types.length === 0 ? [] : table([['accepted/refused', ...asked], ...lines])
}

const excusedBy = ({ excused }: Conformance): readonly string[] =>
  excused.length === 0
    ? []
    : [`differences by a rule: ${excused.map(({ rule, count }) => `${rule} ${count}`).join(', ')}`]

/** What was asked, and for each type what each target accepted and refused of it. */
export const conformanceText = (conformance: Conformance, paint: Paint): string => {
  const { earlier, pairs, rows, runs, seed } = conformance
  const again = paint.dim(`(the same again: --runs ${runs} --seed ${seed})`)
  const lines = [
    `rows ${rows}, pairs of values ${pairs}, rows stored before ${earlier}, seed ${seed} ${again}`,
    ...countsOf(conformance),
    ...excusedBy(conformance),
  ]
  return lines.map((line) => `    ${line}\n`).join('')
}
