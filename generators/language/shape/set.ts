import { unreachable } from '../../kernel/bug.js'
import { libraryPrefix } from '../../kernel/source.js'
import { type OptionField, optionShapes, type TargetId, targetIds } from '../../model/options.js'
import { enforceKey, goneKey, storeNames } from './fields.js'
import {
  type Choice,
  choice,
  either,
  type Key,
  key,
  keys,
  listOf,
  namesTo,
  required,
  type Shape,
  text,
  textOf,
  truth,
  whole,
} from './syntax.js'

const optionShape = ({ accepts }: OptionField<unknown>): Shape => {
  switch (accepts.kind) {
    case 'choice':
      return choice(...(accepts.values as readonly Choice[]))
    case 'boolean':
      return truth
    case 'whole':
      return whole(accepts.from, accepts.to)
    case 'text':
      return textOf(`a text of the form ${accepts.pattern}`, accepts.pattern)
    default:
      return unreachable(accepts)
  }
}

const optionKey = (field: OptionField<unknown>): Key =>
  field.default === null
    ? key(optionShape(field), field.description, true)
    : key(optionShape(field), `${field.description} By default \`${String(field.default)}\`.`, field.default)

const targetKey = (id: TargetId): Key => {
  const options = Object.entries(optionShapes[id] as Readonly<Record<string, OptionField<unknown>>>)
  const inner = Object.fromEntries(options.map(([name, field]) => [name, optionKey(field)]))
  return key(
    either(truth, keys(`the target \`${id}\``, inner)),
    `The target \`${id}\`: its options, or false to turn it off.`,
    false,
  )
}

/** What a set may be called: the name is a folder of the output. */
export const setNamePattern = '^[A-Za-z0-9][A-Za-z0-9_-]*$'

/** How a set names what it takes in: a module of the library, or a folder relative to its own. */
export const usePattern = `^(?:${libraryPrefix}[a-z][a-z0-9-]*|\\.\\.?(?:/[^\\\\]*)?)$`

const useKey = key(
  listOf(
    textOf('a module such as `botschema:guilds`, or a folder such as `../shared`', usePattern),
    'a list of modules',
  ),
  'Modules and sets whose definitions this one takes in, and may extend.',
  ['botschema:guilds'],
)

const groupsKey = key(namesTo(text('a title'), 'titles by group'), 'The chapters of the docs, in their order.', {
  core: 'Core tables',
})

const actorsKey = key(
  namesTo(text('what the actor is'), 'actors with a line each'),
  'Who touches data: the parts of the bot.',
  { warn_command: "The moderators' warn command" },
)

/** A folder of definitions that sets take in, with no outputs of its own: what stands in its module.yaml. */
export const moduleShape = keys('module.yaml', {
  module: required(key(text('the name of the module'), 'The name of the module: that of its folder.', 'guilds')),
  summary: key(text(), 'What the module holds, in a sentence or two.', 'The guilds that the bot is in.'),
  use: useKey,
  groups: groupsKey,
  actors: actorsKey,
})

export const setShape = keys('botschema.yaml', {
  name: required(
    key(
      textOf('a name of letters, digits, - and _', setNamePattern),
      'The name of the set; its outputs go to <output>/<name>/.',
      'community',
    ),
  ),
  title: key(text(), 'The title of the docs; by default made from the name.', 'Community bot'),
  summary: key(text(), 'What the set is for, in a sentence or two.', 'Moderation and levels for one community bot.'),
  stores: key(storeNames, 'The stores that keep the data; both when left out.', ['postgres', 'mongo']),
  enforce: enforceKey('the set'),
  output: key(text('a folder'), 'Where outputs go, relative to this file; `output` when left out.', '../../output'),
  use: useKey,
  targets: key(
    keys('`targets`', Object.fromEntries(targetIds.map((id) => [id, targetKey(id)]))),
    'The targets, each with its options, or false to turn it off. All are on when left out.',
    { postgres: { version: 16 }, markdown: false },
  ),
  groups: groupsKey,
  pages: key(listOf(text('a Markdown file'), 'a list of files'), 'Pages of your own in the docs, in their order.', [
    'intro.md',
  ]),
  actors: actorsKey,
  gone: goneKey('Former entities', 'warn'),
})
