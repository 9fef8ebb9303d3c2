import type { Diagnostic } from '../kernel/diagnostic.js'
import { hasErrors } from '../kernel/result.js'
import { compileFolder } from './compile.js'
import { guarded } from './guard.js'
import type { Host } from './host.js'
import { type OutputClaims, sharedOutput } from './outputs.js'
import { type PlannedFeature, plannedFeatures } from './planned.js'
import { lossesOfSet, type TargetLoss, unitsOfSet } from './units.js'

/** What a set means, in numbers, and what its targets cannot hold or do not act on yet. */
export interface ValidatedSet {
  readonly folder: string
  readonly name: string
  readonly output: string
  readonly entities: number
  readonly objects: number
  readonly enums: number
  readonly losses: readonly TargetLoss[]
  readonly planned: readonly PlannedFeature[]
}

/** `outcome` is null where the set has errors: what it means is then not sure. */
export interface Validated {
  readonly diagnostics: readonly Diagnostic[]
  readonly outcome: ValidatedSet | null
}

const validate = async (host: Host, folder: string, claims: OutputClaims): Promise<Validated> => {
  const compiled = compileFolder(host, folder)
  const { set, output } = compiled
  if (set === null) return { diagnostics: compiled.diagnostics, outcome: null }
  const units = await unitsOfSet(set)
  const diagnostics = [...compiled.diagnostics, ...sharedOutput(compiled, claims), ...units.diagnostics]
  if (hasErrors(diagnostics)) return { diagnostics, outcome: null }
  const outcome: ValidatedSet = {
    folder,
    name: set.name,
    output,
    entities: set.entities.length,
    objects: set.objects.filter(({ inline }) => inline === null).length,
    enums: set.enums.filter(({ inline }) => inline === null).length,
    losses: await lossesOfSet(set),
    planned: await plannedFeatures(set),
  }
  return { diagnostics, outcome }
}

/** Reads and checks the YAML of a set, the names its targets give included. Looks at no output. */
export const validateSet = (host: Host, folder: string, claims: OutputClaims): Promise<Validated> =>
  guarded(
    () => validate(host, folder, claims),
    (diagnostic): Validated => ({ diagnostics: [diagnostic], outcome: null }),
  )
