import { error } from './entry.js'

const listed = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ')

/** What `changes` finds in an edit of a set. */
export const changesCatalogue = {
  'breaking-change': error<{ kind: string; subject: string; what: string; breaks: readonly string[] }>({
    message: ({ breaks, kind, subject, what }) =>
      `${kind} ${subject}${what === '' ? '' : `: ${what}`} (breaks ${breaks.join(', ')})`,
    help: () => null,
    explanation:
      'The set means something else than it did, and somebody depends on what it meant. The words in brackets say who:\n\n- *rows*: what is stored already. A row that was valid is refused now, or a value is lost.\n- *readers*: code that was built before and reads what is stored afterwards.\n- *writers*: code that was built before and writes.\n- *callers*: code that is compiled against the new types, or that calls the new validators and functions.\n- *links*: links into the docs.\n\nIt is a finding with `--fail-on breaking`; else `changes` lists it and exits with 0.',
  }),
  'rename-or-gone': error<{ thing: string; gone: string; candidates: readonly string[]; owner: string }>({
    message: ({ candidates, gone, thing }) =>
      `the ${thing} \`${gone}\` is gone, and ${listed(candidates)} ${candidates.length === 1 ? 'is' : 'are'} new: was it renamed, or removed?`,
    help: ({ candidates, gone, owner }) =>
      `write \`was: ${gone}\` on ${candidates.length === 1 ? '' : 'one of '}${listed(candidates)} if it was renamed, or \`gone: [${gone}]\` on ${owner} if it was removed`,
    explanation:
      'A rename keeps what is stored; a removal loses it. Which of both an edit means nobody can tell from the two names, so botschema does not guess by their likeness, and does not ask at a terminal: the YAML says it. `was: old_name` stands on the new field, value or entity. `gone: [old_name]` stands on the entity, enum or object that had it, and for entities in botschema.yaml. Both may stay: they have no effect on a set that never had the old name.',
  }),
  'rename-of-another': error<{ name: string; was: string }>({
    message: ({ name, was }) => `\`${name}\` was there beside \`${was}\` before: it cannot have been \`${was}\``,
    help: ({ was }) => `remove \`was: ${was}\`, and write \`gone: [${was}]\` if it was removed`,
    explanation:
      '`was` says that a thing had another name. The earlier description had both names at once, for two things, so that the one that is gone was removed and not renamed.',
  }),
  'no-earlier-model': error<{ from: string }>({
    message: ({ from }) => `the outputs of this set in \`${from}\` have no model.json to compare with`,
    help: () => 'run `botschema generate`, commit its outputs, and compare with that commit or a later one',
    explanation:
      '`botschema changes` compares the set with the `model.json` that `generate` wrote earlier. The outputs there were written by a version of botschema that did not write it, or it was not committed.',
  }),
  'earlier-model-refused': error<{ from: string; problem: string; isNewer: boolean }>({
    message: ({ from, isNewer, problem }) =>
      isNewer
        ? `the model.json in \`${from}\` was written by a newer botschema: ${problem}`
        : `the model.json in \`${from}\` cannot be read: ${problem}`,
    help: ({ isNewer }) =>
      isNewer
        ? 'use the version of botschema that wrote it, or a later one'
        : 'compare with a commit in which it is as `generate` wrote it',
    explanation:
      'An earlier `model.json` is read as anybody’s data: what is not as `botschema generate` writes it, is too large, or is no file of its own is refused, and nothing of it is used.',
  }),
  'unknown-ref': error<{ ref: string }>({
    message: ({ ref }) => `there is no commit \`${ref}\``,
    help: () =>
      'name a commit, a branch or a tag that is in this clone, such as `HEAD~1` or `origin/main`; a folder begins with `./`, `../` or `/`',
    explanation:
      '`--from` takes what git knows as a commit, or a folder. A clone of a CI job often has one commit only: fetch the branch to compare with first (`fetch-depth: 0`). What does not begin with `./`, `../` or `/` is never a folder, since anybody could commit a folder that has the name of a branch.',
  }),
  'git-failed': error<{ reason: string }>({
    message: ({ reason }) => `git did not answer: ${reason}`,
    help: () => 'run it in a clone of the repository, or name a folder with `--from ./earlier`',
    explanation:
      '`botschema changes` reads earlier outputs out of git. It calls git with no hooks, no file system monitor and no filters, and fetches nothing, so that a stranger’s repository runs nothing.',
  }),
}
