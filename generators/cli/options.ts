import { type Command, Option } from 'commander'

export const setsArgument = [
  '[sets...]',
  'folders with a botschema.yaml, or folders with such folders below; every set below the current folder by default',
] as const

/** `--json`, of every command. */
export const withJson = (command: Command): Command =>
  command.option('--json', 'print one JSON document on standard output')

/** `--verbose`, of commands that shorten what they print to a screenful. */
export const withVerbose = (command: Command): Command =>
  command.addOption(new Option('--verbose', 'print every finding, loss and difference').conflicts(['json', 'format']))

/** `--json` and `--format`, of the commands whose findings other tools read. */
export const withFormats = (command: Command): Command =>
  withJson(command).addOption(
    new Option('--format <format>', 'print the findings for another tool')
      .choices(['github', 'junit', 'sarif'])
      .conflicts('json'),
  )
