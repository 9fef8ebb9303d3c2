import { type Document, parseDocument, visit } from 'yaml'
import { z } from 'zod'
import { hazardKinds, phases } from '../../evolution/index.js'
import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { type Source, type Span, span, wholeOf } from '../../kernel/source.js'
import { type Acceptance, hashOfPlan, type Plan } from './state.js'

const text = z.string()
const texts = z.array(text)

/** What is empty is not written. */
const step = z.strictObject({
  id: text,
  phase: z.enum(phases),
  transaction: z.enum(['own', 'none']),
  statements: texts,
  before: z.array(z.strictObject({ table: text, where: text, words: text })).default([]),
  done: text.nullable().default(null),
  cleanup: text.nullable().default(null),
  reverse: texts.nullable().default(null),
  values: texts.default([]),
  hazards: z.array(z.enum(hazardKinds)).default([]),
  observed: z
    .strictObject({ locks: texts.default([]), rewrites: texts.default([]), scans: texts.default([]) })
    .nullable()
    .default(null),
})

const hash = z.string().regex(/^[0-9a-f]{64}$/)

const form = z.strictObject({
  name: text,
  parent: hash.nullable(),
  from: hash.nullable(),
  to: hash,
  quick: z.boolean(),
  hash,
  accept: z.array(z.strictObject({ hazard: z.enum(hazardKinds), step: text, because: text.nullable() })),
  unproved: texts,
  steps: z.array(step),
})

/** A reason that somebody gave, or did not, and where. */
export interface PlacedAcceptance extends Acceptance {
  readonly at: Span
}

/** A plan as it stands on the disk. */
export interface ReadPlan {
  readonly plan: Plan
  readonly hash: string
  readonly accept: readonly PlacedAcceptance[]
  readonly at: Span
}

const refused = (source: Source, problem: string): Diagnostic => report('plan-refused', wholeOf(source), { problem })

/** A plan may be anybody's: larger ones are written by nothing that botschema knows. */
const mostCharacters = 32 * 1024 * 1024

const hasAliases = (document: Document.Parsed): boolean => {
  const found = { is: false }
  visit(document, {
    Alias: () => {
      found.is = true
      return visit.BREAK
    },
  })
  return found.is
}

/** Reads a plan.yaml, and holds it to its own hash. */
export const readPlan = (source: Source): ReadPlan | Diagnostic => {
  if (source.text.length > mostCharacters) return refused(source, 'it is too large')
  const document = parseDocument(source.text, { strict: true, uniqueKeys: true })
  const [failure] = document.errors
  if (failure !== undefined) return refused(source, failure.message.split('\n')[0] ?? 'it is no YAML')
  // Nothing that botschema writes stands for something else.
  if (hasAliases(document)) return refused(source, 'it has aliases')
  const parsed = form.safeParse(document.toJS())
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    return refused(source, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`)
  }
  const { accept, hash: said, ...plan } = parsed.data
  if (hashOfPlan(plan) !== said) return report('plan-edited', wholeOf(source), { what: 'the plan' })
  return {
    plan,
    hash: said,
    accept: accept.map((one, index) => {
      const node = document.getIn(['accept', index], true) as { readonly range?: readonly number[] | null } | undefined
      const [start = 0, end = source.text.length] = node?.range ?? []
      return { ...one, at: span(source, start, end) }
    }),
    at: wholeOf(source),
  }
}
