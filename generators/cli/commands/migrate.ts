import { type Command, Option } from 'commander'
import { phases } from '../../evolution/migration/step.js'
import { type AddCommand, type FormatOptions, formatOf } from '../command.js'
import type { ApplyOptions } from '../migrate/apply.js'
import type { DatabaseOptions } from '../migrate/in-database.js'
import type { PlanOptions } from '../migrate/plan.js'
import { type OutsideOptions, withFormats, withSets, withVerbose } from '../options.js'
import { readDuration } from '../retention/arguments.js'
import { allowingOutside } from '../session.js'

type Options = FormatOptions & OutsideOptions

const withDatabase = (command: Command): Command =>
  withSets(withVerbose(withFormats(command))).option(
    '--postgres [url]',
    'a Postgres database; that of DATABASE_URL by default',
  )

const wait = (): Option =>
  new Option('--wait <duration>', 'how long to wait for locks of others, such as `5m`; a minute by default').argParser(
    readDuration,
  )

export const addMigrate: AddCommand = (program, act) => {
  const migrate = program
    .command('migrate')
    .description('change databases that have rows: plans that are proved, read and then applied')
    .helpCommand(false)
  withSets(withVerbose(withFormats(migrate.command('plan').argument('<name>', 'what the plan does: `add-levels`'))))
    .description('plan the way from the last plan to the sets as they are now, prove it, and write it')
    .option('--quick', 'for a bot that is stopped meanwhile: one transaction where that is possible')
    .action((name: string, given: readonly string[], options: PlanOptions & Options) =>
      act(formatOf(options), async (session) =>
        (await import('../migrate/plan.js')).plan(allowingOutside(session, options), name, given, options),
      ),
    )
  withSets(withVerbose(withFormats(migrate.command('check'))))
    .description('exit 1 when a plan was edited, is missing, or has a hazard that nobody accepted')
    .action((given: readonly string[], options: Options) =>
      act(formatOf(options), async (session) =>
        (await import('../migrate/check.js')).check(allowingOutside(session, options), given),
      ),
    )
  withSets(withVerbose(withFormats(migrate.command('prove'))))
    .description('do all plans again on the embedded Postgres, over rows of the sets that they begin with')
    .action((given: readonly string[], options: Options) =>
      act(formatOf(options), async (session) =>
        (await import('../migrate/check.js')).prove(allowingOutside(session, options), given),
      ),
    )
  withSets(withVerbose(withFormats(migrate.command('squash').argument('<name>', 'what the one plan is called'))))
    .description('put one plan from nothing in the place of all')
    .action((name: string, given: readonly string[], options: Options) =>
      act(formatOf(options), async (session) =>
        (await import('../migrate/plan.js')).squash(allowingOutside(session, options), name, given),
      ),
    )
  withDatabase(migrate.command('apply'))
    .description('apply the plans that the database does not have yet')
    .addOption(
      new Option('--through <phase>', 'stop after a phase, such as `expand` before new code is deployed').choices(
        phases,
      ),
    )
    .addOption(wait())
    .option('--dry-run', 'only show what would be done')
    .action((given: readonly string[], options: ApplyOptions & Options) =>
      act(formatOf(options), async (session) =>
        (await import('../migrate/apply.js')).apply(allowingOutside(session, options), given, options),
      ),
    )
  withDatabase(migrate.command('status'))
    .description('say which plans the database has, and which it lacks; changes nothing')
    .action((given: readonly string[], options: DatabaseOptions & Options) =>
      act(formatOf(options), async (session) =>
        (await import('../migrate/status.js')).status(allowingOutside(session, options), given, options),
      ),
    )
  withDatabase(migrate.command('baseline'))
    .description('adopt a database that was made without plans: record that it is where the plans end')
    .addOption(wait())
    .action((given: readonly string[], options: DatabaseOptions & Options) =>
      act(formatOf(options), async (session) =>
        (await import('../migrate/baseline.js')).baseline(allowingOutside(session, options), given, options),
      ),
    )
}
