import { report } from '../../kernel/diagnostic.js'
import { typesWithin } from '../../model/type.js'
import type { Rule } from './rule.js'

/** Enums and objects are the type of something. */
export const unusedDefinitions: Rule = {
  name: 'unused-definitions',
  *check({ set }) {
    const owners = [...set.entities, ...set.objects]
    const types = [
      ...owners.flatMap(({ fields }) => fields.map(({ type }) => type)),
      ...set.entities.flatMap(({ queries }) => queries.flatMap(({ parameters }) => parameters.map(({ type }) => type))),
    ].flatMap((type) => typesWithin(type))
    const enums = new Set(types.map((type) => (type.kind === 'enum' ? type.enum : '')))
    const objects = new Set(types.map((type) => (type.kind === 'object' ? type.object : '')))
    for (const { name, inline, origin } of set.enums) {
      if (inline === null && !enums.has(name)) yield report('unused-definition', origin, { kind: 'enum', name })
    }
    for (const { name, inline, origin } of set.objects) {
      if (inline === null && !objects.has(name)) yield report('unused-definition', origin, { kind: 'object', name })
    }
  },
}
