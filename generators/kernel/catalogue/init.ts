import { error, nearestOr } from './entry.js'

const blockers = {
  link: 'a symbolic link stands',
  other: 'something that is neither file nor folder stands',
  folder: 'a folder stands',
  file: 'a file stands',
} as const

export const initCatalogue = {
  'choice-missing': error<{ option: string; choices: readonly string[] }>({
    message: ({ option }) => `\`${option}\` is missing, and there is nobody to ask`,
    help: ({ choices }) => `there are ${choices.join(', ')}`,
    explanation:
      '`botschema init` asks at a terminal for what was not said. In a script, in CI and with `--json` it never does, so what has no default is given as an option: `botschema init --with guilds,members --store postgres`. `--with none` makes a set that takes in nothing.',
  }),
  'unknown-choice': error<{ name: string; nearest: string | null; choices: readonly string[] }>({
    message: ({ name }) => `the library has no module \`${name}\``,
    help: ({ nearest, choices }) => nearestOr(nearest, `there are ${choices.join(', ')}`),
    explanation:
      '`--with` takes names of modules of the library, with commas between them: `--with guilds,members`. What a module takes in itself comes with it: `members` brings `guilds` and `users`.',
  }),
  'choices-contradict': error<{ one: string; other: string }>({
    message: ({ one, other }) => `the modules \`${one}\` and \`${other}\` contradict each other`,
    help: () => 'take one of them',
    explanation:
      'Two modules say the same thing differently, and neither takes in the other, so which one is meant cannot be known. `retention-brief` and `retention-lasting`, for one, keep the same rows for weeks and for years.',
  }),
  'file-there': error({
    message: () => 'the file is there already, and is not what `init` would write',
    help: () => 'give another folder, or overwrite it with `botschema init --force`',
    explanation:
      '`botschema init` writes a new set. Where a file of it stands already and says something else, nothing at all is written, since somebody’s work would be lost. `--force` overwrites; what `init` adds to (package.json, .gitignore, .gitattributes) keeps what it has either way.',
  }),
  'file-in-the-way': error<{ by: keyof typeof blockers }>({
    message: ({ by }) => `${blockers[by]} where \`init\` writes`,
    help: () => 'move it away, or give another folder',
    explanation:
      'A link could lead a write anywhere, and a folder cannot be replaced by a file without losing what is in it. So nothing is written until the way is clear, not even with `--force`.',
  }),
  'script-taken': error<{ name: string; wanted: string }>({
    message: ({ name }) => `the script \`${name}\` is there already, and does something else`,
    help: ({ wanted }) => `\`init\` would make it \`${wanted}\`: rename yours, or overwrite it with \`--force\``,
    explanation:
      '`botschema init` adds scripts to package.json: `botschema:generate`, `botschema:check` and, for a bot in JavaScript, `botschema:build`. One of that name with another text is somebody’s own, and is overwritten only with `--force`.',
  }),
  'package-json-unreadable': error<{ problem: string }>({
    message: ({ problem }) => `package.json cannot be added to: ${problem}`,
    help: () => 'mend it and run `botschema init` again',
    explanation:
      '`botschema init` adds scripts and dependencies to package.json, and leaves the rest of it as it stands. For that it has to be a JSON object, and `scripts`, `dependencies` and `devDependencies` objects in it.',
  }),
} as const
