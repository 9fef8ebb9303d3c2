import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { spanOfText } from '../../kernel/place.js'
import type { SchemaSet } from '../../model/schema-set.js'
import { type Pattern, type Type, typesWithin } from '../../model/type.js'
import { type SlowText, slowText } from '../pattern/index.js'
import type { Rule } from './rule.js'

/** Characters that a text is judged by which nothing limits. */
const unlimited = 100_000

interface Patterned {
  readonly pattern: Pattern
  readonly maxLength: number | null
}

const patternedIn = (type: Type): readonly Patterned[] =>
  typesWithin(type).flatMap((one) =>
    one.kind === 'text' && one.pattern !== null ? [{ pattern: one.pattern, maxLength: one.maxLength }] : [],
  )

const lengthOf = ({ maxLength }: Patterned): number => maxLength ?? unlimited

/** Each pattern that was written, with the longest text that it is asked about. */
const patternsOf = ({ entities, objects }: SchemaSet): readonly Patterned[] => {
  const longest = new Map<string, Patterned>()
  for (const one of [...entities, ...objects].flatMap(({ fields }) =>
    fields.flatMap(({ type }) => patternedIn(type)),
  )) {
    const { source, start } = one.pattern.origin
    const before = longest.get(`${start} ${source.path}`)
    if (before === undefined || lengthOf(before) < lengthOf(one)) longest.set(`${start} ${source.path}`, one)
  }
  return [...longest.values()]
}

/** `"a" + "x".repeat(1000)`, as JavaScript says it. */
const shown = ({ before, repeated, times, after }: SlowText): string => {
  const ends = (text: string): readonly string[] => (text === '' ? [] : [JSON.stringify(text)])
  return [...ends(before), `${JSON.stringify(repeated)}.repeat(${times})`, ...ends(after)].join(' + ')
}

/** Enough of a loop to know it by. */
const widest = 60

const cut = (text: string): string => (text.length > widest ? `${text.slice(0, widest - 1)}…` : text)

const findingOf = ({ pattern, maxLength }: Patterned, slow: SlowText): Diagnostic => {
  const { loop, power } = slow
  const at = spanOfText(pattern.origin, pattern.source, loop.start, loop.end)
  return report('pattern-slow-when-long', at, { loop: cut(loop.raw), power, example: shown(slow), longest: maxLength })
}

/** A pattern decides about the longest text that it is given in no time that anybody notices. */
export const slowPatterns: Rule = {
  name: 'slow-patterns',
  *check({ set }) {
    for (const one of patternsOf(set)) {
      const slow = slowText(one.pattern.source, lengthOf(one))
      if (slow !== null) yield findingOf(one, slow)
    }
  },
}
