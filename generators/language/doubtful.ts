import type { Code } from '../kernel/catalogue/index.js'
import type { Diagnostic } from '../kernel/diagnostic.js'
import { isInside, type Span } from '../kernel/source.js'
import { entryOf, type Mapping } from './load/node.js'

/** Findings that follow from what rules of retention say, or from actions of references: only where all of those could be read. */
const needsRules: readonly Code[] = ['erase-missing', 'retention-blocked']

const ruleKeys = ['erase', 'guild_leave', 'member_leave']

const mappingIn = (root: Mapping, key: string): Mapping | null => {
  const value = entryOf(root, key)?.value
  return value?.kind === 'mapping' ? value : null
}

/** Where the rules of events stand in a definition, and what its references do. */
const rulesOf = (root: Mapping): readonly Span[] => {
  const retention = mappingIn(root, 'retention')
  const rules = ruleKeys.flatMap((key) => (retention === null ? [] : (entryOf(retention, key)?.value.at ?? [])))
  const fields = mappingIn(root, 'fields')?.entries ?? []
  const references = entryOf(root, 'references')?.value
  const items = references?.kind === 'sequence' ? references.items : []
  const actions = [...fields.map(({ value }) => value), ...items].flatMap((value) =>
    value.kind === 'mapping' ? (entryOf(value, 'on_delete')?.value.at ?? []) : [],
  )
  return [...rules, ...actions]
}

/** Whether a finding leaves open what a definition says of events: it stands in such a rule, or a rule may be misspelt. */
const concernsRules = ({ code, at, severity }: Diagnostic, root: Mapping): boolean => {
  if (severity !== 'error' || needsRules.includes(code)) return false
  const retention = mappingIn(root, 'retention')
  const isMisspelt = code === 'unknown-key' && retention !== null && isInside(at, retention.at)
  return isMisspelt || rulesOf(root).some((span) => isInside(at, span))
}

/** Without the findings that rules might answer which could not be read. */
export const withoutUnreadRules = (
  findings: readonly Diagnostic[],
  roots: readonly Mapping[],
): readonly Diagnostic[] =>
  findings.some((finding) => roots.some((root) => concernsRules(finding, root)))
    ? findings.filter(({ code }) => !needsRules.includes(code))
    : findings
