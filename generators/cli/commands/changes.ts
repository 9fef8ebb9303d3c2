import { Option } from 'commander'
import type { ChangesOptions } from '../changes/index.js'
import { type AddCommand, type FormatOptions, formatOf } from '../command.js'
import { type OutsideOptions, withFormats, withSets, withVerbose } from '../options.js'
import { allowingOutside } from '../session.js'

export const addChanges: AddCommand = (program, act) => {
  withSets(withVerbose(withFormats(program.command('changes'))))
    .description('tell what an edit of the sets means for stored rows, readers, writers, callers and links')
    .option(
      '--from <ref|folder>',
      'what to compare with: a commit that git knows, or a folder of earlier outputs, which begins with `./`, `../` or `/`; HEAD by default',
    )
    .addOption(new Option('--fail-on <what>', 'exit with 1 if anything breaks').choices(['breaking']))
    .action((given: readonly string[], options: ChangesOptions & FormatOptions & OutsideOptions) =>
      act(formatOf(options), async (session) =>
        (await import('../changes/index.js')).changes(allowingOutside(session, options), given, options),
      ),
    )
}
