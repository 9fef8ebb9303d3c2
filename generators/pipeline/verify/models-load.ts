import type { Connection } from 'mongoose'
import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { wholeOf } from '../../kernel/source.js'
import type { Entity } from '../../model/entity.js'
import { entitiesIn } from '../../model/lookup.js'
import { entityNames } from '../../script/names.js'
import { join } from '../paths.js'
import { type EmittedModules, loadModules } from './emitted-modules.js'
import { counted, type Evidence, nothingToProve, type Proof } from './proof.js'

const refused = ({ output }: Evidence, path: string, message: string): Diagnostic =>
  report('model-refused', wholeOf({ path: join(output, path), text: '' }), { message })

/** What an entity's module lacks, or what Mongoose says against its model on a connection. */
const modelRefused = (
  evidence: Evidence,
  modules: EmittedModules,
  connection: Connection,
  entity: Entity,
): readonly Diagnostic[] => {
  const { module, model, modelOf } = entityNames(entity)
  const path = `mongoose/${module}.ts`
  const exports = modules.load(path)
  if (exports === null && modules.diagnostics.length > 0) return []
  const [make, missing] = [exports?.[modelOf], [model, modelOf].find((name) => typeof exports?.[name] !== 'function')]
  if (missing !== undefined) return [refused(evidence, path, `it exports no ${missing}`)]
  try {
    ;(make as (connection: Connection) => unknown)(connection)
    return []
  } catch (failure) {
    return [refused(evidence, path, failure instanceof Error ? failure.message : String(failure))]
  }
}

/**
 * What is said against the models of a set. They are made on a connection of this proof alone, since the default one has
 * the models of every set that this process has loaded.
 */
const modelsRefused = async (evidence: Evidence, modules: EmittedModules): Promise<readonly Diagnostic[]> => {
  const { default: mongoose } = await import('mongoose')
  const connection = mongoose.createConnection()
  try {
    return entitiesIn(evidence.set, 'mongo').flatMap((entity) => modelRefused(evidence, modules, connection, entity))
  } finally {
    await connection.destroy()
  }
}

/** Every emitted validator and model loads, and every entity has its model in the real Mongoose. */
export const modelsLoad: Proof = {
  id: 'models',
  title: 'validators and Mongoose models load',
  prove: async (evidence) => {
    const { mongoose, zod } = evidence.set.targets
    if (mongoose === null && zod === null) return nothingToProve
    const modules = await loadModules(evidence, ['zod', 'mongoose'])
    const entities = mongoose === null ? [] : entitiesIn(evidence.set, 'mongo')
    const refusedModels = mongoose === null ? [] : await modelsRefused(evidence, modules)
    const diagnostics = [...modules.diagnostics, ...refusedModels]
    return {
      held:
        diagnostics.length > 0
          ? null
          : [counted(modules.size, 'module'), ...(entities.length > 0 ? [counted(entities.length, 'model')] : [])].join(
              ', ',
            ),
      diagnostics,
      unproved: [],
    }
  },
}
