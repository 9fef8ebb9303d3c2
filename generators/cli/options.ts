import { type Command, Option } from 'commander'

const setsArgument = [
  '[sets...]',
  'folders with a botschema.yaml, or folders with such folders below; every set below the current folder by default',
] as const

/** An option that may be given several times. */
export const collected = (value: string, before: readonly string[] | undefined): readonly string[] => [
  ...(before ?? []),
  value,
]

export interface OutsideOptions {
  readonly allowOutside?: readonly string[]
}

/** The sets that a command is about, and the folders outside of their projects that they may use. */
export const withSets = (command: Command): Command =>
  command
    .argument(...setsArgument)
    .addOption(
      new Option(
        '--allow-outside <folder>',
        'let sets read from and write to a folder outside of their project; can be given several times',
      ).argParser(collected),
    )

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
