import { dollarQuoted, literal, qualified, type Sql, sql } from '../../kernel/safe/sql.js'
import type { Age } from '../../model/retention.js'

const secondsIn: Readonly<Record<Age['unit'], number>> = {
  seconds: 1,
  minutes: 60,
  hours: 3600,
  days: 86_400,
  weeks: 7 * 86_400,
  months: 31 * 86_400,
  years: 366 * 86_400,
}

interface Rhythm {
  /** How long between two runs at most, in seconds. */
  readonly seconds: number
  /** How many of them a schedule counts before it begins anew. */
  readonly most: number
  readonly schedule: (count: number) => string
}

const every = (count: number): string => (count === 1 ? '*' : `*/${count}`)

/**
 * From the rarest on. A count that does not divide its whole begins anew with that, so that one pause is shorter than
 * the others and none is longer.
 */
const rhythms: readonly Rhythm[] = [
  { seconds: 366 * 86_400, most: 1, schedule: () => '0 0 1 1 *' },
  { seconds: 31 * 86_400, most: 11, schedule: (count) => `0 0 1 ${every(count)} *` },
  { seconds: 86_400, most: 30, schedule: (count) => (count === 7 ? '0 0 * * 0' : `0 0 ${every(count)} * *`) },
  { seconds: 3600, most: 23, schedule: (count) => `0 ${every(count)} * * *` },
  { seconds: 60, most: 59, schedule: (count) => `${every(count)} * * * *` },
  { seconds: 1, most: 59, schedule: (count) => `${count} seconds` },
]

/** The rarest schedule of pg_cron that comes no rarer than asked; daily where nothing is asked. */
export const cronSchedule = (age: Age | null): string => {
  const asked = age === null ? 86_400 : age.count * secondsIn[age.unit]
  for (const { seconds, most, schedule } of rhythms) {
    const count = Math.min(most, Math.floor(asked / seconds))
    if (count >= 1) return schedule(count)
  }
  return '1 seconds'
}

/** What the job of a table is called. */
export const jobName = (setName: string, table: string): string => `botschema:${setName}:${table}`

/** Jobs of tables that have no retention any more are taken off. */
export const unscheduleOthers = (setName: string): Sql =>
  sql`SELECT cron.unschedule(jobid) FROM cron.job WHERE starts_with(jobname, ${literal(jobName(setName, ''))});`

/** The statement that schedules what retention does to an entity. */
export const scheduleStatement = (job: {
  readonly name: string
  readonly every: Age | null
  readonly schema: string
  readonly run: string
  readonly entity: string
}): Sql => {
  const call = dollarQuoted(sql`CALL ${qualified(job.schema, job.run)}(${literal(job.entity)})`)
  return sql`SELECT cron.schedule(${literal(job.name)}, ${literal(cronSchedule(job.every))}, ${call});`
}
