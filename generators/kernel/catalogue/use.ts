import { error, nearestOr } from './entry.js'

export const useCatalogue = {
  'unknown-module': error<{ name: string; nearest: string | null }>({
    message: ({ name }) =>
      name.startsWith('botschema:')
        ? `the library has no module \`${name}\``
        : `there is no set or module in \`${name}\``,
    help: ({ name, nearest }) =>
      nearestOr(
        nearest,
        name.startsWith('botschema:')
          ? 'the modules of the library are listed in the README'
          : 'a set is a folder with a botschema.yaml, a module one with a module.yaml',
      ),
    explanation:
      'Under `use:` stand modules of the library, such as `botschema:guilds`, and folders of other sets or modules, relative to the folder of the set: `../shared`.\n\nA module is a folder with a `module.yaml`, which says `module:` and its name, and definition files beside it. It has no outputs of its own.',
  }),
  'use-outside': error<{ name: string; folder: string }>({
    message: ({ name }) => `\`${name}\` is outside of the project`,
    help: ({ folder }) => `move it into the project, or allow it with \`--allow-outside ${folder}\``,
    explanation:
      'A schema set takes in folders of its own project: everything below the nearest folder with a package.json or a .git, upwards from the set (where there is none, the current folder). Symbolic links are followed to see where a folder is. A folder outside of it is not read: a repository that you only want to look at could show your files in a log. If the folder is meant, say so on the command line: `botschema validate --allow-outside ../shared`. The option allows that folder and everything below it, and can be given several times.',
  }),
  'use-repeated': error<{ name: string }>({
    message: ({ name }) => `\`${name}\` is taken in twice`,
    help: () => 'keep one of them',
    explanation: 'A set names what it takes in once. What a module needs itself it takes in by itself.',
  }),
  'use-circle': error<{ path: string }>({
    message: ({ path }) => `this set takes in itself: ${path}`,
    help: () => 'move what both need into a module that both take in',
    explanation:
      'What a set takes in is read before the set itself, so that the set may extend it. Two sets that take in each other have no first.',
  }),
  'unknown-extended': error<{ name: string; nearest: string | null }>({
    message: ({ name }) => `nothing called \`${name}\` was taken in`,
    help: ({ nearest }) => nearestOr(nearest, 'take in the module that defines it, with `use:` in botschema.yaml'),
    explanation:
      '`extend:` names an entity, an object or an enum of a module or set that stands under `use:`, or that one of those takes in. A module can extend only what it takes in itself: another may not be there.',
  }),
  'extends-own': error<{ name: string }>({
    message: ({ name }) => `\`${name}\` is defined in this very set`,
    help: () => 'change the definition itself',
    explanation: '`extend:` changes what came from elsewhere. What a set defines itself it can say right at once.',
  }),
  'type-extended': error<{ name: string }>({
    message: ({ name }) => `\`${name}\` is a named type, and those are not extended`,
    help: () => 'define a type of your own, and give it to the fields with `extend:` of their entity',
    explanation: 'Entities, objects and enums can be extended. A named type is a line or two: write your own.',
  }),
  'extended-twice': error<{ name: string }>({
    message: ({ name }) => `\`${name}\` is extended twice in one set`,
    help: () => 'put both into one `extend:`',
    explanation:
      'A set extends a definition in one place. Of two extensions one would have to come first, and which file a definition stands in means nothing.',
  }),
  'nothing-to-leave-out': error<{ part: string; key: string | null; owner: string; nearest: string | null }>({
    message: ({ part, key, owner }) =>
      key === null
        ? `\`${owner}\` has no \`${part}\` to leave out`
        : `\`${owner}\` has no \`${part}\` under \`${key}:\``,
    help: ({ nearest }) => nearestOr(nearest, 'name what is written under that key, by its name or by its fields'),
    explanation:
      'What stands under `without:` is left out of the definition, so it has to be there. Unique rules, references and indexes are named by their `name:` or, as a list, by what is written as their fields: `indexes: [idx_members_joined, [guild_id, xp desc]]`.\n\nA rule that a field carries itself (`index: true`) is changed at the field: `fields: { user_id: { index: false } }`.',
  }),
  'modules-disagree': error({
    message: () => 'two modules that know nothing of each other say this differently',
    help: () => 'say in the set that takes in both what is meant, or leave out one of them',
    explanation:
      'A set may say anew what a set says that it takes in. When two modules extend the same part of a third differently, or name one group or actor differently, neither comes first, and which one is meant cannot be known. Let the set that takes in both say it, in an `extend:` of its own or under `groups:` and `actors:`: its word counts. Or let one of the two take in the other.',
  }),
} as const
