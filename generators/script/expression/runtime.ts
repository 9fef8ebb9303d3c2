/** The functions that printed expressions may call. A target prints those it needs once, in its shared file. */
export type RuntimeFunction =
  | 'countCharacters'
  | 'lowerAscii'
  | 'upperAscii'
  | 'compareIds'
  | 'compareDecimals'
  | 'addDecimals'
  | 'subtractDecimals'
  | 'multiplyDecimals'

interface RuntimeSource {
  readonly needs: readonly InternalFunction[]
  readonly text: string
}

type InternalFunction = RuntimeFunction | 'unscaled' | 'fractionDigits' | 'scaled'

const sources: Readonly<Record<InternalFunction, RuntimeSource>> = {
  countCharacters: {
    needs: [],
    text: `/** How many characters (code points) a text has. */
export const countCharacters = (text: string): number => {
  let count = 0
  for (const _ of text) count += 1
  return count
}`,
  },
  lowerAscii: {
    needs: [],
    text: `/** A to Z in lower case; other letters stay as they are, as every store agrees on these only. */
export const lowerAscii = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())`,
  },
  upperAscii: {
    needs: [],
    text: `/** a to z in upper case; other letters stay as they are, as every store agrees on these only. */
export const upperAscii = (text: string): string => text.replace(/[a-z]/g, (letter) => letter.toUpperCase())`,
  },
  compareIds: {
    needs: [],
    text: `/** Below, at or above zero, as one id is older than, the same as or newer than another: by number, not by letter. */
export const compareIds = (one: string, other: string): number =>
  one.length - other.length || Number(one > other) - Number(one < other)`,
  },
  fractionDigits: {
    needs: [],
    text: `const fractionDigits = (decimal: string): number => decimal.split('.')[1]?.length ?? 0`,
  },
  unscaled: {
    needs: ['fractionDigits'],
    text: `/** What is no decimal counts as 0: it is refused by itself. */
const unscaled = (decimal: string, digits: number): bigint => {
  const units = decimal.replace('.', '') + '0'.repeat(digits - fractionDigits(decimal))
  return /^-?\\d+$/.test(units) ? BigInt(units) : 0n
}`,
  },
  scaled: {
    needs: [],
    text: `const scaled = (number: bigint, digits: number): string => {
  if (digits === 0) return String(number)
  const all = String(number < 0n ? -number : number).padStart(digits + 1, '0')
  return \`\${number < 0n ? '-' : ''}\${all.slice(0, -digits)}.\${all.slice(-digits)}\`
}`,
  },
  compareDecimals: {
    needs: ['fractionDigits', 'unscaled'],
    text: `/** Below, at or above zero, as one decimal is less than, equal to or more than another: exactly. */
export const compareDecimals = (one: string, other: string): number => {
  const digits = Math.max(fractionDigits(one), fractionDigits(other))
  const [a, b] = [unscaled(one, digits), unscaled(other, digits)]
  return Number(a > b) - Number(a < b)
}`,
  },
  addDecimals: {
    needs: ['fractionDigits', 'unscaled', 'scaled'],
    text: `export const addDecimals = (one: string, other: string): string => {
  const digits = Math.max(fractionDigits(one), fractionDigits(other))
  return scaled(unscaled(one, digits) + unscaled(other, digits), digits)
}`,
  },
  subtractDecimals: {
    needs: ['fractionDigits', 'unscaled', 'scaled'],
    text: `export const subtractDecimals = (one: string, other: string): string => {
  const digits = Math.max(fractionDigits(one), fractionDigits(other))
  return scaled(unscaled(one, digits) - unscaled(other, digits), digits)
}`,
  },
  multiplyDecimals: {
    needs: ['fractionDigits', 'unscaled', 'scaled'],
    text: `export const multiplyDecimals = (one: string, other: string): string => {
  const [ours, theirs] = [fractionDigits(one), fractionDigits(other)]
  return scaled(unscaled(one, ours) * unscaled(other, theirs), ours + theirs)
}`,
  },
}

const printOrder = Object.keys(sources) as readonly InternalFunction[]

/** The source of the named functions and of what they call, each once, in one fixed order. */
export const runtimeSource = (names: Iterable<RuntimeFunction>): readonly string[] => {
  const wanted = new Set<InternalFunction>()
  for (const name of names) {
    wanted.add(name)
    for (const needed of sources[name].needs) wanted.add(needed)
  }
  return printOrder.filter((name) => wanted.has(name)).map((name) => sources[name].text)
}
