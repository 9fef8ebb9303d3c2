import { type Command, Option } from 'commander'

export const setsArgument = [
  '[sets...]',
  'folders with a botschema.yaml, or folders with such folders below; every set below the current folder by default',
] as const

/** `--json`, of every command. */
export const withJson = (command: Command): Command =>
  command.option('--json', 'print one JSON document on standard output')

/** `--json` and `--format`, of the commands whose findings other tools read. */
export const withFormats = (command: Command): Command =>
  withJson(command).addOption(
    new Option('--format <format>', 'print the findings for another tool')
      .choices(['github', 'junit', 'sarif'])
      .conflicts('json'),
  )
