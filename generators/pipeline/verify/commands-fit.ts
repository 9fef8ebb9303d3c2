import { checkedCommand } from '../../document/index.js'
import { entitiesIn } from '../../model/lookup.js'
import { listsOnMongo } from './lists-served.js'
import { counted, type Proof } from './proof.js'

/** Every command for Mongo names paths, operators and collections that are there, and its parameters fit where they stand; an index serves each list. */
export const commandsFit: Proof = {
  id: 'commands',
  title: 'commands and lists for Mongo fit their collections',
  prove: async ({ set }) => {
    const asked = entitiesIn(set, 'mongo').flatMap((entity) =>
      entity.queries.filter(({ mongo }) => mongo !== null).map((query) => ({ entity, query })),
    )
    const lists = listsOnMongo(set)
    if (asked.length === 0) return lists
    const checked = asked.map(({ entity, query }) => ({ entity, query, ...checkedCommand(set, entity, query) }))
    const refused = checked.flatMap((each) => each.diagnostics)
    const stages = checked.flatMap(({ entity, query, notFollowed }) =>
      notFollowed.map((stage) => `what ${query.name} of ${entity.name} does behind ${stage} was not followed`),
    )
    return {
      held: refused.length > 0 ? null : [counted(asked.length, 'command'), lists.held].filter(Boolean).join(', '),
      diagnostics: [...refused, ...lists.diagnostics],
      unproved: ['commands for Mongo were held against the collections, but not run: that takes a server', ...stages],
    }
  },
}
