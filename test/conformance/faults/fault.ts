import type { Evidence } from '../../../generators/pipeline/verify/proof.js'

/** One constraint taken out of one emitted file: by its text, or by the way to it in JSON. */
export interface Fault {
  /** What is no longer held. */
  readonly what: string
  readonly file: string
  readonly change: Change
  /** Where the judges should notice: a corner of an entity, as `part.words`. */
  readonly entity: string
  readonly at: string
}

export type Change = { readonly from: string; readonly to: string } | { readonly drop: readonly Step[] }

export type Step = string | number

const droppedAt = (value: unknown, [step, ...rest]: readonly Step[]): unknown => {
  if (typeof value !== 'object' || value === null || step === undefined || !(step in value))
    throw new Error(`nothing at ${step}`)
  const changed = (inner: unknown): unknown => droppedAt(inner, rest)
  if (Array.isArray(value)) {
    return rest.length === 0
      ? value.filter((_, index) => index !== step)
      : value.map((inner: unknown, index) => (index === step ? changed(inner) : inner))
  }
  const members = Object.entries(value)
  if (rest.length === 0) return Object.fromEntries(members.filter(([key]) => key !== step))
  return Object.fromEntries(members.map(([key, inner]) => [key, key === step ? changed(inner) : inner]))
}

/** Later steps of an array are not moved by the change of earlier ones: they go first. */
const lastFirst = (faults: readonly Fault[]): readonly Fault[] => [...faults].reverse()

const inText = (text: string, { change, file }: Fault): string => {
  if ('drop' in change) return text
  if (!text.includes(change.from)) throw new Error(`${file} does not hold ${change.from}`)
  return text.replace(change.from, () => change.to)
}

const inJson = (text: string, faults: readonly Fault[]): string => {
  const drops = lastFirst(faults).flatMap(({ change }) => ('drop' in change ? [change.drop] : []))
  return drops.length === 0 ? text : JSON.stringify(drops.reduce<unknown>(droppedAt, JSON.parse(text)))
}

/** The set with faults planted in its files. */
export const withFaults = (emitted: Evidence, planted: readonly Fault[]): Evidence => ({
  ...emitted,
  files: emitted.files.map(({ path, text }) => {
    const own = planted.filter(({ file }) => file === path)
    return { path, text: inJson(own.reduce(inText, text), own) }
  }),
})

/** Faults that are planted together: each is looked for at a place of its own. */
export const roundsOf = (faults: readonly Fault[]): readonly (readonly Fault[])[] => {
  const rounds: Fault[][] = []
  const taken = new Map<string, number>()
  for (const fault of faults) {
    const place = `${fault.entity} ${fault.at}`
    const round = taken.get(place) ?? 0
    taken.set(place, round + 1)
    rounds[round] = [...(rounds[round] ?? []), fault]
  }
  return rounds
}

/** The text of an emitted file. */
export const emittedText = ({ files }: Evidence, path: string): string => {
  const file = files.find((one) => one.path === path)
  if (file === undefined) throw new Error(`there is no ${path}`)
  return file.text
}
