import { error, nearestOr } from './entry.js'

export const usageCatalogue = {
  'unknown-command': error<{ name: string; nearest: string | null }>({
    message: ({ name }) => `there is no command \`${name}\``,
    help: ({ nearest }) => nearestOr(nearest, '`botschema --help` lists the commands'),
    explanation: 'The first word after `botschema` names a command. `botschema --help` lists them.',
  }),
  'unknown-option': error<{ name: string; nearest: string | null }>({
    message: ({ name }) => `there is no option \`${name}\` here`,
    help: ({ nearest }) => nearestOr(nearest, '`botschema COMMAND --help` lists the options of a command'),
    explanation: 'Each command has its own options. `botschema COMMAND --help` lists them.',
  }),
  'wrong-usage': error<{ problem: string }>({
    message: ({ problem }) => problem,
    help: () => '`botschema COMMAND --help` shows how a command is used',
    explanation:
      'A command was given an argument too many or too few, or an option a value that it does not take. `botschema COMMAND --help` shows what goes where.',
  }),
  'no-such-folder': error<{ path: string }>({
    message: ({ path }) => `there is no folder \`${path}\``,
    help: () => 'paths are relative to the current folder',
    explanation:
      'The arguments of a command are schema sets: folders with a botschema.yaml, or folders with such folders below them. Paths are relative to the current folder.',
  }),
  'no-set': error<{ path: string }>({
    message: ({ path }) => `there is no schema set in \`${path}\` or below it`,
    help: () => 'a schema set is a folder with a botschema.yaml',
    explanation:
      'A schema set is a folder with a botschema.yaml, which needs no more than `name:`. Sets are not looked for in node_modules, in folders whose name starts with a dot, nor in output folders.',
  }),
  'set-outside': error<{ path: string }>({
    message: ({ path }) => `a symbolic link in \`${path}\` leads out of the project`,
    help: () => 'name the folder that the link leads to, or allow that folder with `--allow-outside`',
    explanation:
      'The path lies in the project of the current folder (the nearest folder with a package.json or a .git), but a symbolic link on the way leads to another place. The command would read and write there without anybody having said so. Name the folder itself: `botschema generate /home/ada/other/schemas`.',
  }),
  'unknown-code': error<{ name: string; nearest: string | null }>({
    message: ({ name }) => `no diagnostic has the code \`${name}\``,
    help: ({ nearest }) => nearestOr(nearest, '`botschema explain` lists the codes'),
    explanation:
      'The code of a diagnostic is the name after its severity: `error unknown-type`. `botschema explain` lists all codes.',
  }),
  'unknown-subject': error<{ name: string; nearest: string | null }>({
    message: ({ name }) => `\`${name}\` is neither the code of a diagnostic nor an entity`,
    help: ({ nearest }) =>
      nearestOr(nearest, 'name an entity of the sets, or a code: `botschema explain` lists the codes'),
    explanation:
      '`botschema explain` tells what a diagnostic means, or what the calls on rows of an entity send to each store.',
  }),
} as const
