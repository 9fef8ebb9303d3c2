import { type AddCommand, type FormatOptions, formatOf } from '../command.js'
import type { DriftOptions } from '../drift/index.js'
import { type OutsideOptions, withFormats, withSets, withVerbose } from '../options.js'
import { allowingOutside } from '../session.js'

export const addDrift: AddCommand = (program, act) => {
  withSets(withVerbose(withFormats(program.command('drift'))))
    .description('compare a live database with the sets: what is missing, different or in the way; changes nothing')
    .option('--postgres [url]', 'a Postgres database; that of DATABASE_URL by default')
    .option('--baseline <file>', 'a YAML file of findings that are accepted, each with a reason and until a day')
    .option('--all', 'also list what is there and no set describes')
    .action((given: readonly string[], options: DriftOptions & FormatOptions & OutsideOptions) =>
      act(formatOf(options), async (session) =>
        (await import('../drift/index.js')).drift(allowingOutside(session, options), given, options),
      ),
    )
}
