import type { Diagnostic } from '../../generators/kernel/diagnostic.js'
import { hasErrors } from '../../generators/kernel/result.js'
import type { OutputPart } from '../../generators/model/target.js'
import { type TargetUnit, unitsOfSet } from '../../generators/pipeline/units.js'
import { compileTexts } from '../support/compile.js'
import type { SetTexts } from './set-texts.js'

/** What a set comes to: where its outputs go, what was found, and what would be emitted. */
interface Meaning {
  /** What is gone from the set, which no target is told: `changes` reads it in model.json. */
  readonly gone: string
  readonly folder: string
  /** Without their places: a line that moved is no effect. */
  readonly findings: string
  readonly isValid: boolean
  readonly units: readonly TargetUnit[]
}

const findingsOf = (diagnostics: readonly Diagnostic[]): string =>
  diagnostics
    .map(({ code, message }) => `${code}: ${message}`)
    .sort()
    .join('\n')

export const meaningOf = async (texts: SetTexts): Promise<Meaning> => {
  const { value, diagnostics } = compileTexts(texts)
  if (value === null || hasErrors(diagnostics)) {
    return { folder: '', gone: '', findings: findingsOf(diagnostics), isValid: false, units: [] }
  }
  const { set } = value
  const units = await unitsOfSet(set)
  const all = [...diagnostics, ...units.diagnostics]
  return {
    folder: `${value.output}/${set.name}`,
    gone: JSON.stringify([set, ...set.entities, ...set.objects, ...set.enums].map(({ gone, name }) => [name, gone])),
    findings: findingsOf(all),
    isValid: !hasErrors(all),
    units: units.value,
  }
}

const textOf = (parts: readonly OutputPart[]): string => JSON.stringify(parts)

/** A set as it stands, against which changed ones are held. */
export interface Baseline extends Meaning {
  readonly versions: ReadonlyMap<string, string>
  readonly parts: ReadonlyMap<string, string>
}

export const baselineOf = async (texts: SetTexts): Promise<Baseline> => {
  const meaning = await meaningOf(texts)
  const parts = new Map<string, string>()
  for (const { key, unit } of meaning.units) parts.set(key, textOf((await unit.emit()).value))
  return { ...meaning, parts, versions: new Map(meaning.units.map(({ key, version }) => [key, version])) }
}

export type Effect = 'none' | 'output' | 'finding'

const emitsOtherwise = async (before: Baseline, units: readonly TargetUnit[]): Promise<boolean> => {
  if (units.length !== before.units.length) return true
  for (const { key, version, unit } of units) {
    if (before.versions.get(key) === version) continue
    if (textOf((await unit.emit()).value) !== before.parts.get(key)) return true
  }
  return false
}

/** What a change of a set does. Only units of another hash are emitted again: equal hashes promise equal parts. */
export const effectOf = async (before: Baseline, texts: SetTexts): Promise<Effect> => {
  const after = await meaningOf(texts)
  if (!after.isValid) return 'finding'
  const differs =
    after.folder !== before.folder || after.gone !== before.gone || (await emitsOtherwise(before, after.units))
  if (differs) return 'output'
  return after.findings === before.findings ? 'none' : 'finding'
}
