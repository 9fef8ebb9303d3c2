import { report } from '../../kernel/diagnostic.js'
import type { Entity } from '../../model/index.js'
import { type ValidatorMode, validationActions, validationLevels, validatorModes } from '../../model/words.js'
import { entryOf, type Mapping } from '../load/node.js'
import { mappingAt, wordAt } from './read.js'
import type { Scope } from './scope.js'

const modes: Readonly<Record<ValidatorMode, Entity['mongo']>> = {
  off: { validationLevel: 'off', validationAction: 'error' },
  warn: { validationLevel: 'strict', validationAction: 'warn' },
  moderate: { validationLevel: 'moderate', validationAction: 'error' },
  strict: { validationLevel: 'strict', validationAction: 'error' },
}

/** `validators` is a short form of the other two: what is said twice would be without effect once. */
const refuseSecondWay = (scope: Scope, node: Mapping): void => {
  if (entryOf(node, 'validators') === undefined) return
  const second = entryOf(node, 'validation_level') ?? entryOf(node, 'validation_action')
  if (second !== undefined) scope.found(report('one-of-keys', second.key.at, { keys: ['validators', second.key.text] }))
}

/**
 * What the validator of a collection does: as the entity says by name, else as the set does. Where no field is enforced by
 * the store, there is none.
 */
export const validationOf = (
  scope: Scope,
  root: Mapping,
  { stores, fields }: Pick<Entity, 'stores' | 'fields'>,
): Entity['mongo'] => {
  const node = mappingAt(root, 'mongo')
  const mode = node && wordAt(node, 'validators', validatorModes)
  const level = node && wordAt(node, 'validation_level', validationLevels)
  const action = node && wordAt(node, 'validation_action', validationActions)
  if (node !== null) refuseSecondWay(scope, node)
  if (mode !== null) return modes[mode]
  const said = { ...(level && { validationLevel: level }), ...(action && { validationAction: action }) }
  if (level !== null || action !== null) return { ...modes.strict, ...said }
  if (!stores.includes('mongo')) return modes.strict
  return fields.every(({ enforce }) => enforce === 'code') ? modes.off : modes[scope.validators]
}
