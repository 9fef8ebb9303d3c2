import { error } from './entry.js'

const blockers = {
  link: 'a symbolic link stands',
  other: 'something that is neither file nor folder stands',
  folder: 'a folder stands',
  file: 'a file stands',
} as const

export const outputCatalogue = {
  'page-name-taken': error<{ path: string; by: string }>({
    message: ({ path, by }) => `the page would be ${path}, which is already ${by}`,
    help: () => 'give the page, or the entity, another name',
    explanation:
      'The docs of a set stand in one folder: README.md for the set, `<entity>.md` for each entity, retention.md and data-protection.md where there is something to tell of either, and the pages that `pages:` lists, under their own paths. Two of them want the same file. Names that differ in case only are the same file on macOS and Windows, so they count as the same here.\n\nRename the page (a page `guild.md` beside an entity `guild` could be `about-guilds.md`).',
  }),
  'output-missing': error({
    message: () => 'this file is missing',
    help: () => 'run `botschema generate`',
    explanation:
      'A file that the schema set makes is missing from its output folder. Somebody deleted it, or the YAML changed and `botschema generate` was not run since. Run it, and commit what it writes.',
  }),
  'output-stale': error({
    message: () => 'this file is out of date',
    help: () => 'run `botschema generate`',
    explanation:
      'The file stands as botschema wrote it, but the YAML (or botschema itself) has changed since, and the set now makes another text. Run `botschema generate`, and commit what it writes. The diff goes from the file as it stands to the file as the set makes it.',
  }),
  'output-edited': error({
    message: () => 'this file was changed by hand',
    help: () => 'move the change into the YAML, then run `botschema generate --force` to overwrite the file',
    explanation:
      'The file is neither what the schema set makes nor what botschema wrote last, by the hash in manifest.json. Outputs are never edited: the next `generate` would lose the change, so it refuses to touch anything until told `--force`. The diff of `botschema check` shows what would be lost. A manifest.json that was itself edited, or merged wrongly, vouches for no file; after a merge, `generate --force` puts everything right.',
  }),
  'output-orphaned': error<{ edited: boolean }>({
    message: ({ edited }) =>
      edited
        ? 'the set makes this file no longer, and it was changed by hand since botschema wrote it'
        : 'the set makes this file no longer',
    help: ({ edited }) =>
      edited
        ? 'keep what you need of it, then run `botschema generate --force`'
        : 'run `botschema generate`, which removes it',
    explanation:
      'botschema wrote this file for a definition, or for a target, that the schema set no longer has. `botschema generate` removes it. If it was edited by hand since, only `generate --force` does.',
  }),
  'output-abandoned': error<{ output: string }>({
    message: ({ output }) => `no set makes the outputs in \`${output}\``,
    help: () => 'remove the folder, if its set was renamed or removed',
    explanation:
      'The folder holds what botschema wrote for a set, but no set below the current folder has that name and that `output:` any more. Code that imports from it would never change again. `generate` removes only what the set it runs for wrote, so a person removes the folder.',
  }),
  'output-foreign': error({
    message: () => 'botschema did not write this file',
    help: () => 'move it out of the output folder, which is all botschema’s',
    explanation:
      'A file stands in the output folder of a schema set that the set does not make and botschema never made. `generate` does not touch it, but a reader would take it for generated. Move it elsewhere.',
  }),
  'output-blocked': error<{ by: keyof typeof blockers }>({
    message: ({ by }) => `${blockers[by]} where botschema writes`,
    help: () => 'move it away, then run `botschema generate`',
    explanation:
      'A link could lead a write out of the output folder, and a folder cannot be replaced by a file without losing what is in it. So botschema writes nothing until the way is clear, not even with `--force`.',
  }),
  'output-not-a-folder': error<{ path: string; kind: string }>({
    message: ({ path, kind }) => `the output folder \`${path}\` is a ${kind}`,
    help: () => 'make it a folder, or set another `output:`',
    explanation:
      'Outputs go below the folder that `output:` in botschema.yaml names (`output` beside it by default), in a folder with the name of the set. Neither of them, nor any folder between them and the root of the project, may be a file or a symbolic link: a link may lead anywhere.',
  }),
  'output-outside': error<{ output: string }>({
    message: ({ output }) => `the outputs would go to \`${output}\`, outside of the project`,
    help: ({ output }) => `set another \`output:\`, or allow it with \`--allow-outside ${output}\``,
    explanation:
      'A schema set writes below the root of its project: the nearest folder with a package.json or a .git, upwards from the set (where there is none, the current folder). `.git` and `node_modules` do not belong to it. Otherwise a repository that you only want to look at could write files anywhere on your disk. If the folder is meant, say so on the command line: `botschema generate --allow-outside ../other/generated`. The option allows that folder and everything below it, and can be given several times.',
  }),
  'output-holds-set': error<{ output: string }>({
    message: ({ output }) => `the outputs would go to \`${output}\`, which holds the set itself`,
    help: () => 'set another `output:`, or another `name:`',
    explanation:
      'Everything in the output folder of a set belongs to botschema. It cannot be the folder with the definitions, nor one above it.',
  }),
  'output-absolute': error<{ output: string }>({
    message: ({ output }) => `\`output: ${output}\` is not relative to botschema.yaml`,
    help: () => 'write a path from the folder of botschema.yaml, with `/`: `output: ../../output`',
    explanation:
      'A schema set means the same on every machine, so its outputs go to a place that is found from the set itself. Absolute paths, drive letters and backslashes are refused.',
  }),
  'output-shared': error<{ output: string; other: string }>({
    message: ({ output, other }) => `the outputs would go to \`${output}\`, as those of \`${other}\` do`,
    help: () => 'give the sets different names, or different `output:` folders',
    explanation:
      'Two schema sets have the same `name:` and the same `output:` folder, so each would overwrite or remove the other’s files.',
  }),
  'file-refused': error<{ path: string; reason: string }>({
    message: ({ path, reason }) => `\`${path}\`: ${reason}`,
    help: () => 'mend that and run the command again',
    explanation:
      'The system refused to read, write or remove a file or a folder: missing permission, a full or read-only disk, a name that is too long. Every file that was written so far is whole, and none is half-written; run the command again once the reason is gone.',
  }),
} as const
