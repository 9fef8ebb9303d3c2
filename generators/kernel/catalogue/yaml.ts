import { error } from './entry.js'

export const yamlCatalogue = {
  'yaml-syntax': error<{ message: string; help: string | null }>({
    message: ({ message }) => `this is not YAML: ${message}`,
    help: ({ help }) => help,
    explanation:
      'The file could not be read as YAML 1.2. The usual reasons are a text with `: ` or a leading `@`, `*`, `%` or `` ` `` in it (put it in quotes), lines of one mapping that do not start in the same column, and a quote or bracket that is never closed.',
  }),
  'yaml-unclosed-quote': error<{ quote: '"' | "'" }>({
    message: ({ quote }) => `this text begins with ${quote} and has no ${quote} at its end`,
    help: ({ quote }) =>
      quote === '"'
        ? 'close the quote; inside it, write a quote as \\"'
        : "close the quote; inside it, write a quote as ''",
    explanation:
      'A text in quotes may go over many lines, so YAML takes everything that follows for text and finds the mistake at the end of the file. What is underlined is where the text begins.',
  }),
  'yaml-tag': error<{ text: string }>({
    message: ({ text }) => `YAML tags such as \`${text}\` are not used here`,
    help: () => 'leave the tag out; if it is text, put it in quotes',
    explanation:
      'What a value means follows from the key it stands at, never from a YAML tag. A text that starts with `!` needs quotes.',
  }),
  'yaml-anchor': error<{ text: string }>({
    message: ({ text }) => `YAML anchors and aliases such as \`${text}\` are not used here`,
    help: () =>
      'share a structure by defining it once as an `object:`, `enum:` or `type:`; if it is text, put it in quotes',
    explanation:
      'Anchors (`&name`) and aliases (`*name`) copy text without a name that the docs and the types could show. Define the shared thing as an `object:`, an `enum:` or a `type:` and name it where it is needed.',
  }),
  'yaml-directive': error({
    message: () => 'YAML directives are not used here',
    help: () => 'remove the line that starts with `%`',
    explanation: 'Files are always read as YAML 1.2; a `%YAML` or `%TAG` line can only make them mean something else.',
  }),
  'yaml-tab': error({
    message: () => 'a tab stands where YAML needs spaces',
    help: () => 'use spaces; a tab may stand only inside a text',
    explanation:
      'YAML forbids tabs in indentation, and outside texts a tab looks like spaces in every editor while meaning something else. Use spaces.',
  }),
  'yaml-key': error({
    message: () => 'a key is a single text',
    help: () => 'write `key: value`',
    explanation: 'YAML allows lists and mappings as keys; here every key is a plain name.',
  }),
  'yaml-too-deep': error<{ deepest: number }>({
    message: ({ deepest }) => `lists and mappings are nested more than ${deepest} deep`,
    help: () => 'give the inner structures names with `object:`',
    explanation: 'No description needs this depth; a file that has it was most likely made by mistake.',
  }),
  'yaml-character': error<{ character: string }>({
    message: ({ character }) => `this text holds ${character}`,
    help: () => 'remove it',
    explanation:
      'No store holds NUL or half of a surrogate pair in a text, and no output could show them. They come in by copying, or as `\\0` and `\\ud83d` in double quotes.',
  }),
  'duplicate-key': error<{ key: string }>({
    message: ({ key }) => `\`${key}\` is written twice`,
    help: () => 'keep one of them',
    explanation:
      'Of two equal keys in one mapping YAML readers keep one and drop the other in silence. Remove or rename one.',
  }),
  'comment-ate-text': error<{ text: string }>({
    message: ({ text }) => `\`${text.length > 24 ? `${text.slice(0, 24)}…` : text}\` is read as a comment`,
    help: () => 'put the whole text in quotes, or write a space after the # if it is a comment',
    explanation:
      'In YAML a `#` after a space starts a comment, so `title: Rule #3` is the text `Rule`. Put such texts, and colours such as `"#5865f2"`, in quotes. A comment behind a value has a space after its `#`.',
  }),
  'comma-split-text': error({
    message: () => 'a comma inside { } or [ ] has cut this text in two',
    help: () => 'put the text in quotes, or write the mapping on lines of its own',
    explanation:
      'Inside `{ }` and `[ ]` every comma ends a value: `{ why: Fast, cheap }` is `why: Fast` and a key `cheap`, and `{ type: enum(a, b) }` is `type: enum(a` and a key `b)`. Quote the text, or write it on a line of its own.',
  }),
  'not-a-mapping': error({
    message: () => 'a definition is a mapping of keys to values',
    help: () => 'start with `entity:`, `object:`, `enum:` or `type:`',
    explanation: 'Each YAML document defines one thing as lines of `key: value`; a bare text or list defines nothing.',
  }),
  'not-utf8': error<{ path: string }>({
    message: ({ path }) => `\`${path}\` is not UTF-8 text`,
    help: () => 'save it as UTF-8',
    explanation:
      'All files of a set are UTF-8. Other encodings cannot be told apart for certain, so they are not guessed.',
  }),
  'file-too-large': error<{ path: string; most: number }>({
    message: ({ path, most }) => `\`${path}\` is larger than ${most} MiB`,
    help: () => 'put its definitions into several files, if it is a definition file at all',
    explanation:
      'A definition file holds a few definitions, each of some kilobytes; the docs pages of a set are no larger. A file of many megabytes is a log, a dump or a picture that came in by mistake, and reading it as YAML would take gigabytes of memory.',
  }),
  'linked-input': error<{ path: string }>({
    message: ({ path }) => `\`${path}\` is a symbolic link`,
    help: () => 'put the file itself there, or take in a folder of definitions with `use:`',
    explanation:
      'Links are not followed: one may lead anywhere, and its target is not part of the repository that the set is. Left out in silence, what it leads to would seem to be part of the set. So a link to a definition file, to a page or to a folder is an error; definitions that several sets share are named with `use:`.',
  }),
  'yml-file': error<{ path: string; renamed: string }>({
    message: ({ path }) => `\`${path}\` is not read: definition files end in .yaml`,
    help: ({ renamed }) => `rename it to \`${renamed}\``,
    explanation:
      'A set is botschema.yaml and every other `*.yaml` file below it. A `.yml` file would be left out in silence, so it is an error.',
  }),
} as const
