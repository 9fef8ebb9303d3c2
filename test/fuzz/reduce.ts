import type { SetTexts } from './corpus.js'

export type Fails = (texts: SetTexts) => Promise<boolean>

/** At most how many smaller sets are tried: a message is good enough long before the least one is found. */
const attempts = 400

const without = (texts: SetTexts, path: string): SetTexts =>
  Object.fromEntries(Object.entries(texts).filter(([one]) => one !== path))

/** The set without one file, and without each half, quarter, … of the lines of a file. */
function* smaller(texts: SetTexts): Generator<SetTexts> {
  for (const path of Object.keys(texts)) if (path !== 'botschema.yaml') yield without(texts, path)
  for (const [path, text] of Object.entries(texts)) {
    const lines = text.split('\n')
    for (let size = Math.ceil(lines.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
      for (let at = 0; at < lines.length; at += size) yield { ...texts, [path]: lines.toSpliced(at, size).join('\n') }
    }
  }
}

/** A set that still fails, with all files and lines taken away that it fails without. */
export const reduced = async (texts: SetTexts, fails: Fails): Promise<SetTexts> => {
  let least = texts
  let left = attempts
  for (let found = true; found && left > 0; ) {
    found = false
    for (const candidate of smaller(least)) {
      if (left-- <= 0) break
      if (await fails(candidate)) {
        least = candidate
        found = true
        break
      }
    }
  }
  return least
}
