import type { ImportEnding, ModuleSystem } from '../../model/options.js'
import type { Store } from '../../model/store.js'
import { rootFile } from '../discover.js'
import { join, relativeTo } from '../paths.js'
import type { InitChoices } from './choices.js'
import { editorLine } from './editor.js'
import { outputBase, ownFile, type PlannedFile } from './files.js'

/** A word that YAML reads as a text; `null` and `0123` are quoted, so that other readers see a text as well. */
const word = (name: string): string =>
  /^[a-z]/.test(name) && !/^(?:null|true|false|yes|no|on|off|y|n)$/.test(name) ? name : JSON.stringify(name)

const targetLines = (module: ModuleSystem, imports: ImportEnding): readonly string[] => {
  const options = [...(module === 'cjs' ? ['module: cjs'] : []), ...(imports === 'ts' ? ['imports: ts'] : [])]
  return options.length === 0 ? [] : ['targets:', `  typescript: { ${options.join(', ')} }`]
}

const useLines = (uses: readonly string[]): readonly string[] =>
  uses.length === 0 ? [] : ['use:', ...uses.map((use) => `  - ${use}`)]

/**
 * The botschema.yaml of a new set.
 *
 * @param uses what it takes in, as `use:` names it
 */
export const headFile = (choices: InitChoices, uses: readonly string[], module: ModuleSystem): PlannedFile => {
  const { folder, imports, name, stores } = choices
  const base = relativeTo(folder, outputBase)
  const lines = [
    `name: ${word(name)}`,
    `summary: What ${name} keeps.`,
    `stores: [${stores.join(', ')}]`,
    `output: ${base}  # the outputs go to ${outputBase}/${name}/`,
    ...useLines(uses),
    ...targetLines(module, imports),
    'actors:',
    '  tag_command: The command that shows and writes tags',
  ]
  return ownFile(join(folder, rootFile), `${editorLine(folder)}${lines.join('\n')}\n`)
}

const mostUsed: Readonly<Record<Store, string>> = {
  postgres: 'SELECT name, uses FROM tags WHERE guild_id = :guild ORDER BY uses DESC LIMIT 10',
  mongo: '{ find: { guild_id: ":guild" }, sort: { uses: -1 }, limit: 10 }',
}

const exampleText = (
  guild: string,
  stores: readonly Store[],
): string => `# A definition of your own to start from: change it, or delete this file and its actor in botschema.yaml.
entity: tag
summary: A text that a guild keeps under a name, for the bot to repeat.
fields:
  id: identity                  # made by the store
  guild_id: ${guild}
  name: string(32)
  content: string(2000)         # as long as a message on Discord can be
  author_id: { type: snowflake(user)?, personal: true, summary: Who wrote it. }  # ? after a type: may be null
  uses: { type: integer = 0, min: 0 }
  created_at: timestamp = now
unique:
  - [guild_id, name]
retention:
  keep: forever
  because: A guild's tags are its own to delete.
  guild_leave: delete           # what happens when a guild removes the bot,
  erase: { author_id: null }    # and when a person asks to be forgotten
access:
  tag_command: [create, read, update, delete]
queries:
  most_used:
    summary: The tags that a guild uses most.
    params: { guild: guild_id }
    returns: many
    columns: [name, uses]
${stores.map((store) => `    ${store}: ${mostUsed[store]}\n`).join('')}examples:
  - { guild_id: "240100000000000001", name: rules, content: Be kind., author_id: "240100000000000101" }
`

/** An entity of the bot's own, to start from. It refers to guilds where the set has them. */
export const exampleFile = ({ folder, stores }: InitChoices, hasGuilds: boolean): PlannedFile => {
  const guild = hasGuilds ? '{ ref: guild, on_delete: cascade }' : 'snowflake(guild)     # the id of a guild'
  return ownFile(join(folder, 'tag.yaml'), editorLine(folder) + exampleText(guild, stores))
}
