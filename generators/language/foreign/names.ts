import { builtinNames } from '../resolve/builtins.js'
import type { Names } from '../resolve/names.js'
import { textAt } from '../resolve/read.js'
import type { ForeignNames } from './declaration.js'

/** What a declaration of another tool may name of a set. */
export const foreignNames = ({ byName }: Names): ForeignNames => ({
  isType: (name) => {
    const kind = byName.get(name)?.kind
    return builtinNames.has(name) || (kind !== undefined && kind !== 'entity')
  },
  findEntity: (name) => {
    const entities = [...byName.values()].filter(({ kind }) => kind === 'entity')
    const lower = name.toLowerCase()
    const found =
      entities.find((entity) => textAt(entity.root, 'table') === name || entity.name === lower) ??
      entities.find((entity) => `${entity.name}s` === lower)
    return found?.name ?? null
  },
})
