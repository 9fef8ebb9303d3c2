import { z } from 'zod'
import { type Constraint, typeConstraint } from '../errors.js'

/** What a statement does to a row: one that is deleted cannot lack what it points at. */
export type Doing = 'read' | 'write' | 'delete'

/** What the database refuses rows for, by table and name of the constraint: `guilds.guilds_pkey`. */
export type Constraints = { readonly [tableAndName: string]: Constraint }

/** What is written to, as errors tell it. */
export interface Written {
  readonly entity: string
  /** The table's name, without its schema. */
  readonly name: string
  readonly constraints: Constraints
  /** The properties that the database computes. */
  readonly computed?: readonly string[]
}

/** What `pg` and PGlite say of an error (Postgres manual, 53.8: the fields of an error). */
export const databaseError = z.object({
  code: z.string(),
  table: z.string().optional(),
  constraint: z.string().optional(),
})

type DatabaseError = z.output<typeof databaseError>

/** Partitions call what they take from their table by their own name, where that begins with the table's. */
const constraintOf = (
  { name: own, constraints }: Written,
  { table = own, constraint = '' }: DatabaseError,
): Constraint | undefined =>
  constraints[`${table}.${constraint}`] ??
  constraints[`${own}.${constraint}`] ??
  constraints[`${own}.${constraint.replace(table, () => own)}`]

/** Rows that point at the one which was to go, or to change: the constraint is theirs. */
const referenced = (constraint: Constraint): Constraint => ({
  ...constraint,
  problem: 'referenced',
  rule: `rows of ${constraint.entity} point at it`,
})

/** What breaks a constraint (Postgres manual, appendix A, class 23), and of what sort that is. */
const violations: Readonly<Record<string, Constraint['problem']>> = {
  23001: 'reference',
  23503: 'reference',
  23505: 'unique',
  23514: 'check',
}

/** The constraint of the description that an error is about; null where it is about none. */
const constraintIn = (failure: unknown, written: Written, doing: Doing): Constraint | null => {
  const { data: error } = databaseError.safeParse(failure)
  if (error === undefined) return null
  const constraint = constraintOf(written, error)
  if (constraint === undefined || violations[error.code] !== constraint.problem) return null
  const isPointedAt = error.code === '23001' || doing === 'delete' || (error.table ?? written.name) !== written.name
  return constraint.problem === 'reference' && isPointedAt ? referenced(constraint) : constraint
}

/** What a value is refused with that leaves its type: a number its range, a text its length, a time the calendar. */
const outOfType: readonly string[] = ['22001', '22003', '22008']

/** The constraint that an error of a write is about, as `constraintIn`; what is given was held to its type before. */
export const refusedBy = (failure: unknown, written: Written, doing: Doing): Constraint | null => {
  const constraint = constraintIn(failure, written, doing)
  const code = databaseError.safeParse(failure).data?.code ?? ''
  return constraint === null && doing === 'write' && outOfType.includes(code)
    ? typeConstraint(written.entity, written.computed ?? [])
    : constraint
}
