import { Command } from 'commander'
import type { Act } from './command.js'
import { addChanges } from './commands/changes.js'
import { addCheck } from './commands/check.js'
import { addDrift } from './commands/drift.js'
import { addExplain } from './commands/explain.js'
import { addGenerate } from './commands/generate.js'
import { addInit } from './commands/init.js'
import { addMigrate } from './commands/migrate.js'
import { addRetention } from './commands/retention.js'
import { addValidate } from './commands/validate.js'
import { addVerify } from './commands/verify.js'
import type { Terminal } from './terminal.js'

const commands = [
  addInit,
  addValidate,
  addGenerate,
  addCheck,
  addVerify,
  addChanges,
  addDrift,
  addMigrate,
  addRetention,
  addExplain,
]

/** The command line: what there is to type. Mistakes are thrown as commander's errors and told by `run`. */
export const programFor = (terminal: Terminal, act: Act, version: string): Command => {
  const program = new Command('botschema')
    .description('One YAML description of the data a bot keeps; every output means the same.')
    .helpOption('-h, --help', 'show what a command does and takes')
    .helpCommand(false)
    .version(version, '-v, --version', 'print the version')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: () => undefined,
      getOutHelpWidth: () => (terminal.stdout.isTerminal ? terminal.stdout.columns : 100),
    })
  for (const add of commands) add(program, act)
  return program
}
