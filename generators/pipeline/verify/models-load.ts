import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { wholeOf } from '../../kernel/source.js'
import type { Entity } from '../../model/entity.js'
import { entitiesIn } from '../../model/lookup.js'
import { entityNames } from '../../script/names.js'
import { join } from '../paths.js'
import { type EmittedModules, loadModules } from './emitted-modules.js'
import { counted, type Evidence, nothingToProve, type Proof } from './proof.js'

const missing = (evidence: Evidence, path: string, name: string): Diagnostic =>
  report('model-refused', wholeOf({ path: join(evidence.output, path), text: '' }), {
    message: `it exports no ${name}`,
  })

const missingModel = (evidence: Evidence, modules: EmittedModules, entity: Entity): readonly Diagnostic[] => {
  const { module, model } = entityNames(entity)
  const path = `mongoose/${module}.ts`
  const exports = modules.load(path)
  if (exports === null) return modules.diagnostics.length > 0 ? [] : [missing(evidence, path, model)]
  const found = exports[model]
  return typeof found === 'function' && 'collection' in found ? [] : [missing(evidence, path, model)]
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
    const absent = entities.flatMap((entity) => missingModel(evidence, modules, entity))
    const diagnostics = [...modules.diagnostics, ...absent]
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
