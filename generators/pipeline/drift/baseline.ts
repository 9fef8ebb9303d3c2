import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { type Source, type Span, wholeOf } from '../../kernel/source.js'
import { loadFile } from '../../language/load/index.js'
import { entryOf, type Mapping, type Node } from '../../language/load/node.js'
import type { Told } from './report.js'

/** A finding that somebody accepted, for a reason and until a day. */
interface Accepted {
  readonly finding: string
  /** `2027-01-31`; the finding is told again after it. */
  readonly until: string
  readonly at: Span
}

export interface Baseline {
  readonly accepted: readonly Accepted[]
  readonly diagnostics: readonly Diagnostic[]
}

const textAt = (mapping: Mapping, key: string): string | null => {
  const value = entryOf(mapping, key)?.value
  return value?.kind === 'scalar' && value.text.trim() !== '' ? value.text.trim() : null
}

/** A day of the calendar: JavaScript itself would take the 30th of February for one in March. */
const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text

const keys = ['finding', 'because', 'until'] as const

const refused = (at: Span, problem: string): Diagnostic => report('baseline-refused', at, { problem })

const readEntry = (node: Node): Accepted | Diagnostic => {
  if (node.kind !== 'mapping') return refused(node.at, 'an entry has `finding`, `because` and `until`')
  const stray = node.entries.find(({ key }) => !(keys as readonly string[]).includes(key.text))
  if (stray !== undefined) return refused(stray.key.at, `an entry has no key \`${stray.key.text}\``)
  const [finding, because, until] = keys.map((key) => textAt(node, key))
  if (finding === null || finding === undefined) return refused(node.at, 'an entry needs `finding`')
  if (because === null) return refused(node.at, 'an entry needs `because`: why it is accepted')
  if (until === null || until === undefined || !isDay(until)) {
    return refused(node.at, 'an entry needs `until`: a day, such as 2027-01-31')
  }
  return { finding, until, at: node.at }
}

/** Reads a file of accepted findings. */
export const readBaseline = (source: Source): Baseline => {
  const { diagnostics, documents } = loadFile(source)
  if (diagnostics.length > 0) return { accepted: [], diagnostics }
  const [document] = documents
  const entry = document === undefined ? undefined : entryOf(document.root, 'accepted')
  if (entry?.value.kind !== 'sequence' || documents.length > 1 || document?.root.entries.length !== 1) {
    return { accepted: [], diagnostics: [refused(wholeOf(source), 'it has one key, `accepted`, with a list')] }
  }
  const read = entry.value.items.map(readEntry)
  return {
    accepted: read.flatMap((one) => ('finding' in one ? [one] : [])),
    diagnostics: read.flatMap((one) => ('code' in one ? [one] : [])),
  }
}

/** What is still told where some findings are accepted, and what the file itself is wrong about. */
export interface Judged {
  readonly told: readonly Told[]
  readonly diagnostics: readonly Diagnostic[]
}

/** `today` is a day in UTC, `2027-01-31`. */
export const judge = (told: readonly Told[], { accepted }: Baseline, today: string): Judged => {
  const byKey = new Map(accepted.map((one) => [one.finding, one]))
  const isAccepted = ({ finding }: Told): boolean => (byKey.get(finding.id)?.until ?? '') >= today
  const found = new Set(told.map(({ finding }) => finding.id))
  return {
    told: told.filter((one) => !isAccepted(one)),
    diagnostics: accepted.flatMap(({ at, finding, until }) => {
      if (!found.has(finding)) return [report('baseline-gone', at, { finding })]
      return until < today ? [report('baseline-over', at, { finding, until })] : []
    }),
  }
}
