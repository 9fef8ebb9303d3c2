import { checkedCommand } from '../../document/index.js'
import { entitiesIn } from '../../model/lookup.js'
import { counted, nothingToProve, type Proof } from './proof.js'

/** Every command for Mongo names paths, operators and collections that are there, and its parameters fit where they stand. */
export const commandsFit: Proof = {
  id: 'commands',
  title: 'commands for Mongo fit their collections',
  prove: async ({ set }) => {
    const asked = entitiesIn(set, 'mongo').flatMap((entity) =>
      entity.queries.filter(({ mongo }) => mongo !== null).map((query) => ({ entity, query })),
    )
    if (asked.length === 0) return nothingToProve
    const checked = asked.map(({ entity, query }) => ({ entity, query, ...checkedCommand(set, entity, query) }))
    const diagnostics = checked.flatMap((each) => each.diagnostics)
    const stages = checked.flatMap(({ entity, query, notFollowed }) =>
      notFollowed.map((stage) => `what ${query.name} of ${entity.name} does behind ${stage} was not followed`),
    )
    return {
      held: diagnostics.length > 0 ? null : counted(asked.length, 'command'),
      diagnostics,
      unproved: ['commands for Mongo were held against the collections, but not run: that takes a server', ...stages],
    }
  },
}
