import type { Finding } from './agreement.js'
import type { Probe, Verdict } from './judges/judge.js'
import { nameAt } from './rows/given.js'
import { codeOf, jsonOf, type Members, members, unsaid } from './rows/sample.js'

/** A judge's words are the server's or a library's, which may repeat the whole value. */
const mostWords = 400

const asJson = (_: string, inner: unknown): unknown => {
  if (typeof inner === 'bigint') return `${inner}n`
  return typeof inner === 'number' && !Number.isFinite(inner) ? String(inner) : inner
}

/** The changed field of a row, or all of one that is valid, as code has it; as JSON has it where code has no form for it. */
export const shownRow = ({ row, patch, corner }: Probe): string => {
  const name = corner === null ? null : nameAt(corner.path)
  const names = name === null ? patch?.members.map((member) => member.name) : [name]
  const about: Members =
    names === undefined ? row : members(row.members.filter((member) => names.includes(member.name)))
  const code = codeOf(about)
  return JSON.stringify(code === unsaid ? jsonOf(about) : code, asJson)
}

/** What was done to a row: `settings.limit (integer)`. */
export const changeOf = ({ patch, corner }: Probe): string => {
  if (corner !== null)
    return `${corner.path} (${corner.type.kind})${corner.missing === null ? '' : ', which is left out'}`
  return patch === null ? 'a valid row' : `an update of ${patch.members.map(({ name }) => name).join(', ')}`
}

/** What a judge says, in its own words; null for one who has no part in it. */
const wordsOf = (verdict: Verdict): string | null => {
  switch (verdict.kind) {
    case 'refused':
      return `refused: ${verdict.words.slice(0, mostWords)}`
    case 'abstains':
      return null
    case 'accepted':
      return verdict.stored === undefined || verdict.stored.became === 'equal'
        ? 'accepted'
        : `accepted, but ${verdict.stored.words.slice(0, mostWords)}`
  }
}

/** What everyone says of a row, a line for those who say the same; those are marked who differ from the first. */
export const saidOf = ({ differences, verdicts }: Finding): readonly string[] => {
  const odd = new Set(differences.map(({ judge }) => judge))
  const sayers = new Map<string, string[]>()
  for (const [judge, verdict] of verdicts) {
    const words = wordsOf(verdict)
    if (words === null) continue
    const said = `${odd.has(judge) ? '>' : ' '} ${words}`
    sayers.set(said, [...(sayers.get(said) ?? []), judge])
  }
  return [...sayers].map(([said, judges]) => `${said.slice(0, 2)}${judges.join(', ')}: ${said.slice(2)}`)
}

/** A disagreement for people: the entity, what was changed, the row, and every judge's own words. */
export const told = (finding: Finding): string =>
  [
    `${finding.probe.entity.name}: ${changeOf(finding.probe)}`,
    `  ${shownRow(finding.probe)}`,
    ...saidOf(finding).map((line) => `  ${line}`),
  ].join('\n')
