import { describe, expect, it } from 'vitest'
import { cronSchedule } from '../../../generators/postgres/retention/cron.js'
import { emitted, setOf } from '../../support/schema-sql.js'

describe('the schedule of pg_cron', () => {
  it.each([
    [5, 'seconds', '5 seconds'],
    [59, 'seconds', '59 seconds'],
    [90, 'seconds', '* * * * *'],
    [1, 'minutes', '* * * * *'],
    [7, 'minutes', '*/7 * * * *'],
    [90, 'minutes', '0 * * * *'],
    [6, 'hours', '0 */6 * * *'],
    [36, 'hours', '0 0 * * *'],
    [10, 'days', '0 0 */10 * *'],
    [1, 'weeks', '0 0 * * 0'],
    [2, 'weeks', '0 0 */14 * *'],
    [30, 'days', '0 0 */30 * *'],
    [1, 'months', '0 0 1 * *'],
    [40, 'days', '0 0 1 * *'],
    [3, 'months', '0 0 1 */3 *'],
    [11, 'months', '0 0 1 */11 *'],
    [3, 'years', '0 0 1 1 *'],
  ] as const)('for %i %s is the rarest that is not too rare: %s', (count, unit, schedule) => {
    expect(cronSchedule({ count, unit })).toBe(schedule)
  })

  it('is daily where nothing is said', () => {
    expect(cronSchedule(null)).toBe('0 0 * * *')
  })
})

const yaml = `
entity: note
table: "it's $$"
fields: { id: snowflake, at: timestamp }
indexes: [[at]]
retention: { clock: at, every: 2 hours, steps: [{ after: 1 day, delete: true }] }
---
entity: task
fields: { id: snowflake, at: timestamp }
indexes: [[at]]
retention: { every: 1 minute, steps: [{ at: at, before: tell, delete: true }] }
`

describe('retention-cron.sql', () => {
  it('has a job for each table with steps that wait for nobody, and takes off all jobs that were', async () => {
    const text = await emitted(setOf(yaml), { pg_cron: true, schema: 'club' }, 'postgres/retention-cron.sql')
    expect(text.split('\n').filter((line) => line.startsWith('SELECT'))).toEqual([
      "SELECT cron.unschedule(jobid) FROM cron.job WHERE starts_with(jobname, 'botschema:sample:');",
      "SELECT cron.schedule('botschema:sample:it''s $$', '0 */2 * * *', $$CALL club.run_retention('note')$$);",
    ])
  })

  it('is there only where it is asked for', async () => {
    expect(await emitted(setOf(yaml), {}, 'postgres/retention-cron.sql')).toBe('')
    const hooked = yaml.slice(yaml.indexOf('entity: task'))
    expect(await emitted(setOf(hooked), { pg_cron: true }, 'postgres/retention-cron.sql')).toBe('')
  })
})
