import { linesOf } from '../layout.js'
/** A condition in TypeScript before it is printed: leaves of code, joined. An empty `all` is true, an empty `any` false. */
export type Condition =
  | { readonly kind: 'leaf'; readonly code: string }
  | { readonly kind: 'all' | 'any'; readonly of: readonly Condition[] }

type Joint = 'all' | 'any'

export const leaf = (code: string): Condition => ({ kind: 'leaf', code })
export const always: Condition = { kind: 'all', of: [] }
export const never: Condition = { kind: 'any', of: [] }

const isConstant = (condition: Condition): boolean => condition.kind !== 'leaf' && condition.of.length === 0

export const isNever = (condition: Condition): boolean => condition.kind === 'any' && condition.of.length === 0

const dual = (joint: Joint): Joint => (joint === 'all' ? 'any' : 'all')

const membersOf = (joint: Joint, condition: Condition): readonly Condition[] =>
  condition.kind === joint ? condition.of : [condition]

const text = (condition: Condition): string => printCondition(condition)

const withoutRepeats = (conditions: readonly Condition[]): readonly Condition[] => [
  ...new Map(conditions.map((condition) => [text(condition), condition])).values(),
]

/** Leaves said earlier in a joint are settled in what follows them: `a == null || (a == null || b)` is `a == null || b`. */
const withoutSettled = (joint: Joint, condition: Condition, settled: ReadonlySet<string>): Condition => {
  if (condition.kind === 'leaf') return condition
  const kept = condition.of
    .filter((inner) => condition.kind !== joint || !settled.has(text(inner)))
    .map((inner) => withoutSettled(joint, inner, settled))
  return join(condition.kind, kept)
}

/** `(g || a) && (g || b)` as `g || (a && b)`, and the same the other way round. */
const factored = (joint: Joint, members: readonly Condition[]): Condition | null => {
  const inner = members.map((member) => membersOf(dual(joint), member))
  const [first = [], ...rest] = inner
  const common = first.filter((candidate) =>
    rest.every((others) => others.some((other) => text(other) === text(candidate))),
  )
  if (members.length < 2 || common.length === 0) return null
  const shared = new Set(common.map(text))
  const remaining = inner.map((of) =>
    join(
      dual(joint),
      of.filter((condition) => !shared.has(text(condition))),
    ),
  )
  return join(dual(joint), [...common, join(joint, remaining)])
}

/** Conditions joined by `&&` (all) or `||` (any), with constants folded and repeats left out. */
export const join = (joint: Joint, conditions: readonly Condition[]): Condition => {
  const members = withoutRepeats(conditions.flatMap((condition) => membersOf(joint, condition)))
  const ending = members.find((member) => isConstant(member) && member.kind === dual(joint))
  if (ending !== undefined) return ending
  const [only, ...others] = members
  if (only !== undefined && others.length === 0) return only
  const together = factored(joint, members)
  if (together !== null) return together
  const settled = new Set<string>()
  const kept = members.map((member) => {
    const simplified = withoutSettled(joint, member, settled)
    if (member.kind === 'leaf') settled.add(text(member))
    return simplified
  })
  return { kind: joint, of: kept }
}

export const all = (conditions: readonly Condition[]): Condition => join('all', conditions)
export const any = (conditions: readonly Condition[]): Condition => join('any', conditions)

const oppositeCode = (code: string): string => {
  const [, left, operator, right] = /^([^ ]+|\(.*\)) ([!=]==?) (null|undefined)$/.exec(code) ?? []
  if (left === undefined || operator === undefined) return `!(${code})`
  return `${left} ${operator.startsWith('!') ? '=' : '!'}${operator.slice(1)} ${right}`
}

/** What is left to ask of a condition where another is known to be false. */
export const settled = (known: Condition, condition: Condition): Condition => {
  const leaves = new Set(membersOf('any', known).map(text))
  return any(membersOf('any', condition).filter((member) => !leaves.has(text(member))))
}

/** The condition that is true where this one is false. Meant for tests of null and undefined. */
export const opposite = (condition: Condition): Condition => {
  if (condition.kind === 'leaf') return leaf(oppositeCode(condition.code))
  return join(dual(condition.kind), condition.of.map(opposite))
}

const operators: Readonly<Record<Joint, string>> = { all: '&&', any: '||' }

const printMember = (condition: Condition): string =>
  condition.kind === 'leaf' || isConstant(condition) ? printCondition(condition) : `(${printCondition(condition)})`

/** Code without the parentheses around all of it; where quotes may hold some, it stays as it is. */
export const bare = (code: string): string => {
  if (!code.startsWith('(') || /['"`/]/.test(code)) return code
  let depth = 0
  for (const [index, character] of [...code].entries()) {
    if (character === '(') depth += 1
    if (character === ')') depth -= 1
    if (depth === 0) return index === code.length - 1 ? code.slice(1, -1) : code
  }
  return code
}

/** The condition as an expression of one line. */
export const printCondition = (condition: Condition): string => {
  if (condition.kind === 'leaf') return condition.code
  if (condition.of.length === 0) return String(condition.kind === 'all')
  return condition.of.map(printMember).join(` ${operators[condition.kind]} `)
}

/** The condition as an expression of TypeScript: a line a member where they do not fit on one. */
export const conditionCode = (condition: Condition): string =>
  condition.kind === 'leaf' || condition.of.length === 0
    ? printCondition(condition)
    : linesOf(condition.of.map(printMember), ` ${operators[condition.kind]}`)
