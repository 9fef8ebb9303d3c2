import type { Act, AddCommand } from '../command.js'
import { formatOf } from '../command.js'
import { Interrupted } from '../interrupted.js'
import { type PlanOptions, type RunOptions, withDatabase, withRun } from '../retention/options.js'
import type { Runner } from '../retention/run.js'
import { allowingOutside } from '../session.js'

const plan = (act: Act, given: readonly string[], options: PlanOptions): Promise<void> =>
  act(formatOf(options), async (session) =>
    (await import('../retention/plan.js')).plan(allowingOutside(session, options), given, options),
  )

/** The first report is of what is wrong before any run, if something is; else each run has its own. */
const run = async (act: Act, given: readonly string[], options: RunOptions): Promise<void> => {
  const ready: { runner: Runner | null } = { runner: null }
  const once = (): Promise<void> =>
    act(formatOf(options), async (session) => {
      if (ready.runner !== null) return ready.runner.run()
      const { openRunner } = await import('../retention/run.js')
      const opened = await openRunner(allowingOutside(session, options), given, options)
      if ('diagnostics' in opened) return opened
      ready.runner = opened
      return opened.run()
    })
  try {
    const { processClock, repeat } = await import('../retention/schedule.js')
    const started = processClock.now()
    await once()
    if (ready.runner === null || options.every === undefined) return
    await repeat(once, options.every, started, ready.runner.stop)
    throw new Interrupted()
  } finally {
    ready.runner?.close()
  }
}

export const addRetention: AddCommand = (program, act) => {
  const retention = program
    .command('retention')
    .description('see what is due in a live database, or do it: retention as the sets describe it')
    .helpCommand(false)
  withDatabase(retention.command('plan'))
    .description('say how many rows are due for what; changes nothing')
    .action((given: readonly string[], options: PlanOptions) => plan(act, given, options))
  withRun(retention.command('run'))
    .description('set, archive and delete what is due')
    .action((given: readonly string[], options: RunOptions) => run(act, given, options))
}
